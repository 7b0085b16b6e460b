import type { ModelSummary } from '#inference/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import type { ScenarioDifference } from '#planning/doubt/contract.ts';

/** What is said of two scenarios: of outages like this one on average, then of this very outage. */
export function tellDifference(
  { expected, outage, isIndiscernible, isUnseen }: ScenarioDifference,
  [from, to]: readonly [string, string],
  link: number,
  { target }: Pick<ModelSummary, 'target'>,
  { t, format }: Words,
): readonly string[] {
  if (isUnseen) return [t('compare.unseen', { from, to })];
  const change = (value: number) => format.durationChange(value, target.unit);
  return [
    expected === null
      ? t('compare.noExpected', { from, to })
      : t('compare.expected', {
          from,
          to,
          value: change(expected.value),
          low: change(expected.low),
          high: change(expected.high),
        }) + (isIndiscernible ? ` ${t('compare.indiscernible')}` : ''),
    ...tellOutage(outage, to, link, target.unit, { t, format }),
  ];
}

/** That the same luck strikes both is no more than an assumption: its range is not told, only that of a freer link. */
function tellOutage(
  outage: ScenarioDifference['outage'],
  to: string,
  link: number,
  unit: DurationUnitName,
  { t, format }: Pick<Words, 't' | 'format'>,
): readonly string[] {
  if (outage === null) return [t('compare.noOutage')];
  const share = (value: number) => format.number(100 * value, 0);
  const { shorterAtLeast: least, shorterAtMost: most } = outage;
  const bounds = t('compare.outage', { to, least: share(least), most: share(most) });
  if (link === 1) return [bounds];
  const [low, high] = [outage.low, outage.high].map((value) => format.durationChange(value, unit));
  return [
    bounds,
    t('compare.linked', {
      link: format.number(link),
      shorter: share(outage.shorter),
      low: low ?? '',
      high: high ?? '',
    }),
  ];
}
