import { gather, range } from '#base/arrays.ts';
import { findRange } from '#base/statistics.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import type { UnderWayOutages } from '#data/outages.ts';
import type { Fold } from '#evaluation/splits.ts';

/** How the outages that are over were parted. */
export type SplitWay =
  /** In the order of their starts, in milliseconds by row; what was not known `leadDays` before a test is not learnt from. */
  | { readonly kind: 'time'; readonly starts: Float64Array; readonly leadDays: number | null }
  /** Never parting a group: its code by row, and by outage under way. */
  | { readonly kind: 'group'; readonly codes: Int32Array; readonly underWay: Int32Array }
  /** By chance into so many parts; 0 of them are judged of those that somebody named. */
  | { readonly kind: 'chance'; readonly nParts: number };

/**
 * The folds with the outages under way, parted as the others were: a fold learns from those that had begun when its tests
 * were asked about, and judges those that its tests stand for.
 */
export function partUnderWay(
  folds: readonly Fold[],
  underWay: UnderWayOutages,
  way: SplitWay,
  msPerUnit: number,
): readonly Fold[] {
  const all = range(underWay.rows.length);
  return folds.map((fold, index) => {
    const isJudged = findJudged(fold, index, underWay, way);
    const lasted = findLasted(fold, underWay, way, msPerUnit);
    const learnt = all.filter((i) => !isJudged(i) && lasted(i) > 0);
    return {
      ...fold,
      underWay: { learnt, elapsed: Float64Array.from(learnt, lasted), judged: all.filter(isJudged) },
    };
  });
}

function findJudged(
  { testRows }: Fold,
  index: number,
  { start }: UnderWayOutages,
  way: SplitWay,
): (i: number) => boolean {
  if (way.kind === 'time') {
    const [from, to] = findRange(gather(way.starts, testRows));
    return (i) => (start[i] ?? NaN) >= from && (start[i] ?? NaN) <= to;
  }
  if (way.kind === 'group') {
    const tested = new Set(gather(way.codes, testRows));
    return (i) => tested.has(way.underWay[i] ?? NaN);
  }
  return (i) => way.nParts > 0 && i % way.nParts === index % way.nParts;
}

/** What each had lasted when the tests of a fold were asked about. */
function findLasted(
  { testRows }: Fold,
  { start, elapsed }: UnderWayOutages,
  way: SplitWay,
  msPerUnit: number,
): (i: number) => number {
  const whole = (i: number) => elapsed[i] ?? NaN;
  if (way.kind !== 'time') return whole;
  const [first] = findRange(gather(way.starts, testRows));
  // At the start, what came before is learnt from as it was in the end; months ahead, as it was by then.
  if (way.leadDays === null) return (i) => ((start[i] ?? NaN) < first ? whole(i) : 0);
  const asked = first - way.leadDays * MS_PER_DAY;
  return (i) => Math.min(whole(i), (asked - (start[i] ?? NaN)) / msPerUnit);
}
