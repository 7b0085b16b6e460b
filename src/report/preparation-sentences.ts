import type { RoleAssignment } from '#data/roles.ts';
import type { Preparation } from '#jobs/dataset/contract.ts';
import type { Words } from '#language/words.ts';

/**
 * What is not learnt from as the rest is, one sentence a reason: outages under way, rows set aside, then columns that
 * give the target away.
 */
export function tellPreparation(
  { underWay, setAside, roles }: Pick<Preparation, 'underWay' | 'setAside' | 'roles'>,
  keepOption: string,
  words: Words,
): readonly string[] {
  const { t, format } = words;
  const rows = setAside.map(({ reason, count }) =>
    t('report.setAside', { count, n: format.number(count), reason: t(`data.setAside.${reason}`) }),
  );
  const told = underWay && tellUnderWay(underWay, words);
  return [
    ...(told === null ? [] : [told]),
    ...rows,
    ...roles.flatMap((assignment) => tellLeak(assignment, keepOption, words)),
  ];
}

/** "12 arrêts en cours au 31/12/2023 : appris par ce qu'ils avaient duré". */
export function tellUnderWay(
  { n, asOf }: NonNullable<Preparation['underWay']>,
  { t, format }: Words,
): string {
  return t('report.underWay', { count: n, n: format.number(n), date: format.date(asOf) });
}

function tellLeak({ column, role, leak }: RoleAssignment, option: string, { t, pair }: Words): string[] {
  if (!leak) return [];
  const values = { column, leak: t(`data.leak.${leak.kind}`), option };
  if (role === 'ignore' || role === 'end') return [t('report.leftOut', values)];
  return [pair(t('report.warning'), t('report.leakUsed', values))];
}
