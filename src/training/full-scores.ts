import type { ModelScore, TrainingResult } from './contract.ts';

/**
 * The scores that may stand in one column: those over all the outages that were judged. Announced durations that are
 * known of some only are compared on these (`besideAnnounced`).
 */
export function listFullScores({
  models,
  rows,
}: Pick<TrainingResult, 'models' | 'rows'>): readonly ModelScore[] {
  const nCompared = Math.max(0, ...models.map(({ toBest }) => toBest?.nSamples ?? 0));
  return models.filter(({ name, details, toBest }) => {
    if (name !== 'announced') return true;
    return details?.n === rows.test && (toBest === null || toBest.nSamples === nCompared);
  });
}
