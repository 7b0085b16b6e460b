import { axisRoom } from './axis-room.ts';
import { stackDots } from './dot-stacks.ts';
import type { AxisScale } from './ticks.ts';

const MOST_RADIUS = 4;

export interface DotStripProps {
  readonly values: ArrayLike<number>;
  /** Of the chart above: each dot stands under its value there. */
  readonly x: Pick<AxisScale, 'domain'>;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

/** Values as a dot each, one upon another where they fall together: the axis is that of the chart above it. */
export function DotStrip({ values, x, width, height, label }: DotStripProps) {
  const room = Math.max(1, width - axisRoom.left - axisRoom.right);
  const nColumns = Math.max(1, Math.floor(room / (2 * MOST_RADIUS)));
  const { dots, height: tallest } = stackDots(values, x.domain, nColumns);
  const pitch = Math.min(2 * MOST_RADIUS, (height - 2) / Math.max(1, tallest));
  const foot = height - 1;
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ display: 'block' }}>
      <title>{label}</title>
      <line x1={axisRoom.left} x2={axisRoom.left + room} y1={foot} y2={foot} stroke="var(--chart-line)" />
      {dots.map(({ column, place }) => (
        <circle
          key={`${column} ${place}`}
          cx={axisRoom.left + ((column + 0.5) * room) / nColumns}
          cy={foot - (place + 0.5) * pitch}
          r={Math.max(1, Math.min(MOST_RADIUS - 0.5, pitch / 2))}
          fill="var(--chart-text)"
          fillOpacity={0.7}
        />
      ))}
    </svg>
  );
}
