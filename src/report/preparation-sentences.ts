import type { RoleAssignment } from '#data/roles.ts';
import type { Preparation } from '#jobs/dataset/contract.ts';
import type { Words } from '#language/words.ts';

/** What is not learnt from, one sentence a reason: rows set aside, then columns that give the target away. */
export function tellPreparation(
  { setAside, roles }: Pick<Preparation, 'setAside' | 'roles'>,
  keepOption: string,
  words: Words,
): readonly string[] {
  const { t, format } = words;
  const rows = setAside.map(({ reason, count }) =>
    t('report.setAside', { count, n: format.number(count), reason: t(`data.setAside.${reason}`) }),
  );
  return [...rows, ...roles.flatMap((assignment) => tellLeak(assignment, keepOption, words))];
}

function tellLeak({ column, role, leak }: RoleAssignment, option: string, { t, pair }: Words): string[] {
  if (!leak) return [];
  const values = { column, leak: t(`data.leak.${leak.kind}`), option };
  if (role === 'ignore' || role === 'end') return [t('report.leftOut', values)];
  return [pair(t('report.warning'), t('report.leakUsed', values))];
}
