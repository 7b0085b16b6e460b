import { createPacer, type JobContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import {
  type Axis,
  type Box,
  countBox,
  type Lattice,
  listPoints,
  type LatticePoint,
  wholeBox,
} from './lattice.ts';
import type { LevelBound, PlanLevel } from './level-bound.ts';
import { createHeap } from './node-heap.ts';
import { judge, type SearchGoal, sumBox, sumPoint } from './objective.ts';
import { asOpened, type Narrowed } from './state-bound.ts';

/** The model's own durations at points, in the target's unit; +∞ where it announces none. */
export type AskModel = (points: readonly LatticePoint[], level: PlanLevel) => Float64Array;

export interface Search {
  readonly lattice: Lattice;
  /** Null for a model that has to be asked point by point. */
  readonly bound: LevelBound | null;
  readonly ask: AskModel;
  /** Where descents begin. */
  readonly starts: readonly LatticePoint[];
  /** No duration is less than this: all that is known of a model without a bound. */
  readonly leastDuration: number;
}

export interface SearchResult {
  /** Null where no point was found that meets the goal. */
  readonly best: { readonly point: LatticePoint; readonly value: number } | null;
  /** No point has a smaller value; +∞ where none meets the goal. */
  readonly lowerBound: number;
  readonly isProven: boolean;
  readonly nNodes: number;
}

/** When to end early, in milliseconds of the context's clock. */
export type Deadline = number;

/** Values nearer than this, relative to their size, are the same. */
const SAME = 1e-10;

export function slackAt(value: number): number {
  return Number.isFinite(value) ? SAME * (1 + Math.abs(value)) : 0;
}

/** Boxes of so few points are asked point by point. */
const SMALL_BOX = 8;
const BATCH = 256;
/** Seeded starts of descents beside those given. */
const N_STARTS = 8;

/**
 * The best point of a lattice with proof: best box first, branched on the axis whose halves promise least (strong branching),
 * from the best that coordinate descent finds. Ends at the deadline, or when the context stops, with the best and a bound.
 * Throws `cancelled`.
 */
export async function searchBest(
  search: Search,
  goal: SearchGoal,
  deadline: Deadline,
  context: JobContext,
): Promise<SearchResult> {
  const asker = createAsker(search, goal);
  const isOver = () => context.stop.aborted || context.now() > deadline;
  const pace = createPacer(context);
  const report = () => ({ phase: 'optimising' as const, done: asker.nNodes(), total: asker.nNodes() + 1 });
  for (const start of listStarts(search)) {
    if (isOver() && asker.best() !== null) break;
    descend(search.lattice.axes, asker, start);
    await pace(report);
  }
  const left = search.bound
    ? await runBounded(search, search.bound, goal, asker, isOver, () => pace(report))
    : await runThrough(search, goal, asker, isOver, () => pace(report));
  const best = asker.best();
  const isProven = left === null;
  return {
    best,
    lowerBound: isProven ? (best?.value ?? Infinity) : Math.min(left, best?.value ?? Infinity),
    isProven,
    nNodes: asker.nNodes(),
  };
}

type Asker = ReturnType<typeof createAsker>;

/** Asks the model, and keeps the best: of equals that with the least change. */
function createAsker({ lattice, ask }: Search, goal: SearchGoal) {
  let best: { point: LatticePoint; value: number; effort: number } | null = null;
  let nNodes = 0;
  return {
    best: () => best,
    nNodes: () => nNodes,
    countNode: () => (nNodes += 1),
    ask(points: readonly LatticePoint[]): Float64Array {
      const durations = ask(points, goal.level);
      return durations.map((duration, i) => {
        const sums = sumPoint(lattice.axes, points[i]);
        const value = judge(goal, sums, duration);
        const effort = sums.nChanged + sums.change;
        const slack = slackAt(value);
        if (
          value < Infinity &&
          (best === null || value < best.value - slack || (value <= best.value && effort < best.effort))
        ) {
          best = { point: points[i], value, effort };
        }
        return value;
      });
    },
  };
}

function listStarts({ lattice: { axes }, starts }: Search): LatticePoint[] {
  const rng = createRng(1);
  const drawn = Array.from({ length: N_STARTS }, () =>
    Int32Array.from(axes, ({ nCells }) => rng.nextBelow(nCells)),
  );
  return [...starts, ...drawn];
}

/** Moves one axis after the other to its best cell until none gets better. */
function descend(axes: readonly Axis[], asker: Asker, start: LatticePoint): void {
  let point = start;
  let value = asker.ask([start])[0];
  for (let unmoved = 0, a = 0; unmoved < axes.length; a = (a + 1) % axes.length) {
    const line = Array.from({ length: axes[a].nCells }, (_, cell) => point.with(a, cell));
    const values = asker.ask(line);
    const least = values.reduce((found, each, cell) => (each < values[found] ? cell : found), 0);
    if (values[least] < value - slackAt(value)) {
      value = values[least];
      point = line[least];
      unmoved = 0;
    }
    unmoved += 1;
  }
}

type Pace = () => Promise<void>;

/** Every point; the bound of what is left by what is known of any duration, or null where nothing is. */
async function runThrough(
  search: Search,
  goal: SearchGoal,
  asker: Asker,
  isOver: () => boolean,
  pace: Pace,
): Promise<number | null> {
  const { axes } = search.lattice;
  const point = new Int32Array(axes.length);
  for (let isMore = true; isMore;) {
    if (isOver()) {
      const root = wholeBox(axes);
      return judge(goal, sumBox(axes, root, asOpened), search.leastDuration, Infinity);
    }
    const batch: LatticePoint[] = [];
    while (isMore && batch.length < BATCH) {
      batch.push(point.slice());
      isMore = moveOn(axes, point);
    }
    asker.ask(batch);
    asker.countNode();
    await pace();
  }
  return null;
}

function moveOn(axes: readonly Axis[], point: LatticePoint): boolean {
  for (let a = axes.length - 1; a >= 0; a--) {
    if (++point[a] < axes[a].nCells) return true;
    point[a] = 0;
  }
  return false;
}

async function runBounded(
  { lattice: { axes } }: Search,
  bound: LevelBound,
  goal: SearchGoal,
  asker: Asker,
  isOver: () => boolean,
  pace: Pace,
): Promise<number | null> {
  const boundOf = (box: Box, within: Narrowed): number => {
    const sums = sumBox(axes, box, within);
    const least = bound.least(goal.level, within);
    return judge(goal, sums, least, slackAt(goal.atMost ?? 0));
  };
  const isWorth = (value: number) => {
    const best = asker.best();
    return value < (best === null ? Infinity : best.value - slackAt(best.value));
  };
  const heap = createHeap<Box>();
  const root = wholeBox(axes);
  bound.open(root);
  heap.push(boundOf(root, asOpened), root);
  for (let node = heap.pop(); node !== null && isWorth(node.key); node = heap.pop()) {
    if (isOver()) return node.key;
    asker.countNode();
    await pace();
    const { item: box, key } = node;
    if (countBox(box) <= SMALL_BOX) {
      asker.ask(listPoints(box));
      continue;
    }
    bound.open(box);
    // What levers cost is no part of a guide.
    const guide = goal.kind === 'level' || goal.kind === 'lateness' ? bound.guide : undefined;
    for (const within of branch(axes, box, guide ?? ((part) => Math.max(key, boundOf(box, part))))) {
      const value = Math.max(key, boundOf(box, within));
      if (isWorth(value)) heap.push(value, narrow(box, within));
    }
  }
  return null;
}

/** The two halves of the box on the axis where the better half promises least; of equals where the other one does. */
function branch(axes: readonly Axis[], box: Box, promise: (within: Narrowed) => number): Narrowed[] {
  let best: Narrowed[] = [];
  let lead: readonly [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let axis = 0; axis < axes.length; axis++) {
    const [from, to] = [box[2 * axis], box[2 * axis + 1]];
    if (to - from < 2) continue;
    const halves = splitAxis(box, axis);
    const [a, b] = halves.map(promise);
    const merit = [Math.min(a, b), Math.max(a, b), to - from] as const;
    if (best.length === 0 || compare(merit, lead) > 0) {
      lead = merit;
      best = halves;
    }
  }
  return best;
}

/** The halves of an axis of at least two cells. */
export function splitAxis(box: Box, axis: number): Narrowed[] {
  const [from, to] = [box[2 * axis], box[2 * axis + 1]];
  const middle = (from + to) >> 1;
  return [
    { axis, from, to: middle },
    { axis, from: middle, to },
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? 0 : a[i] > b[i] ? 1 : -1;
}

export function narrow(box: Box, { axis, from, to }: Narrowed): Box {
  const narrowed = box.slice();
  narrowed[2 * axis] = from;
  narrowed[2 * axis + 1] = to;
  return narrowed;
}
