import { monitorEventLoopDelay } from 'node:perf_hooks';

/** With fewer requests under way, a late event loop is the machine's doing, and refusing helps nobody. */
const FEW = 8;
/** How often the delay is measured anew, in milliseconds. */
const WINDOW = 1000;
const RESOLUTION = 10;
const NANOSECONDS = 1e6;

/** Says when the service has more to do than it can answer in time. */
export interface Pressure {
  readonly isTooHigh: (nInFlight: number) => boolean;
  readonly end: () => void;
}

/** Too high: more requests under way than `maxInFlight`, or an event loop late by more than `maxDelay` milliseconds (p99). */
export function measurePressure(maxInFlight: number, maxDelay: number): Pressure {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION });
  delays.enable();
  let isLate = false;
  const timer = setInterval(() => {
    isLate = delays.percentile(99) / NANOSECONDS - RESOLUTION > maxDelay;
    delays.reset();
  }, WINDOW);
  timer.unref();
  return {
    isTooHigh: (nInFlight) => nInFlight > maxInFlight || (isLate && nInFlight > FEW),
    end: () => {
      clearInterval(timer);
      delays.disable();
    },
  };
}
