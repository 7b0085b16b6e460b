import { useMemo } from 'react';
import { colorOf, markOf, shapePath } from './palette.ts';
import type { DrawnPoint, Place, PlotArea } from './plot-points.ts';

/** Above this many points a chart draws on a canvas: an element for each would freeze the page. */
export const MAX_DRAWN_MARKS = 2000;

export interface PointCloudProps {
  readonly points: readonly DrawnPoint[];
  /** Of each point, in their order. */
  readonly places: readonly Place[];
  readonly area: PlotArea;
}

/** Many points as one picture inside the drawing, so that they are saved and printed with it. */
export function PointCloud({ points, places, area }: PointCloudProps) {
  const { left, top, width, height } = area;
  const href = useMemo(() => {
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(width * 2);
    canvas.height = Math.ceil(height * 2);
    const context = canvas.getContext('2d');
    if (!context) return null;
    context.scale(2, 2);
    context.translate(-left, -top);
    context.globalAlpha = 0.5;
    points.forEach(({ group, beyond, isHollow }, index) => {
      const place = places[index];
      if (!place) return;
      const color = colorOf(Math.max(0, group));
      const mark = new Path2D(markPath(group, beyond, place, 2.5));
      context.fillStyle = color;
      context.strokeStyle = color;
      if (isHollow) context.stroke(mark);
      // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
      else context.fill(mark);
    });
    return canvas.toDataURL('image/png');
  }, [points, places, left, top, width, height]);
  return href === null ? null : <image href={href} x={left} y={top} width={width} height={height} />;
}

/** The outline of a point: its group's, or an arrow head at the border where its value lies beyond. */
export function markPath(
  group: number,
  beyond: DrawnPoint['beyond'],
  { left, top }: Place,
  radius: number,
): string {
  if (beyond === 'above') return shapePath('triangle', left, top + radius, radius * 1.6);
  if (beyond === 'below') return shapePath('wye', left, top - radius, radius * 1.6);
  return shapePath(markOf(Math.max(0, group)), left, top, radius);
}
