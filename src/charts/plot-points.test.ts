import { describe, expect, it } from 'vitest';
import { createPlacer, findNearest, holdInside, type Point } from './plot-points.ts';
import { linearScale, logScale } from './ticks.ts';

const at = (x: number, y: number): Point => ({ x, y, group: 0, label: '' });
const area = { left: 60, top: 10, width: 400, height: 200 };

describe('points beyond the axis', () => {
  it('are drawn on its ends and say so, while those without a number are not drawn', () => {
    const drawn = holdInside([at(1, 5), at(2, 50), at(3, -50), at(4, NaN)], linearScale(0, 10));
    expect(drawn.map(({ y, beyond }) => [y, beyond])).toEqual([
      [5, null],
      [10, 'above'],
      [0, 'below'],
    ]);
  });
});

describe('the place of a point', () => {
  it('runs from the lower left corner to the upper right one', () => {
    const place = createPlacer(area, linearScale(0, 10), linearScale(-10, 10), false);
    expect(place({ x: 0, y: -10 })).toEqual({ left: 60, top: 210 });
    expect(place({ x: 10, y: 10 })).toEqual({ left: 460, top: 10 });
    expect(place({ x: 5, y: 0 })).toEqual({ left: 260, top: 110 });
  });

  it('goes by ratios on a logarithmic scale', () => {
    const place = createPlacer(area, logScale(1, 100), logScale(1, 100), true);
    expect(place({ x: 10, y: 10 }).left).toBeCloseTo(260, 9);
  });
});

describe('the nearest place', () => {
  const places = [
    { left: 0, top: 0 },
    { left: 10, top: 0 },
  ];

  it('is found within reach only', () => {
    expect(findNearest(places, { left: 7, top: 1 }, 12)).toBe(1);
    expect(findNearest(places, { left: 40, top: 0 }, 12)).toBe(-1);
    expect(findNearest([], { left: 0, top: 0 }, 12)).toBe(-1);
  });
});
