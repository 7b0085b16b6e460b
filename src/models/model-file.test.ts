import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { fitEncoder } from './encoder.ts';
import type { ModelName } from './model-catalogue.ts';
import type { ModelDescription } from './model-description.ts';
import { MODEL_FILE_VERSION } from './model-file-schema.ts';
import { createSpec } from './model-spec.ts';
import { fitNeural } from './neural.ts';
import { openModelFile } from './open-model-file.ts';
import { fitModel, type FittedModel } from './regressor.ts';
import { plantOutages } from './testing/planted-outages.ts';
import { writeModelFile } from './write-model-file.ts';

const context = createSilentContext();
const { features, target } = plantOutages(150, 1, 1);
const description: ModelDescription = {
  calendar: [{ date: 'Début', column: 'Mois', part: 'month', shift: -1 }],
  dependents: [{ leader: 'Tranche', column: 'Site', cells: [['__proto__', 'Nord']] }],
  cleaning: [{ action: { kind: 'exclude-outside', column: 'days', bounds: { above: 0 } }, reason: 'saisie' }],
  target: { name: 'Durée (jours)', unit: 'day' },
  roles: features.columns.map(({ name }) => ({ column: name, role: 'context' })),
  origins: features.columns.map(({ name }) => ({ feature: name, column: name, part: 'value' })),
  history: {
    version: 1,
    plan: {
      start: 'Début',
      columns: ['Unité'],
      groups: [[0]],
      longThreshold: 18.5,
      features: [{ feature: 'Unité [past-median]', column: 'Unité', group: 0, part: 'past-median' }],
    },
    starts: [0, 86_400_000],
    ends: [43_200_000, null],
    durations: [0.5, null],
    columns: [{ labels: ['A 1', 'A 2'], codes: [0, -1] }],
  },
  knownAtStart: ['Load'],
  inputs: fitEncoder(features).features,
  typical: features.columns.map(() => null),
  nTrainingRows: 150,
  calibration: { classColumn: null },
  scores: [{ id: 'median', name: 'median', mae: 3.2, rmse: 4.1, r2: NaN }],
};
const boosting = { nIterations: 20 };

function fit(name: ModelName): Promise<FittedModel> {
  const members = [
    { weight: 0.25, spec: createSpec('linear') },
    { weight: 0.75, spec: createSpec('gradient-boosting', { boosting }) },
  ];
  const classFeature = name === 'median-per-unit' ? (features.columns[0]?.name ?? '') : null;
  const isPlan = name.startsWith('plan');
  const whole = createSpec(name, {
    scale: isPlan ? 'log1p' : 'identity',
    boosting,
    classFeature,
    members,
    planFeature: 'Effectif',
    without: isPlan ? ['Complexité'] : [],
  });
  // One epoch is network enough for a file.
  const hurried = name === 'neural' ? { ...context, stop: { aborted: true } } : context;
  return fitModel(whole, features, target, { fitNeural }, hurried);
}

const families: ModelName[] = [
  'median',
  'median-per-class',
  'median-per-unit',
  'linear',
  'plan',
  'plan-per-class',
  'plan-linear',
  'plan-boosting',
  'gradient-boosting',
  'gradient-boosting-linear-init',
  'gradient-boosting-hazard',
  'quantile-forest',
  'own-past',
  'nearest-past',
  'blend',
  'neural',
];

describe('a model file', () => {
  test.each(families)('%s: opens as the same model, and is written as the same bytes again', async (name) => {
    const model = await fit(name);
    const { text, hash } = writeModelFile(model, description, features);
    const opened = openModelFile(text);
    expect(opened.model.predict(features)).toEqual(model.predict(features));
    expect(opened.model.state).toEqual(model.state);
    expect(opened.model.spec).toEqual(model.spec);
    expect(opened.hash).toBe(hash);
    expect(opened.description).toEqual(description);
    // Not toBe: a difference would print both files.
    expect(writeModelFile(opened.model, opened.description, features).text === text).toBe(true);
    expect(writeModelFile(await fit(name), description, features).text === text).toBe(true);
  });
});

test('a linear model in a file still does not look at what it was told not to', async () => {
  const without = ['Complexité'];
  const model = await fitModel(createSpec('linear', { without }), features, target, {}, context);
  const opened = openModelFile(writeModelFile(model, description, features).text);
  expect(opened.model.spec).toEqual(model.spec);
  const shifted = {
    ...features,
    columns: features.columns.map((column) =>
      column.type === 'number' && column.name === 'Complexité'
        ? { ...column, values: column.values.map((value) => (value > 4 ? NaN : value * 100)) }
        : column,
    ),
  };
  expect(opened.model.predict(shifted)).toEqual(model.predict(features));
});

describe('a model file that is not what it says', () => {
  let text = '';
  let content: Record<string, unknown>;
  beforeAll(async () => {
    text = writeModelFile(await fit('gradient-boosting-linear-init'), description, features).text;
    content = (JSON.parse(text) as { content: Record<string, unknown> }).content;
  });

  test('is refused when one digit of it changed', () => {
    const at = text.indexOf('"intercept":') + '"intercept":'.length + 1;
    const digit = text[at] === '7' ? '8' : '7';
    expect(() => openModelFile(text.slice(0, at) + digit + text.slice(at + 1))).toThrow(
      expect.objectContaining({ code: 'model-file-altered', details: { what: 'hash' } }),
    );
  });

  test('is refused when it is of a later version, another format, or no JSON', () => {
    expect(() =>
      openModelFile(text.replace(`"version":${MODEL_FILE_VERSION}`, `"version":${MODEL_FILE_VERSION + 1}`)),
    ).toThrow(expect.objectContaining({ code: 'model-file-too-new' }));
    expect(() => openModelFile(text.replace('tranche-model', 'other-model'))).toThrow(
      expect.objectContaining({ code: 'model-file-invalid' }),
    );
    expect(() => openModelFile('a,b\n1,2\n')).toThrow(
      expect.objectContaining({ code: 'model-file-invalid' }),
    );
    expect(() => openModelFile('[]')).toThrow(expect.objectContaining({ code: 'model-file-invalid' }));
  });

  test('is refused under another version than the one it was hashed with', () => {
    for (const version of [1, 2, 3]) {
      const other = text.replace(`"version":${MODEL_FILE_VERSION}`, `"version":${version}`);
      expect(() => openModelFile(other)).toThrow(
        expect.objectContaining({ code: 'model-file-altered', details: { what: 'hash' } }),
      );
    }
  });

  test('is refused when its hash was renewed but its predictions are not those it stored', () => {
    const state = structuredClone(content['state']) as { start: { intercept: number } };
    state.start.intercept += 1;
    expect(() => openModelFile(rehash({ ...content, state }))).toThrow(
      expect.objectContaining({ code: 'model-file-altered', details: { what: 'reference predictions' } }),
    );
  });

  test('is refused when a part points outside another', () => {
    const broken = (change: (state: BoostedJson) => void) => {
      const state = structuredClone(content['state']) as BoostedJson;
      change(state);
      return rehash({ ...content, state });
    };
    const invalid = expect.objectContaining({ code: 'model-file-invalid' });
    expect(() =>
      openModelFile(broken((state) => (state.start.design.terms[0]!.codeColumns[0] = 999))),
    ).toThrow(invalid);
    expect(() => openModelFile(broken((state) => state.start.coefficients.pop()))).toThrow(invalid);
    expect(() => openModelFile(broken((state) => (state.trees.leftChild[0] = 0.5)))).toThrow(invalid);
    expect(() => openModelFile(broken((state) => (state.trees.cardinalities[0] = 0)))).toThrow(invalid);
    expect(() => openModelFile(broken((state) => (state.trees.baseline = 3)))).toThrow(invalid);
  });

  test.each(['own-past', 'nearest-past'] as const)(
    'is refused where %s holds an impossible past',
    async (name) => {
      const written = writeModelFile(await fit(name), description, features).text;
      const own = (JSON.parse(written) as { content: Record<string, unknown> }).content;
      const broken = (change: (state: PastJson) => void) => {
        const state = structuredClone(own['state']) as PastJson;
        change(state);
        return rehash({ ...own, state });
      };
      const invalid = expect.objectContaining({ code: 'model-file-invalid' });
      expect(() =>
        openModelFile(broken((state) => state.durations.push(state.durations.shift() ?? 0))),
      ).toThrow(invalid);
      expect(() => openModelFile(broken((state) => state.durations.pop()))).toThrow(invalid);
      const codesOf = ({ classes, features: placed = [] }: PastJson) => classes ?? placed[0]?.places ?? [];
      for (const code of [99, 0.5, -2]) {
        expect(() => openModelFile(broken((state) => (codesOf(state)[0] = code)))).toThrow(invalid);
      }
      // A past outage of another length is a sound model, but not the one that was saved.
      expect(() => openModelFile(broken((state) => state.durations.fill(1)))).toThrow(
        expect.objectContaining({ code: 'model-file-altered' }),
      );
    },
  );

  test('is refused above 50 MB before it is parsed', () => {
    expect(() => openModelFile(' '.repeat(50_000_001))).toThrow(
      expect.objectContaining({ code: 'file-too-large' }),
    );
  });
});

interface PastJson {
  durations: number[];
  classes?: number[];
  features?: { places: number[] }[];
}

interface BoostedJson {
  start: { coefficients: number[]; design: { terms: { codeColumns: number[] }[] } };
  trees: { leftChild: number[]; cardinalities: number[]; baseline: number | null };
}

/** The file with other content and the hash that fits it: what a forger would hand over. */
function rehash(content: object): string {
  const text = JSON.stringify(content);
  const hash = bytesToHex(sha256(utf8ToBytes(`tranche-model ${MODEL_FILE_VERSION}\n${text}`)));
  return JSON.stringify({
    format: 'tranche-model',
    version: MODEL_FILE_VERSION,
    hash,
    content: JSON.parse(text) as unknown,
  });
}
