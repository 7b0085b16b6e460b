import type { CasePrediction } from '#inference/contract.ts';
import type { Words } from '#language/words.ts';

/** What to know of a case that the model has learnt, or whose outage it may have; null for one it has not. */
export function tellLearnt(
  { learnt, isUnseen }: Pick<CasePrediction, 'learnt' | 'isUnseen'>,
  { t }: Words,
): string | null {
  if (isUnseen) return t('scenarios.learnt.unseen');
  return learnt === 'no' ? null : t(`scenarios.learnt.${learnt}`);
}

/** How many rows of a file the model has learnt; null for none. A count of null is one that cannot be told. */
export function tellLearntRows(nLearnt: number | null, { t, count }: Words): string | null {
  if (nLearnt === null) return t('scenarios.learnt.rowsUnknown');
  return nLearnt === 0
    ? null
    : t('scenarios.learnt.rows', { count: nLearnt, outages: count('common.outages', nLearnt) });
}
