import type { JobContext } from '#base/job-context.ts';
import { writeHandOver } from '#interop/hand-over/write-hand-over.ts';
import { openHoldout } from '#training/adopt-model.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { openTrainingSource } from '../dataset/training-source.ts';
import type { HandedOver, HandOverRequest } from './contract.ts';

/** The outages of a file, encoded, for a training on other machines; without features from the past. Errors: those of `prepareTrainingSet`. */
export async function exportTraining(
  dataset: OpenDataset,
  request: HandOverRequest,
  context: JobContext,
): Promise<HandedOver> {
  const { outages } = openHoldout(openTrainingSource(dataset, request), request);
  const { features, featureOrigins: origins, target, targetName, unit } = outages;
  const originOf = new Map(origins.map((origin) => [origin.feature, origin]));
  // In the order of the features.
  const ordered = features.columns.flatMap(({ name }) => originOf.get(name) ?? []);
  const files = await writeHandOver(
    { ...request, features, target, targetName, unit, origins: ordered },
    context,
  );
  return { files, nRows: target.length, nFeatures: features.columns.length };
}
