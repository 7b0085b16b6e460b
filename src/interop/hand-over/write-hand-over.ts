import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { gzipSync, strToU8 } from 'fflate';
import { createPacer, type JobContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import type { PlannedFeature } from '#data/feature-plan.ts';
import type { DurationUnit } from '#data/outages.ts';
import type { Table } from '#data/table.ts';
import { MAX_CATEGORIES } from '#engine/feature-matrix.ts';
import { countCategories, encode, type EncodedFeature, fitEncoder } from '#models/encoder.ts';
import type { BoostingHyperparameters } from '#models/hyperparameters.ts';
import { type TargetScale, toScale } from '#models/target-scale.ts';
import { writeFloat32 } from '../formats/float32-split.ts';
import { nameFeatures } from '../xgboost/write-xgboost.ts';

export interface HandOverContent {
  readonly features: Table;
  readonly target: Float64Array;
  readonly targetName: string;
  readonly unit: DurationUnit;
  readonly origins: readonly PlannedFeature[];
  readonly scale: TargetScale;
  readonly hyperparameters: BoostingHyperparameters;
  readonly seed: number;
  readonly rowsPerPart: number;
}

export interface HandOverFile {
  /** Relative to the folder. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export const HAND_OVER_FORMAT = 'tranche-hand-over';
export const HAND_OVER_VERSION = 1;
const N_PARITY_ROWS = 1000;

/**
 * A training for machines beside this one: parts of gzipped CSV without headers (target, weight, features; labels by code,
 * missing empty) and `spec.json`. The same rows and settings give the same bytes.
 */
export async function writeHandOver(
  request: HandOverContent,
  context: JobContext,
): Promise<readonly HandOverFile[]> {
  const { features, target, targetName: name, unit, origins, scale, rowsPerPart } = request;
  const encoder = fitEncoder(features);
  const { columns } = encode(encoder, features).matrix;
  const learnt = toScale(target, scale);
  const pace = createPacer(context);
  const parts: HandOverFile[] = [];
  for (let from = 0; from < target.length; from += rowsPerPart) {
    const to = Math.min(target.length, from + rowsPerPart);
    const path = `parts/part-${String(parts.length).padStart(5, '0')}.csv.gz`;
    // A date in the head would make other bytes of the same rows.
    parts.push({
      path,
      bytes: gzipSync(strToU8(writeRows(learnt, columns, from, to)), { level: 1, mtime: 1 }),
    });
    await pace(() => ({ phase: 'preparing', done: to, total: target.length }));
  }
  const names = nameFeatures(encoder.features.map((feature) => feature.name));
  const step = Math.max(1, target.length / N_PARITY_ROWS);
  const nParity = Math.min(N_PARITY_ROWS, target.length);
  const parity = Array.from({ length: nParity }, (_, i) =>
    columns.map((column) => toCell(column[Math.floor(i * step)])),
  );
  const spec = {
    format: HAND_OVER_FORMAT,
    version: HAND_OVER_VERSION,
    target: { name, unit },
    scale,
    nRows: target.length,
    features: encoder.features.map((feature, f) => ({
      name: names[f],
      kind: kindOf(feature),
      cardinality: countCategories(feature),
    })),
    parameters: mapParameters(request.hyperparameters, request.seed),
    rounds: request.hyperparameters.nIterations,
    baseScore: writeFloat32(Math.fround(mean(learnt))),
    parts: parts.map(({ path, bytes }) => ({ path, sha256: bytesToHex(sha256(bytes)) })),
    encoder,
    origins,
    parity,
  };
  return [...parts, { path: 'spec.json', bytes: strToU8(`${JSON.stringify(spec)}\n`) }];
}

/** Categories that trees may part at will, as far as they are read back; more are one ordered scale. */
function kindOf(feature: EncodedFeature): 'c' | 'q' {
  return feature.type === 'category' && countCategories(feature) + 1 < MAX_CATEGORIES && !feature.hasOther
    ? 'c'
    : 'q';
}

function toCell(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function writeRows(target: Float64Array, columns: readonly Float64Array[], from: number, to: number): string {
  const lines: string[] = [];
  for (let row = from; row < to; row++) {
    let line = `${target[row]},1`;
    for (const column of columns) line += Number.isNaN(column[row]) ? ',' : `,${column[row]}`;
    lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}

/** Our settings by XGBoost's names. */
function mapParameters(
  settings: BoostingHyperparameters,
  seed: number,
): Readonly<Record<string, string | number>> {
  return {
    objective: settings.loss === 'absoluteError' ? 'reg:absoluteerror' : 'reg:squarederror',
    tree_method: 'hist',
    eta: settings.learningRate,
    max_leaves: settings.maxLeafNodes ?? 0,
    grow_policy: 'lossguide',
    max_depth: settings.maxDepth ?? 0,
    min_child_weight: settings.minSamplesLeaf,
    lambda: settings.l2Regularization,
    max_bin: settings.maxBins,
    subsample: settings.subsample,
    colsample_bytree: settings.columnSubsample,
    seed,
  };
}
