import type { Words } from '#language/words.ts';
import type { HorizonReason, SplitReason } from '#training/contract.ts';

/** Why an answer is for that moment where nobody said; null where somebody did. */
export function tellHorizonReason(reason: HorizonReason, { t }: Words): string | null {
  return reason === 'asked' ? null : t(`model.horizon.why.${reason}`);
}

/** Why these outages judge where nobody said; null where somebody did. */
export function tellSplitReason(reason: SplitReason, { t }: Words): string | null {
  return reason === 'asked' ? null : t(`model.split.why.${reason}`);
}
