import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordsIn } from '#language/words.ts';
import { nameVersion } from '#versions/model-version.ts';
import { runSageMakerTrain } from './sagemaker-train.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-sagemaker-'));
});
afterAll(() => rm(folder, { recursive: true }));

const quick = { folds: '2', preset: 'reference', workers: '1', 'no-past': 'true', horizon: 'start' };
const rows = Array.from(
  { length: 90 },
  (_, i) => `${'ABC'[i % 3]},${(i * 7) % 20},${45 - ((i * 7) % 20) + ((i * i * 5) % 11)}`,
);

/** /opt/ml as SageMaker lays it out. */
async function layOut(name: string, files: Readonly<Record<string, unknown>>): Promise<string> {
  const root = join(folder, name);
  const all = { 'input/data/training/a.csv': ['class,crew,Durée', ...rows].join('\n'), ...files };
  for (const [path, content] of Object.entries(all)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

async function train(root: string) {
  let [out, error] = ['', ''];
  const streams = {
    out: (text: string) => void (out += text),
    error: (text: string) => void (error += text),
  };
  const code = await runSageMakerTrain({ ...streams, words: wordsIn('en') }, root);
  return { code, out, error };
}

describe('a training job of SageMaker', () => {
  it('reads hyperparameters that are all texts, writes the model, and prints metrics as the job’s definitions read them', async () => {
    const root = await layOut('good', {
      'input/config/hyperparameters.json': { target: '"Durée"', seed: '42', ...quick },
      'input/config/inputdataconfig.json': { training: { TrainingInputMode: 'File' } },
      'input/config/resourceconfig.json': { current_host: 'algo-1', hosts: ['algo-1'] },
    });
    const { code, out, error } = await train(root);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    const [, mae] = /^tranche_metric name=validation:mae value=([0-9.eE+-]+)$/mu.exec(out) ?? [];
    expect(Number(mae)).toBeGreaterThan(0);
    const model = await readFile(join(root, 'model', 'model.json'));
    const known = JSON.parse(await readFile(join(root, 'model', 'challenger.json'), 'utf8')) as {
      id: string;
      facts: object;
    };
    expect(known.id).toBe(nameVersion(model));
    expect(known.facts).toMatchObject({ seed: 42, target: { name: 'Durée' } });
  });

  it.each([
    [
      'a name that is no hyperparameter',
      { 'input/config/hyperparameters.json': { target: 'Durée', treees: '3' } },
      /^usage: .*treees/u,
    ],
    ['no target', { 'input/config/hyperparameters.json': {} }, /^usage: name the column to predict/u],
    [
      'a target that is not there',
      { 'input/config/hyperparameters.json': { target: 'x', ...quick } },
      /^unknown-column: /u,
    ],
    [
      'a pipe',
      { 'input/config/inputdataconfig.json': { training: { TrainingInputMode: 'Pipe' } } },
      /^usage: channel training comes by a pipe/u,
    ],
    [
      'two hosts',
      { 'input/config/resourceconfig.json': { hosts: ['a', 'b'] } },
      /^usage: one instance trains/u,
    ],
    ['damaged settings', { 'input/config/hyperparameters.json': '{' }, /^file-unreadable: /u],
    [
      'an unsound recipe',
      { 'input/data/recipe/recipe.json': { roles: [{ column: 'x', role: 'y' }] } },
      /^recipe-invalid: /u,
    ],
  ])('fails with the reason for %s', async (name, files, reason) => {
    const root = await layOut(name.replaceAll(' ', '-'), files);
    const { code } = await train(root);
    expect(code).toBeGreaterThan(0);
    expect(await readFile(join(root, 'output', 'failure'), 'utf8')).toMatch(reason);
  });
});
