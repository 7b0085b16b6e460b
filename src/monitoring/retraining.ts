import type { Monitoring } from './monitor.ts';

/** Why a model should be trained anew; empty: nothing asks for it. */
export type RetrainingReason = 'proven' | 'data-fault' | 'new-outages';

/** So many outages have ended since, of those it learnt from, that a new fit is worth its while. */
const NEW_SHARE = 0.2;

/** A proof asks for a new model; a fault of the data to mend these first. Either goes through the gate. */
export function adviseRetraining({ alarms, counts, model }: Monitoring): {
  readonly isDue: boolean;
  readonly reasons: readonly RetrainingReason[];
} {
  const isProven = alarms.some(({ kind, level }) => kind === 'calibration' && level === 'proven');
  const isFault = alarms.some(({ kind, level }) => kind !== 'calibration' && level === 'proven');
  const { nTrainingRows } = model;
  const isMany = nTrainingRows > 0 && counts.ended >= NEW_SHARE * nTrainingRows;
  const reasons: readonly RetrainingReason[] = [
    ...(isProven ? (['proven'] as const) : []),
    ...(isFault ? (['data-fault'] as const) : []),
    ...(isMany ? (['new-outages'] as const) : []),
  ];
  return { isDue: isProven || isMany, reasons };
}
