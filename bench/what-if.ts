/**
 * npm run bench:what-if [-- --french model.json --caiso model.json]   (models already trained on these files)
 *
 * Processor time of one change of one input, on models of the real files trained on all that is known at the start: the answer
 * with its interval (`predict`, what follows each key pressed; goal: under 16 ms), and what may follow later: the reasons
 * (`explain-case`) and the similar outages (`similar-cases`, indexed once per model). Each input is changed in turn, so
 * that nothing is answered from memory. Prints the median and the slowest of the changes.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createSilentContext } from '#base/job-context.ts';
import type { CellRow } from '#data/cell.ts';
import { assignRole } from '#jobs/dataset/assign-role.ts';
import type { FormFeature } from '#inference/contract.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import { accuracyCases } from './accuracy/cases.ts';

const context = createSilentContext(() => performance.now());
const today = Date.parse('2026-11-01');
const goal = 16;

function readOption(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** Every input changed once: a number to another of its range, a label to another, a date to a year later. */
function listChanges(features: readonly FormFeature[]): readonly CellRow[] {
  const typical = features.map((feature) => feature.typical);
  return features.map((feature, i) => {
    const change = (share: number) =>
      feature.type === 'category'
        ? (feature.categories[Math.floor(share * feature.categories.length)] ?? null)
        : feature.min + share * (feature.max - feature.min);
    return typical.map((cell, at) => (at === i ? change(0.7) : cell));
  });
}

/** Milliseconds of processor time that each case took, after one round to warm up. */
async function measure(cases: readonly CellRow[], answer: (cells: CellRow) => Promise<unknown>) {
  const times: number[] = [];
  for (let round = 0; round < 4; round++) {
    for (const cells of cases) {
      const before = process.cpuUsage();
      await answer(cells);
      const { user, system } = process.cpuUsage(before);
      if (round > 0) times.push((user + system) / 1000);
    }
  }
  times.sort((a, b) => a - b);
  return { middle: times[times.length >> 1] ?? NaN, worst: times.at(-1) ?? NaN };
}

for (const { name, file, target } of accuracyCases.filter((each) => !each.only)) {
  if (readOption('only') && name !== readOption('only')) continue;
  const path = new URL(`../../shared/data/${file}`, import.meta.url);
  if (!existsSync(path)) {
    console.log(`${name}: ../shared/data/${file} is absent, skipped`);
    continue;
  }
  const workbench = createWorkbench();
  const data = { name: file, bytes: readFileSync(path) };
  const summary = await workbench.run('read-dataset', { datasetId: 'd', file: data, overrides: {} }, context);
  const kept = readOption(name);
  const text =
    kept === undefined
      ? (
          await workbench.run(
            'train',
            {
              datasetId: 'd',
              modelId: 'm',
              roles: assignRole(summary.roles, target, 'target'),
              settings: atStartSettings,
              today,
            },
            context,
          )
        ).modelText
      : readFileSync(kept, 'utf8');
  const model = await workbench.run('open-model', { modelId: 'm', text }, context);
  const cases = listChanges(model.features);
  const ids = { modelId: 'm', datasetId: 'd', today };
  console.log(
    `${name}: ${model.name} on ${model.nTrainingRows} outages, ${cases.length} inputs; ms of processor time`,
  );
  const jobs = {
    predict: (cells: CellRow) =>
      workbench.run('predict', { modelId: 'm', cases: [cells], atMost: 30 }, context),
    'explain-case': (cells: CellRow) => workbench.run('explain-case', { modelId: 'm', cells }, context),
    'similar-cases': (cells: CellRow) => workbench.run('similar-cases', { ...ids, cells }, context),
  };
  for (const [job, answer] of Object.entries(jobs)) {
    const { middle, worst } = await measure(cases, answer);
    const verdict = job !== 'predict' ? '' : worst < goal ? ` (under ${goal}: yes)` : ` (under ${goal}: NO)`;
    console.log(`  ${job.padEnd(14)} median ${middle.toFixed(1)}  slowest ${worst.toFixed(1)}${verdict}`);
  }
}
