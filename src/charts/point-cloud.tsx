import { useMemo } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { colorOf, shapeOf, shapePath } from './palette.ts';

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

/** Above this many points a chart draws on a canvas: an element for each would freeze the page. */
export const MAX_DRAWN_MARKS = 2000;

/** Many points as one picture inside the drawing, so that they are saved and printed with it. */
export function PointCloud({ points }: { readonly points: readonly Point[] }) {
  const area = usePlotArea();
  const scaleX = useXAxisScale();
  const scaleY = useYAxisScale();
  const href = useMemo(() => {
    if (!area || !scaleX || !scaleY) return null;
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(area.width * 2);
    canvas.height = Math.ceil(area.height * 2);
    const context = canvas.getContext('2d');
    if (!context) return null;
    context.scale(2, 2);
    context.translate(-area.x, -area.y);
    context.globalAlpha = 0.5;
    for (const { x, y, group } of points) {
      const left = scaleX(x);
      const top = scaleY(y);
      if (left === undefined || top === undefined) continue;
      context.fillStyle = colorOf(Math.max(0, group));
      const mark = new Path2D(shapePath(shapeOf(Math.max(0, group)), left, top, 2.5));
      // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
      context.fill(mark);
    }
    return canvas.toDataURL('image/png');
  }, [area, scaleX, scaleY, points]);
  if (!area || href === null) return null;
  return <image href={href} x={area.x} y={area.y} width={area.width} height={area.height} />;
}
