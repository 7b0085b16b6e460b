import { createDetector, type Detector } from './detector.ts';

/** Share of histories in which levels hold and an alarm is ever given, however often one looks (Ville's inequality). */
export const FALSE_ALARM_EVER = 0.05;

/**
 * Proof: what the bets have won since the start, on average over them. Of `nCompared` histories looked at side by side each
 * has to win so many times as much.
 */
export function createEProcess(nCompared = 1): Detector {
  return createDetector(
    {
      name: 'e-process',
      promise: { kind: 'false-alarm-ever', value: FALSE_ALARM_EVER / nCompared },
      threshold: nCompared / FALSE_ALARM_EVER,
    },
    1,
    (wealth, factor) => wealth * factor,
  );
}
