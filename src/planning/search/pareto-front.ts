import { createPacer, type JobContext } from '#base/job-context.ts';
import { type Deadline, type Search, narrow, slackAt, splitAxis } from './branch-and-bound.ts';
import { type Axis, type Box, countBox, listPoints, type LatticePoint, wholeBox } from './lattice.ts';
import { createHeap } from './node-heap.ts';
import { leverCost, type SearchGoal, sumBox, sumPoint } from './objective.ts';
import { asOpened, type Narrowed } from './state-bound.ts';

/** A point that no other one beats in both. */
export interface FrontPoint {
  readonly point: LatticePoint;
  readonly cost: number;
  readonly duration: number;
}

export interface Front {
  /** The shortest first, so the dearest. */
  readonly points: readonly FrontPoint[];
  /** False where the search was ended before all was looked at. */
  readonly isComplete: boolean;
}

const SMALL_BOX = 16;

/**
 * All points of which no other one costs no more and takes no longer: boxes are dropped where the least that they can cost
 * and the least that they can take are those of a point already found, or worse. Without a bound, every point is asked.
 * Throws `cancelled`.
 */
export async function searchFront(
  { lattice: { axes }, bound, ask, starts, leastDuration }: Search,
  { level }: SearchGoal,
  deadline: Deadline,
  context: JobContext,
): Promise<Front> {
  let archive: FrontPoint[] = [];
  const isBeaten = (cost: number, duration: number) =>
    archive.some(
      (known) => known.cost <= cost + slackAt(cost) && known.duration <= duration + slackAt(duration),
    );
  const take = (points: readonly LatticePoint[]) => {
    const durations = ask(points, level);
    points.forEach((point, i) => {
      const duration = durations[i];
      if (!(duration < Infinity)) return;
      const cost = leverCost(sumPoint(axes, point), duration);
      if (isBeaten(cost, duration)) return;
      archive = archive.filter((known) => known.cost < cost || known.duration < duration);
      archive.push({ point, cost, duration });
    });
  };
  if (starts.length > 0) take(starts);
  const boundOf = (box: Box, within: Narrowed) => {
    const duration = bound?.least(level, within) ?? leastDuration;
    return { duration, cost: leverCost(sumBox(axes, box, within), duration) };
  };
  const heap = createHeap<Box>();
  const root = wholeBox(axes);
  heap.push(-Infinity, root);
  const pace = createPacer(context);
  let nNodes = 0;
  let isComplete = true;
  for (let node = heap.pop(); node !== null; node = heap.pop()) {
    if (context.stop.aborted || context.now() > deadline) {
      isComplete = false;
      break;
    }
    nNodes += 1;
    await pace(() => ({ phase: 'optimising', done: nNodes, total: nNodes + 1 }));
    const { item: box } = node;
    bound?.open(box);
    const own = boundOf(box, asOpened);
    if (!(own.duration < Infinity) || isBeaten(own.cost, own.duration)) continue;
    if (countBox(box) <= SMALL_BOX) {
      take(listPoints(box));
      continue;
    }
    const halves = halve(axes, box, boundOf);
    for (const { within, duration, cost } of halves) {
      if (duration < Infinity && !isBeaten(cost, duration)) heap.push(duration, narrow(box, within));
    }
  }
  return { points: archive.sort((a, b) => a.duration - b.duration), isComplete };
}

/** On the axis whose halves promise least of both together, each relative to what the others promise. */
function halve(
  axes: readonly Axis[],
  box: Box,
  boundOf: (box: Box, within: Narrowed) => { readonly duration: number; readonly cost: number },
) {
  const options = axes.flatMap((_, axis) => {
    const [from, to] = [box[2 * axis], box[2 * axis + 1]];
    if (to - from < 2) return [];
    return [splitAxis(box, axis).map((within) => ({ within, ...boundOf(box, within) }))];
  });
  const span = (pick: (half: { readonly duration: number; readonly cost: number }) => number) => {
    const values = options.flat().map(pick).filter(Number.isFinite);
    return Math.max(...values) - Math.min(...values) || 1;
  };
  const [perDuration, perCost] = [1 / span(({ duration }) => duration), 1 / span(({ cost }) => cost)];
  const merit = (halves: (typeof options)[number]) =>
    halves.reduce((sum, { duration, cost }) => sum + duration * perDuration + cost * perCost, 0);
  return options.reduce((best, halves) => (merit(halves) > merit(best) ? halves : best));
}
