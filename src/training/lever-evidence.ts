import { gather } from '#base/arrays.ts';
import { createPacer, ignoreStop, type JobContext } from '#base/job-context.ts';
import { mean, sampleDeviation } from '#base/statistics.ts';
import { orderByContent } from '#data/column-order.ts';
import { selectRows, type Table } from '#data/table.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { maskFeatures } from '#inference/mask-features.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { requireColumns } from '#data/require-columns.ts';
import { createSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import type { LeverEvidence } from '#planning/evidence.ts';
import type { LearntOutages } from './refit-without.ts';

const N_FOLDS = 5;
const SEED = 1;
/** Two-sided at 90 %. */
const CRITICAL = 1.645;
/** Small boosting: what is left of the duration and of the lever once the rest is known. */
const spec = createSpec('gradient-boosting', {
  boosting: { nIterations: 60, learningRate: 0.1, maxDepth: 3, maxLeafNodes: null, nIterNoChange: 0 },
});

/**
 * How the duration went with a lever among outages alike in all else: the slope of what is left of the one by what is left
 * of the other (cross-fitted double machine learning: Chernozhukov et al. 2018), with its 90 % interval, robust by unit. It
 * cannot see what the file does not hold. Two fits a fold and lever. Null for a lever that is no number, or never varies.
 */
export async function measureLeverEvidence(
  open: ModelAtWork,
  { table, outages }: LearntOutages,
  column: string,
  context: JobContext,
): Promise<LeverEvidence | null> {
  const [lever] = requireColumns(table, [{ name: column }]);
  if (lever.type !== 'number') return null;
  const values = gather(lever.values, outages.positions);
  const masked = maskFeatures(open, new Set([column]));
  const built = buildModelFeatures({ ...open, ...masked }, table);
  const features = orderByContent(selectRows(built, outages.positions));
  const known = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  if (known.length < LEAST_OUTAGES || features.columns.length === 0) return null;
  const x = gather(values, known);
  const y = gather(outages.target, known);
  const beside = selectRows(features, known);
  const leftX = await findResiduals(beside, x, context);
  const leftY = await findResiduals(beside, y, context);
  const sum = leftX.reduce((total, each) => total + each * each, 0);
  const spread = sampleDeviation(x);
  if (!(sum > 0) || !(spread > 0)) return null;
  const slope = leftX.reduce((total, each, i) => total + each * (leftY[i] ?? 0), 0) / sum;
  const units = outages.groups[0]?.codes;
  const scores = new Map<number, number>();
  leftX.forEach((each, i) => {
    const unit = units?.[known[i] ?? -1] ?? i;
    scores.set(unit, (scores.get(unit) ?? 0) + each * ((leftY[i] ?? 0) - slope * each));
  });
  const error = Math.sqrt([...scores.values()].reduce((total, score) => total + score * score, 0)) / sum;
  return {
    column,
    n: known.length,
    slope,
    low: slope - CRITICAL * error,
    high: slope + CRITICAL * error,
    freedom: Math.min(1, sampleDeviation(leftX) / spread),
  };
}

/** Fewer tell nothing. */
const LEAST_OUTAGES = 40;

/** Of each outage by a fit on the others. */
async function findResiduals(
  features: Table,
  target: Float64Array,
  context: JobContext,
): Promise<Float64Array> {
  const left = new Float64Array(target.length);
  const pace = createPacer(context);
  const whole = ignoreStop(context);
  if (target.every((value) => value === target[0])) return left;
  for (const { trainRows, testRows } of splitRandomFolds(target.length, N_FOLDS, SEED)) {
    const model = await fitModel(spec, selectRows(features, trainRows), gather(target, trainRows), {}, whole);
    const predicted = model.predict(selectRows(features, testRows));
    testRows.forEach((row, i) => (left[row] = (target[row] ?? 0) - (predicted[i] ?? mean(target))));
    await pace();
  }
  return left;
}
