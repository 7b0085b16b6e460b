import { useMemo } from 'react';
import {
  Area,
  CartesianGrid,
  Line,
  ReferenceLine,
  Scatter,
  ComposedChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useWords } from '#language/use-words.ts';
import { layOutLegend, Legend, type LegendItem } from './legend.tsx';
import { colorOf, shapeOf, shapePath } from './palette.ts';
import { MAX_DRAWN_MARKS, PointCloud, type Point } from './point-cloud.tsx';
import { countTickDecimals, type AxisScale } from './ticks.ts';
import { TipBox } from './tip-box.tsx';

export interface ScatterPlotProps {
  readonly points: readonly Point[];
  /** Names of the groups, in the order of their positions. One or none draws no legend. */
  readonly groups: readonly string[];
  readonly x: AxisScale & { readonly label: string };
  readonly y: AxisScale & { readonly label: string };
  readonly isLog?: boolean;
  /** The line where the eye starts: y = x, or y = 0. */
  readonly reference: { readonly kind: 'diagonal' | 'zero'; readonly label: string };
  /** A line through summary points, with its name. */
  readonly trend?: {
    readonly label: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  };
  /** A band behind the points. */
  readonly ribbon?: {
    readonly label: string;
    readonly points: readonly { readonly x: number; readonly low: number; readonly high: number }[];
  };
  /** A click on a point that has a row opens it. */
  readonly onPick?: (row: number) => void;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly describe: (point: Point) => readonly string[];
  readonly label: string;
}

const axis = { left: 62, right: 14, bottom: 46, top: 8 };

/** Side of the whole drawing that makes the plot area of that width square, legend included. */
export function squareHeight(width: number, items: number): number {
  return width - axis.left - axis.right + axis.bottom + axis.top + (items > 0 ? 26 : 0);
}

/** Marks by group (colour and shape), a reference line, and perhaps a trend line. */
export function ScatterPlot(props: ScatterPlotProps) {
  const { points, groups, x, y, isLog = false, reference, trend, ribbon, onPick } = props;
  const { width, height, describe, label } = props;
  const { format } = useWords();
  const items: LegendItem[] = useMemo(
    () => [
      ...(groups.length > 1
        ? groups.map((name, i) => ({ label: name, color: colorOf(i), mark: shapeOf(i) }))
        : []),
      ...(trend ? [{ label: trend.label, color: 'var(--chart-text)', mark: 'line' as const }] : []),
      ...(ribbon ? [{ label: ribbon.label, color: 'var(--chart-line)', mark: 'square' as const }] : []),
      { label: reference.label, color: 'var(--chart-line)', mark: 'dashes' as const },
    ],
    [groups, trend, ribbon, reference.label],
  );
  const legend = layOutLegend(items, width - axis.left - axis.right);
  const isCanvas = points.length > MAX_DRAWN_MARKS;
  const [low, high] = [Math.max(x.domain[0], y.domain[0]), Math.min(x.domain[1], y.domain[1])];
  const writeTick =
    ({ ticks }: AxisScale) =>
    (value: number) =>
      isLog ? format.short(value) : format.number(value, countTickDecimals(ticks));
  const tick = { fontSize: 12, fill: 'var(--chart-text)' };
  return (
    <ComposedChart
      width={width}
      height={height}
      margin={{ top: axis.top + legend.height, right: axis.right, bottom: 0, left: 0 }}
      aria-label={label}
      title={label}
    >
      <CartesianGrid stroke="var(--chart-grid)" />
      <XAxis
        type="number"
        dataKey="x"
        scale={isLog ? 'log' : 'linear'}
        domain={[...x.domain]}
        ticks={[...x.ticks]}
        tickFormatter={writeTick(x)}
        allowDataOverflow
        height={axis.bottom}
        tick={tick}
        stroke="var(--chart-line)"
        label={{
          value: x.label,
          position: 'insideBottom',
          offset: 4,
          fontSize: 12,
          fill: 'var(--chart-text)',
        }}
      />
      <YAxis
        type="number"
        dataKey="y"
        scale={isLog ? 'log' : 'linear'}
        domain={[...y.domain]}
        ticks={[...y.ticks]}
        tickFormatter={writeTick(y)}
        allowDataOverflow
        width={axis.left}
        tick={tick}
        stroke="var(--chart-line)"
        label={{
          value: y.label,
          angle: -90,
          position: 'insideLeft',
          offset: 8,
          fontSize: 12,
          fill: 'var(--chart-text)',
          style: { textAnchor: 'middle' },
        }}
      />
      {ribbon && (
        <Area
          data={ribbon.points.map((point) => ({ x: point.x, range: [point.low, point.high] }))}
          dataKey="range"
          stroke="none"
          fill="var(--chart-line)"
          fillOpacity={0.22}
          isAnimationActive={false}
          activeDot={false}
          legendType="none"
          tooltipType="none"
        />
      )}
      {reference.kind === 'diagonal' ? (
        <ReferenceLine
          segment={[
            { x: low, y: low },
            { x: high, y: high },
          ]}
          stroke="var(--chart-line)"
          strokeDasharray="5 4"
          strokeWidth={1.5}
        />
      ) : (
        <ReferenceLine y={0} stroke="var(--chart-line)" strokeDasharray="5 4" strokeWidth={1.5} />
      )}
      {isCanvas ? (
        <PointCloud points={points} />
      ) : (
        <Scatter data={[...points]} isAnimationActive={false} shape={<Mark {...(onPick && { onPick })} />} />
      )}
      {trend && (
        <Line
          data={[...trend.points]}
          dataKey="y"
          stroke="var(--chart-text)"
          strokeWidth={2}
          dot={{ r: 3, fill: 'var(--chart-text)' }}
          isAnimationActive={false}
          activeDot={false}
          legendType="none"
          tooltipType="none"
        />
      )}
      {!isCanvas && (
        <Tooltip isAnimationActive={false} cursor={false} content={<ScatterTip describe={describe} />} />
      )}
      <Legend items={items} x={axis.left} y={4} width={width - axis.left - axis.right} />
    </ComposedChart>
  );
}

interface MarkProps {
  readonly onPick?: (row: number) => void;
  /** Given by the chart. */
  readonly cx?: number;
  readonly cy?: number;
  readonly payload?: Point;
}

function Mark({ onPick, cx, cy, payload }: MarkProps) {
  if (cx === undefined || cy === undefined || !payload) return null;
  const group = Math.max(0, payload.group);
  const { row, isHollow = false } = payload;
  const pick = onPick && row !== undefined ? () => onPick(row) : undefined;
  return (
    <path
      d={shapePath(shapeOf(group), cx, cy, 3.6)}
      fill={isHollow ? 'var(--chart-ground)' : colorOf(group)}
      fillOpacity={0.7}
      stroke={isHollow ? colorOf(group) : 'var(--chart-ground)'}
      strokeWidth={isHollow ? 1.4 : 0.6}
      {...(pick && { onClick: pick, style: { cursor: 'pointer' } })}
    />
  );
}

interface ScatterTipProps {
  readonly describe: ScatterPlotProps['describe'];
  /** Given by the chart. */
  readonly payload?: readonly { readonly payload?: unknown }[];
}

function ScatterTip({ describe, payload }: ScatterTipProps) {
  const point = payload?.[0]?.payload as Point | undefined;
  return point?.label === undefined ? null : <TipBox lines={describe(point)} />;
}
