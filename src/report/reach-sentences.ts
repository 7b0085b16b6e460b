import type { CaseReach } from '#inference/contract.ts';
import type { Words } from '#language/words.ts';

/** "2 valeurs jamais vues, 1 contradiction (Site)": what is odd about a case; null where nothing is. */
export function tellOddities(
  nOutside: number,
  contradicted: readonly string[],
  { t, format }: Words,
): string | null {
  const n = contradicted.length;
  const told = [
    ...(nOutside > 0
      ? [t('scenarios.oddities.outside', { count: nOutside, n: format.number(nOutside) })]
      : []),
    ...(n > 0
      ? [
          t('scenarios.oddities.contradictions', {
            count: n,
            n: format.number(n),
            names: contradicted.join(', '),
          }),
        ]
      : []),
  ];
  return told.length === 0 ? null : told.join(', ');
}

/** What that does to the range; null within what was learnt. */
export function tellReach(reach: CaseReach, { t, format }: Words): string | null {
  if (reach.kind === 'within') return null;
  return reach.kind === 'beyond'
    ? t('scenarios.reach.beyond')
    : t('scenarios.reach.outside', { factor: format.number(reach.factor, 1) });
}
