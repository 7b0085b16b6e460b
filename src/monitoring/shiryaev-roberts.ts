import { createDetector, type Detector } from './detector.ts';

/** Ten years of 35 outages. */
export const RUN_LENGTH = 350;

/**
 * A watch: bets that are opened anew with each outage, so that a change is found soon whenever it comes (Shiryaev 1963, Roberts
 * 1966; as an e-detector Shin, Ramdas & Rinaldo 2024). What is opened grows by 1 an outage and is otherwise a fair game, so it
 * reaches `runLength` after as many outages at the soonest, on average, while levels hold.
 */
export function createShiryaevRoberts(runLength = RUN_LENGTH): Detector {
  return createDetector(
    {
      name: 'shiryaev-roberts',
      promise: { kind: 'average-run-length', value: runLength },
      threshold: runLength,
    },
    0,
    (wealth, factor, nOpened) => (wealth + nOpened) * factor,
  );
}
