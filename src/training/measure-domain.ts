import type { JobContext } from '#base/job-context.ts';
import { calibrateDomain } from '#explain/domain-calibration.ts';
import type { DomainCalibration } from '#explain/domain-distance.ts';
import { indexOutages } from '#explain/leaf-proximity.ts';
import { toScale } from '#models/target-scale.ts';
import type { TestedModel } from './final-fits.ts';
import type { Samples } from './training-set.ts';

/** How far the test outages are from the training ones, and whether the far ones were predicted worse. Null after a stop. */
export async function measureDomain(
  { model, forecasts }: TestedModel,
  training: Samples,
  test: Samples,
  context: JobContext,
): Promise<DomainCalibration | null> {
  if (context.stop.aborted) return null;
  const { scale } = model.spec;
  const predicted = toScale(forecasts.predicted, scale);
  const actual = toScale(test.target, scale);
  const errors = actual.map((value, i) => Math.abs(value - (predicted[i] as number)));
  return calibrateDomain(indexOutages(model, training.features), test.features, errors, context);
}
