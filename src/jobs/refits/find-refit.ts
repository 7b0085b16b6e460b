import type { Instant } from '#base/instant.ts';
import type { JobContext } from '#base/job-context.ts';
import { AppError } from '#base/errors.ts';
import { selectRows } from '#data/table.ts';
import { buildModelFeatures, findKnownOutages } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { type Encoder, fitEncoder } from '#models/encoder.ts';
import type { ResolvedSettings } from '#training/contract.ts';
import { type LearntOutages, refitWithout } from '#training/refit-without.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';

/** With more outages a fit takes too long to wait for, and the nearest ones are near. */
export const MAX_REFIT_ROWS = 5000;
/** Fits kept of one model: those asked for last. */
const MAX_KEPT = 8;

/** The present, and how the folds of the training were made; null where that is not known. */
export interface RefitRequest {
  readonly today: Instant;
  readonly settings: ResolvedSettings | null;
}

interface Refits {
  readonly dataset: OpenDataset;
  /** Null where the open data are not those of the training. */
  readonly learnt: LearntOutages | null;
  readonly kept: Map<string, ModelAtWork>;
}

const refits = new WeakMap<ModelAtWork, Refits>();

/**
 * The open model fitted without some columns (`refitWithout`), remembered. Null where that cannot be: the open data are
 * not those it was trained on, or are too many. Throws `cancelled`.
 */
export async function findRefit(
  open: ModelAtWork,
  dataset: OpenDataset,
  without: readonly string[],
  request: RefitRequest,
  context: JobContext,
): Promise<ModelAtWork | null> {
  const { kept } = openRefits(open, dataset, request.today);
  const learnt = findLearntOutages(open, dataset, request.today);
  if (learnt === null) return null;
  const key = nameMask(without);
  const model =
    kept.get(key) ?? (await refitWithout(open, new Set(without), learnt, request.settings, context));
  kept.delete(key);
  kept.set(key, model);
  for (const oldest of [...kept.keys()].slice(0, -MAX_KEPT)) kept.delete(oldest);
  return model;
}

/** The same where it was fitted before; null where not. */
export function recallRefit(
  open: ModelAtWork,
  dataset: OpenDataset,
  without: readonly string[],
): ModelAtWork | null {
  const known = refits.get(open);
  return known?.dataset === dataset ? (known.kept.get(nameMask(without)) ?? null) : null;
}

function nameMask(without: readonly string[]): string {
  return JSON.stringify([...without].sort());
}

/** The outages that the model was fitted on; null where the open data are others, or too many to fit on while someone waits. */
export function findLearntOutages(
  open: ModelAtWork,
  dataset: OpenDataset,
  today: Instant,
): LearntOutages | null {
  const { learnt } = openRefits(open, dataset, today);
  return learnt === null || learnt.outages.rows.length > MAX_REFIT_ROWS ? null : learnt;
}

function openRefits(open: ModelAtWork, dataset: OpenDataset, today: Instant): Refits {
  const known = refits.get(open);
  if (known?.dataset === dataset) return known;
  const opened = { dataset, learnt: findLearnt(open, dataset, today), kept: new Map<string, ModelAtWork>() };
  refits.set(open, opened);
  return opened;
}

/**
 * The outages of the open data where they are those that the model was fitted on: as many, and all that its encoder saw of
 * every feature is the same. O(n log n) a feature.
 */
function findLearnt(open: ModelAtWork, { cleaned }: OpenDataset, today: Instant): LearntOutages | null {
  const { table } = cleaned;
  // What was fitted elsewhere cannot be fitted anew.
  if (open.model.state.family === 'imported-trees') return null;
  try {
    const outages = findKnownOutages(open, table, today);
    if (outages.rows.length !== open.description.nTrainingRows) return null;
    const features = selectRows(buildModelFeatures(open, table), outages.positions);
    return isSameEncoder(fitEncoder(features), open.model.encoder) ? { table, outages } : null;
  } catch (thrown) {
    // Other data need not have the model's columns.
    if (thrown instanceof AppError) return null;
    throw thrown;
  }
}

/** Whatever the order of the features. */
function isSameEncoder(a: Encoder, b: Encoder): boolean {
  const describe = ({ features }: Encoder) => features.map((feature) => JSON.stringify(feature)).sort();
  return JSON.stringify(describe(a)) === JSON.stringify(describe(b));
}
