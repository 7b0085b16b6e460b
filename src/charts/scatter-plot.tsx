import { useMemo } from 'react';
import { ComposedChart, Line, ReferenceLine, Scatter } from 'recharts';
import { Band, type BandPoints } from './band.tsx';
import { layOutLegend, Legend, type LegendItem } from './legend.tsx';
import { axisRoom } from './axis-room.ts';
import { NumberAxes, type NumberAxis } from './number-axes.tsx';
import { colorOf, markOf } from './palette.ts';
import { createPlacer, findPlotArea, holdInside, type DrawnPoint, type Point } from './plot-points.ts';
import { markPath, MAX_DRAWN_MARKS, PointCloud } from './point-cloud.tsx';
import { PointFinder } from './point-finder.tsx';

export interface ScatterPlotProps {
  readonly points: readonly Point[];
  /** Names of the groups, in the order of their positions. One or none draws no legend. */
  readonly groups: readonly string[];
  readonly x: NumberAxis;
  /** Points beyond its ends are drawn there, as arrow heads. */
  readonly y: NumberAxis;
  readonly isLog?: boolean;
  /** The line where the eye starts: y = x, y = 0 (`zero`) or x = 0 (`upright`). */
  readonly reference: { readonly kind: 'diagonal' | 'zero' | 'upright'; readonly label: string };
  /** A line through summary points, with its name. */
  readonly trend?: {
    readonly label: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
    /** Of places that have no order: dashes without a line between them. */
    readonly isApart?: boolean;
  };
  /** A band behind the points. */
  readonly ribbon?: BandPoints;
  /** A click on a point that has a row opens it. */
  readonly onPick?: (row: number) => void;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly describe: (point: Point) => readonly string[];
  readonly label: string;
}

/** Side of the whole drawing that makes the plot area of that width square, legend included. */
export function squareHeight(width: number, items: number): number {
  const { left, right, bottom, top } = axisRoom;
  return width - left - right + bottom + top + (items > 0 ? 26 : 0);
}

/** Marks by group (colour and shape), a reference line, and perhaps a trend line. */
export function ScatterPlot(props: ScatterPlotProps) {
  const { points, groups, x, y, isLog = false, reference, trend, ribbon, onPick } = props;
  const { width, height, describe, label } = props;
  const items = listLegend(groups, trend?.label, ribbon?.label, reference.label);
  const left = y.room ?? axisRoom.left;
  const legend = layOutLegend(items, width - left - axisRoom.right);
  const [low, high] = [Math.max(x.domain[0], y.domain[0]), Math.min(x.domain[1], y.domain[1])];
  const top = axisRoom.top + legend.height;
  const area = useMemo(() => findPlotArea(width, height, top, left), [width, height, top, left]);
  const { drawn, told, places } = useMemo(() => {
    const known = points.filter((point) => !Number.isNaN(point.x) && !Number.isNaN(point.y));
    const inside = holdInside(known, y);
    return { drawn: inside, told: known, places: inside.map(createPlacer(area, x, y, isLog)) };
  }, [points, area, x, y, isLog]);
  return (
    <PointFinder
      label={label}
      points={told}
      places={places}
      width={width}
      describe={describe}
      {...(onPick && { onPick })}
    >
      <ComposedChart
        width={width}
        height={height}
        margin={{ top, right: axisRoom.right, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        title={label}
      >
        <NumberAxes x={x} y={y} isLog={isLog} />
        {ribbon && <Band {...ribbon} />}
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
          <ReferenceLine
            {...(reference.kind === 'zero' ? { y: 0 } : { x: 0 })}
            stroke="var(--chart-line)"
            strokeDasharray="5 4"
            strokeWidth={1.5}
          />
        )}
        {drawn.length > MAX_DRAWN_MARKS ? (
          <PointCloud points={drawn} places={places} area={area} />
        ) : (
          <Scatter data={drawn} isAnimationActive={false} shape={<Mark />} />
        )}
        {trend && (
          <Line
            data={[...trend.points]}
            dataKey="y"
            stroke="var(--chart-text)"
            strokeWidth={trend.isApart ? 0 : 2}
            dot={{ r: trend.isApart ? 5 : 3, fill: 'var(--chart-text)', stroke: 'none' }}
            isAnimationActive={false}
            activeDot={false}
            legendType="none"
            tooltipType="none"
          />
        )}
        <Legend items={items} x={left} y={4} width={area.width} />
      </ComposedChart>
    </PointFinder>
  );
}

function listLegend(
  groups: readonly string[],
  trend: string | undefined,
  ribbon: string | undefined,
  reference: string,
): readonly LegendItem[] {
  return [
    ...(groups.length > 1
      ? groups.map((name, i) => ({ label: name, color: colorOf(i), mark: markOf(i) }))
      : []),
    ...(trend === undefined ? [] : [{ label: trend, color: 'var(--chart-text)', mark: 'line' as const }]),
    ...(ribbon === undefined ? [] : [{ label: ribbon, color: 'var(--chart-line)', mark: 'square' as const }]),
    { label: reference, color: 'var(--chart-line)', mark: 'dashes' as const },
  ];
}

interface MarkProps {
  /** Given by the chart. */
  readonly cx?: number;
  readonly cy?: number;
  readonly payload?: DrawnPoint;
}

function Mark({ cx, cy, payload }: MarkProps) {
  if (cx === undefined || cy === undefined || !payload) return null;
  const { group, beyond, isHollow = false } = payload;
  const color = colorOf(Math.max(0, group));
  return (
    <path
      d={markPath(group, beyond, { left: cx, top: cy }, 3.6)}
      fill={isHollow ? 'var(--chart-ground)' : color}
      fillOpacity={0.7}
      stroke={isHollow ? color : 'var(--chart-ground)'}
      strokeWidth={isHollow ? 1.4 : 0.6}
    />
  );
}
