import { Area } from 'recharts';

export interface BandPoints {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly low: number; readonly high: number }[];
}

/** A shaded band between two curves, behind everything else. */
export function Band({ points }: BandPoints) {
  return (
    <Area
      data={points.map(({ x, low, high }) => ({ x, range: [low, high] }))}
      dataKey="range"
      stroke="none"
      fill="var(--chart-line)"
      fillOpacity={0.26}
      isAnimationActive={false}
      activeDot={false}
      legendType="none"
      tooltipType="none"
    />
  );
}
