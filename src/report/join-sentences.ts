import type { Words } from '#language/words.ts';
import type { JoinReason } from '#monitoring/contract.ts';

/** How an outcome found its announcement. */
export function tellJoin(join: JoinReason, { t, format }: Words): string {
  const { shiftDays } = join;
  const shift = format.durationChange(shiftDays ?? 0, 'day');
  const isMoved = shiftDays !== null && Math.abs(shiftDays) >= 0.05;
  switch (join.by) {
    case 'identifier':
      return isMoved ? t('followUp.join.identifierMoved', { shift }) : t('followUp.join.identifier');
    case 'unit-and-date':
      return isMoved ? t('followUp.join.unitAndDateMoved', { shift }) : t('followUp.join.unitAndDate');
    default:
      return t('followUp.join.date', { unit: join.unit });
  }
}
