import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng, deriveSeed } from '#base/random.ts';
import { checkOpening } from './check-opening.ts';
import { damageText, forgeContent, rehash } from './mutate-model.ts';
import { readSeedModels, type SeedModel } from './seed-models.ts';

const models = readSeedModels();

describe('opening hostile model files', () => {
  it.each(models)('$name: opens unchanged, and answers', ({ text, answers }) => {
    expect(checkOpening(text, answers)).toEqual({ kind: 'opened' });
  });

  // The whole campaign is `npm run fuzz:model`; a failing seed belongs here as a test of its own.
  it.each([1, 2, 3, 4])('seed %i: refused in words, or answering', (seed) => {
    for (let index = 0; index < 250; index++) {
      const rng = createRng(deriveSeed(seed, index));
      const { name, text, answers } = models[rng.nextBelow(models.length)] as SeedModel;
      const isForged = index % 2 === 1;
      const mutant = isForged ? forgeContent(text, rng) : damageText(text, rng);
      const verdict = checkOpening(mutant, isForged ? null : answers);
      expect({ index, name, ...verdict }).not.toMatchObject({ kind: 'wrong' });
    }
  });
});

interface Content {
  readonly encoder: { readonly features: object[] };
  readonly description: { readonly roles: object[] };
  readonly state: State;
}
interface State {
  readonly design: { width: number };
  readonly layers: object[];
  readonly correction: object;
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../src/models/fixtures/${name}.json`, import.meta.url), 'utf8')) as {
    version: number;
    content: Content;
  };

/** Files of a few bytes or many that would take minutes, gigabytes or the stack, were they believed. */
const bombs: Record<string, () => string> = {
  'ten million lists in one another': () => '['.repeat(10_000_000),
  'a deep list in a sound file': () =>
    JSON.stringify(read('model-v2-blend')).replace(
      '"content":{',
      `"content":{"x":${'['.repeat(200_000)}${']'.repeat(200_000)},`,
    ),
  'a million objects': () => `{"format":"tranche-model","content":[${'{},'.repeat(1_000_000)}0]}`,
  'twenty million numbers': () => `{"format":"tranche-model","content":[${'0,'.repeat(20_000_000)}0]}`,
  'a layer two billion wide': () => {
    const file = read('model-v1-neural-log');
    const { design, layers } = file.content.state;
    design.width = 2_000_000_000;
    const last = { ...layers.at(-1), nIn: 0, weights: [] };
    layers.splice(0, Infinity, { nIn: 2_000_000_000, nOut: 0, weights: [], biases: [] }, last);
    return rehash(file);
  },
  'plans in plans in plans': () => {
    const file = read('model-v2-plan-linear');
    const { state } = file.content;
    let nested: object = state;
    for (let depth = 0; depth < 50; depth++) nested = { ...state, correction: nested };
    return rehash({ ...file, content: { ...file.content, state: nested } });
  },
  'a hundred thousand features': () => {
    const file = read('model-v2-own-past');
    const { features } = file.content.encoder;
    features.push(...Array.from({ length: 100_000 }, (_, i) => ({ ...features[0], name: `c${i}` })));
    return rehash(file);
  },
  'a hundred thousand roles': () => {
    const file = read('model-v2-own-past');
    const { roles } = file.content.description;
    roles.push(...Array.from({ length: 100_000 }, (_, i) => ({ column: `c${i}`, role: 'context' })));
    return rehash(file);
  },
};

describe('a file that is made to occupy whoever opens it', () => {
  it.each(Object.entries(bombs))('is refused at once: %s', (_, make) => {
    const text = make();
    const startedAt = process.cpuUsage();
    expect(checkOpening(text, null)).toEqual({ kind: 'refused', code: 'model-file-invalid' });
    expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(5000);
  });
});
