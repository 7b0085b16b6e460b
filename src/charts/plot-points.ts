import { axisRoom } from './axis-room.ts';
import type { AxisScale } from './ticks.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
  /** Position in the groups; −1 for none. */
  readonly group: number;
  readonly label: string;
  /** Drawn as an outline: it lies outside what was announced. */
  readonly isHollow?: boolean;
  /** What a click on it opens. */
  readonly row?: number;
}

/** Where a point is drawn: on the border where its value lies beyond the axis, and marked so. */
export interface DrawnPoint extends Point {
  readonly beyond: 'above' | 'below' | null;
}

/** Pixels. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Place {
  readonly left: number;
  readonly top: number;
}

/** What a chart's axes leave of its drawing. */
export function findPlotArea(
  width: number,
  height: number,
  top: number,
  left: number = axisRoom.left,
): PlotArea {
  return { left, top, width: width - left - axisRoom.right, height: height - top - axisRoom.bottom };
}

/** Moves points beyond the y axis onto its ends: none is dropped. Points without a number are. */
export function holdInside(points: readonly Point[], { domain: [low, high] }: AxisScale): DrawnPoint[] {
  return points
    .filter(({ x, y }) => !Number.isNaN(x) && !Number.isNaN(y))
    .map((point): DrawnPoint => {
      if (point.y > high) return { ...point, y: high, beyond: 'above' };
      if (point.y < low) return { ...point, y: low, beyond: 'below' };
      return { ...point, beyond: null };
    });
}

/** The pixel of a point, as the axes draw it. */
export function createPlacer(
  { left, top, width, height }: PlotArea,
  x: AxisScale,
  y: AxisScale,
  isLog: boolean,
): (point: { readonly x: number; readonly y: number }) => Place {
  const fractionOn = ({ domain: [low, high] }: AxisScale, value: number) =>
    isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return (point) => ({
    left: left + fractionOn(x, point.x) * width,
    top: top + (1 - fractionOn(y, point.y)) * height,
  });
}

/** Index of the place nearest to `at`, at most `reach` pixels away; −1 for none. O(n). */
export function findNearest(places: readonly Place[], at: Place, reach: number): number {
  let nearest = -1;
  let least = reach * reach;
  places.forEach(({ left, top }, index) => {
    const distance = (left - at.left) ** 2 + (top - at.top) ** 2;
    if (distance > least) return;
    least = distance;
    nearest = index;
  });
  return nearest;
}
