import type { PlotArea } from './plot-points.ts';
import type { AxisScale } from './ticks.ts';

/** Short strokes at the foot of a chart: where there are values. */
export function Rug({
  values,
  x,
  area,
}: {
  readonly values: ArrayLike<number>;
  readonly x: AxisScale;
  readonly area: PlotArea;
}) {
  const [low, high] = x.domain;
  const foot = area.top + area.height;
  const strokes = Array.from(values)
    .filter((value) => value >= low && value <= high)
    .map((value) => `M${(area.left + ((value - low) / (high - low)) * area.width).toFixed(1)},${foot}v-8`);
  return (
    <path d={strokes.join('')} stroke="var(--chart-text)" strokeOpacity={0.45} strokeWidth={1} fill="none" />
  );
}
