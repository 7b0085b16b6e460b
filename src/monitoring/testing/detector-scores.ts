import { median, quantileOfSorted, sortedFinite } from '#base/statistics.ts';

/** When one stream's alarm came, and what would have been right. In whatever counts along the stream. */
export interface StreamAlarm {
  /** Null: none was given. */
  readonly alarmAt: number | null;
  /** Null: nothing changed. */
  readonly changeAt: number | null;
}

/** How a detector did over many streams: alarms before any change, and how long those after it took. */
export interface DetectorScore {
  /** Of all streams. */
  readonly falseAlarms: number;
  /** Of the streams with a change and no false alarm; null for none. */
  readonly found: number | null;
  /** Streams that never alarmed count as infinitely late; null for none, ∞ for a quantile among these. */
  readonly medianDelay: number | null;
  readonly p90Delay: number | null;
}

export function scoreDetector(streams: readonly StreamAlarm[]): DetectorScore {
  const isFalse = ({ alarmAt, changeAt }: StreamAlarm) =>
    alarmAt !== null && (changeAt === null || alarmAt < changeAt);
  const asked = streams.filter((stream) => stream.changeAt !== null && !isFalse(stream));
  const delays = asked.map(({ alarmAt, changeAt }) =>
    alarmAt === null ? Infinity : alarmAt - (changeAt ?? NaN),
  );
  const found = delays.filter(Number.isFinite).length;
  const isNone = asked.length === 0;
  return {
    falseAlarms: streams.length === 0 ? 0 : streams.filter(isFalse).length / streams.length,
    found: isNone ? null : found / asked.length,
    medianDelay: isNone ? null : quantileOf(delays, 0.5),
    p90Delay: isNone ? null : quantileOf(delays, 0.9),
  };
}

/** Of equal ranks no mean is taken: half of infinitely late is no number. */
function quantileOf(delays: readonly number[], share: number): number {
  if (delays.every(Number.isFinite)) {
    return share === 0.5 ? median(delays) : quantileOfSorted(sortedFinite(delays), share);
  }
  return delays.toSorted((a, b) => a - b)[Math.ceil(share * delays.length) - 1] ?? Infinity;
}
