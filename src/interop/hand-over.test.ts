import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { gunzipSync, strFromU8 } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { defaultHyperparameters } from '#models/hyperparameters.ts';
import { createSpec } from '#models/model-spec.ts';
import { fitModel, predictState } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { readHandOver } from './hand-over/read-hand-over.ts';
import { type HandOverFile, writeHandOver } from './hand-over/write-hand-over.ts';
import { createImportedModel } from './imported-model.ts';
import { toPortableModel } from './portable/portable-model.ts';
import { readXgboost } from './xgboost/read-xgboost.ts';
import { writeXgboostUbjson } from './xgboost/write-xgboost.ts';

const { features, target } = plantOutages(60, 1, 1);
const content = {
  features,
  target,
  targetName: 'Durée',
  unit: 'day',
  origins: features.columns.map(({ name }) => ({ feature: name, column: name, part: 'value' as const })),
  scale: 'identity',
  hyperparameters: defaultHyperparameters['gradient-boosting'],
  seed: 1,
  rowsPerPart: 25,
} as const;
const context = createSilentContext();
const hash = (text: string) => bytesToHex(sha256(utf8ToBytes(text)));

let files: readonly HandOverFile[];
let spec: string;
let model: Uint8Array;
let report: { spec: string; model: string; predictions: number[] };

const open = (told: object = report, of = spec, bytes = model) => {
  const handOver = readHandOver(of, JSON.stringify(told), bytes);
  const { encoder, scale } = handOver;
  return handOver.checkParity(createImportedModel(readXgboost(bytes), { encoder, scale, seen: null }));
};

beforeAll(async () => {
  files = await writeHandOver(content, context);
  spec = strFromU8(files.at(-1)?.bytes ?? new Uint8Array());
  const boosting = { nIterations: 5, maxLeafNodes: 6 };
  const fitted = await fitModel(createSpec('gradient-boosting', { boosting }), features, target, {}, context);
  // What a training elsewhere would send back: trees that know of no Tranche.
  model = writeXgboostUbjson(toPortableModel(fitted));
  const { encoder, parity } = JSON.parse(spec) as { encoder: never; parity: (number | null)[][] };
  const { state } = createImportedModel(readXgboost(model), { encoder, scale: 'identity', seen: null });
  const columns = features.columns.map((_, f) => Float64Array.from(parity, (row) => row[f] ?? NaN));
  const matrix = { nSamples: parity.length, columns, cardinalities: columns.map(() => 0) };
  report = {
    spec: hash(spec),
    model: bytesToHex(sha256(model)),
    predictions: Array.from(predictState(state, matrix)),
  };
});

describe('a training handed over', () => {
  it('is parts of target, weight and features without a header, each by its hash, the same bytes each time', async () => {
    const told = JSON.parse(spec) as { parts: { path: string; sha256: string }[]; nRows: number };
    expect(told.parts.map(({ path }) => path)).toEqual(files.slice(0, -1).map(({ path }) => path));
    const rows = files.slice(0, -1).flatMap(({ bytes }) => strFromU8(gunzipSync(bytes)).trim().split('\n'));
    expect(rows).toHaveLength(60);
    expect(rows.map((row) => Number(row.split(',')[0]))).toEqual(Array.from(target));
    expect(new Set(rows.map((row) => row.split(',').length))).toEqual(new Set([6]));
    files
      .slice(0, -1)
      .forEach(({ bytes }, i) => expect(told.parts[i]?.sha256).toBe(bytesToHex(sha256(bytes))));
    expect(await writeHandOver(content, context)).toEqual(files);
  });

  it('comes back where every parity row says the same, to the last bit', () => {
    expect(open()).toBe(60);
  });

  it('is refused where anything of it is another', () => {
    const refused = expect.objectContaining({ code: 'import-altered' }) as Error;
    const [first = 0, ...others] = report.predictions;
    const off = { ...report, predictions: [first + 2 ** -20, ...others] };
    expect(() => open(off)).toThrow(refused);
    expect(() => open({ ...report, predictions: others })).toThrow(refused);
    expect(() => open(report, spec.replace('"scale":"identity"', '"scale":"log1p"'))).toThrow(refused);
    expect(() => open({}, spec)).toThrow(refused);
    // Whatever byte of the model is another, its hash is.
    const rng = createRng(3);
    for (let i = 0; i < 200; i++) {
      const mutant = model.slice();
      const at = rng.nextBelow(mutant.length);
      mutant[at] = (mutant[at] ?? 0) ^ (1 << rng.nextBelow(8));
      expect(() => open(report, spec, mutant)).toThrow(refused);
    }
  });
});
