/**
 * What a search runs over: axes, each a list of cells. A point takes one cell of each axis. The encoded features of a case
 * that an axis decides are decided by no other one, so that every term of a model is a function of few axes.
 */
export interface Lattice {
  readonly axes: readonly Axis[];
  /** The encoded features of the present case. */
  readonly present: Float64Array;
  readonly cardinalities: readonly number[];
  /** What answers for the present case, where no axis has a say. */
  readonly answeredBy: CellAnswer;
}

/** Place of a rare category among those of the calibration (`NOT_RARE`: none), and the class; undefined where the axis has none. */
export interface CellAnswer {
  readonly rare: number;
  readonly label?: string | null;
}

export const NOT_RARE = 2 ** 30;

export interface Axis {
  readonly nCells: number;
  /** The features that the axis decides, with their value in each cell. */
  readonly features: readonly { readonly index: number; readonly values: Float64Array }[];
  /** Of each cell: levers changed, size of the change, cost, cost a unit of time, and how much later it starts. */
  readonly nChanged: Float64Array;
  readonly change: Float64Array;
  readonly cost: Float64Array;
  readonly rate: Float64Array;
  readonly delay: Float64Array;
  readonly answeredBy: readonly CellAnswer[];
}

/** A cell of each axis. */
export type LatticePoint = Int32Array;

/** Neighbouring cells of each axis: [from, to) of axis a at 2a and 2a + 1. */
export type Box = Int32Array;

export function countPoints(axes: readonly Axis[]): number {
  return axes.reduce((product, { nCells }) => product * nCells, 1);
}

export function wholeBox(axes: readonly Axis[]): Box {
  return Int32Array.from(axes.flatMap(({ nCells }) => [0, nCells]));
}

export function countBox(box: Box): number {
  let product = 1;
  for (let a = 0; a < box.length; a += 2) product *= box[a + 1] - box[a];
  return product;
}

/** All points of a box, the last axis running fastest. */
export function listPoints(box: Box): LatticePoint[] {
  const nAxes = box.length / 2;
  let points: number[][] = [[]];
  for (let a = 0; a < nAxes; a++) {
    const cells = Array.from({ length: box[2 * a + 1] - box[2 * a] }, (_, i) => box[2 * a] + i);
    points = points.flatMap((point) => cells.map((cell) => [...point, cell]));
  }
  return points.map((point) => Int32Array.from(point));
}

/** The encoded features of points, as samples. O(points × features). */
export function composeFeatures({ axes, present }: Lattice, points: readonly LatticePoint[]): Float64Array[] {
  const columns = Array.from(present, (value) => new Float64Array(points.length).fill(value));
  axes.forEach(({ features }, a) => {
    for (const { index, values } of features) {
      const column = columns[index];
      for (let i = 0; i < points.length; i++) column[i] = values[points[i][a]];
    }
  });
  return columns;
}

/** What answers for a point: its rarest category, else its class. */
export function answerOfPoint({ axes, answeredBy }: Lattice, point: LatticePoint): CellAnswer {
  let { rare, label = null } = answeredBy;
  axes.forEach((axis, a) => {
    const own = axis.answeredBy[point[a]];
    rare = Math.min(rare, own.rare);
    if (own.label !== undefined) label = own.label;
  });
  return { rare, label };
}

/** The least value of an axis within a range of cells. */
export function leastWithin(values: Float64Array, from: number, to: number): number {
  let least = values[from];
  for (let cell = from + 1; cell < to; cell++) if (values[cell] < least) least = values[cell];
  return least;
}
