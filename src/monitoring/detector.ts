import type { Instant } from '#base/instant.ts';
import { bets } from './bets.ts';
import type { AlarmDirection } from './contract.ts';

/** What a detector is told at one step. */
export interface Observation {
  /** What each of `bets` is multiplied by: mean 1, or less, given all before, as long as levels hold. */
  readonly factors: readonly number[];
  /** Outages that it says the first thing of. */
  readonly nOpened: number;
  readonly at: Instant;
}

export interface Detection {
  readonly at: Instant;
  readonly direction: AlarmDirection;
  /** From when on the bet that found it has won. */
  readonly since: Instant;
  /** Outages looked at since then, up to the alarm. */
  readonly n: number;
}

/** `peak`: the highest `value` so far, of which `threshold` is an alarm. */
export interface Evidence {
  readonly state: 'quiet' | 'watch' | 'proven';
  readonly value: number;
  readonly peak: number;
  readonly threshold: number;
  readonly alarm: Detection | null;
  readonly n: number;
}

/**
 * Looks at outages one after the other. State is a value: plain data, never changed.
 *
 * L1 a longer history never changes what was said of a shorter one. L2 a state that went through JSON goes on as if it had
 * not. L3 `proven` is never taken back; a restart is an event of the ledger. L4 the promise holds whenever one looks.
 */
export interface Detector {
  readonly name: 'e-process' | 'shiryaev-roberts';
  readonly promise:
    /** Probability that it ever alarms while levels hold. */
    | { readonly kind: 'false-alarm-ever'; readonly value: number }
    /** Outages, on average at least, to a false alarm. */
    | { readonly kind: 'average-run-length'; readonly value: number };
  readonly start: () => DetectorState;
  readonly update: (state: DetectorState, observation: Observation) => DetectorState;
  readonly evidence: (state: DetectorState) => Evidence;
}

/** By bet where there are several. JSON-able. */
export interface DetectorState {
  readonly wealth: readonly number[];
  /** Log of what each has won since its last lowest point, and from when and how many outages that is. */
  readonly rise: readonly number[];
  readonly since: readonly (Instant | null)[];
  readonly nSince: readonly number[];
  readonly n: number;
  readonly value: number;
  readonly peak: number;
  readonly alarm: Detection | null;
}

/** More than this is as sure as can be, and a number that stays one. */
const MOST = 1e200;

/** A detector that says something when the mean of its bets' wealths reaches `threshold`. */
export function createDetector(
  { name, promise, threshold }: Pick<Detector, 'name' | 'promise'> & { readonly threshold: number },
  initial: number,
  grow: (wealth: number, factor: number, nOpened: number) => number,
): Detector {
  const all = <Value>(value: Value) => bets.map(() => value);
  return {
    name,
    promise,
    start: () => ({
      wealth: all(initial),
      rise: all(0),
      since: all(null),
      nSince: all(0),
      n: 0,
      value: initial,
      peak: initial,
      alarm: null,
    }),
    update: (state, { factors, nOpened, at }) => {
      const factorOf = (i: number) => factors[i] ?? 1;
      const wealth = state.wealth.map((before, i) => Math.min(MOST, grow(before, factorOf(i), nOpened)));
      const isNew = state.rise.map((rise) => rise <= 0);
      const rise = state.rise.map((before, i) => Math.max(0, before) + Math.log(factorOf(i)));
      const since = state.since.map((before, i) => (isNew[i] ? at : before));
      const nSince = state.nSince.map((before, i) => (isNew[i] ? 0 : before) + nOpened);
      const value = wealth.reduce((sum, each) => sum + each, 0) / wealth.length;
      const richest = wealth.indexOf(Math.max(...wealth));
      const alarm =
        state.alarm ??
        (value < threshold
          ? null
          : {
              at,
              direction: bets[richest]?.direction ?? 'later',
              since: since[richest] ?? at,
              n: nSince[richest] ?? 0,
            });
      const n = state.n + nOpened;
      return { wealth, rise, since, nSince, n, value, peak: Math.max(state.peak, value), alarm };
    },
    evidence: ({ value, peak, alarm, n }) => {
      const isOn = promise.kind === 'false-alarm-ever' ? alarm !== null : value >= threshold;
      const on = promise.kind === 'false-alarm-ever' ? 'proven' : 'watch';
      return { state: isOn ? on : 'quiet', value, peak, threshold, alarm, n };
    },
  };
}
