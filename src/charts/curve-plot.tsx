import { ComposedChart, Line, ReferenceArea, ReferenceLine, Scatter, Tooltip } from 'recharts';
import { Band, type BandPoints } from './band.tsx';
import { layOutLegend, Legend, type LegendItem } from './legend.tsx';
import { axisRoom } from './axis-room.ts';
import { NumberAxes, type NumberAxis } from './number-axes.tsx';
import { colorOf, markOf, shapePath } from './palette.ts';
import { findPlotArea } from './plot-points.ts';
import { Rug } from './rug.tsx';
import { TipBox } from './tip-box.tsx';

interface XY {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly label: string;
  readonly points: readonly XY[];
  /** `thin`: one of many behind the others, without a place in the legend. */
  readonly kind: 'line' | 'dashes' | 'thin' | 'dots';
}

export interface CurvePlotProps {
  /** In order of colour; thin ones share a pale one. */
  readonly curves: readonly Curve[];
  readonly band?: BandPoints;
  /** Upright lines. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
  /** Stretches of x that rest on little: greyed. */
  readonly shades?: readonly { readonly from: number; readonly to: number }[];
  /** Values of x that there are, as strokes at the foot. */
  readonly rug?: ArrayLike<number>;
  readonly x: NumberAxis;
  readonly y: NumberAxis;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** What is said of a point of a line or of dots. */
  readonly describe: (curve: string, point: XY) => readonly string[];
}

/** Curves over numbers, with a band behind them and upright marks. */
export function CurvePlot(props: CurvePlotProps) {
  const { curves, band, marks = [], shades = [], rug, x, y, width, height, label, describe } = props;
  const named = curves.filter(({ kind }) => kind !== 'thin');
  const colour = (curve: Curve) => colorOf(named.indexOf(curve));
  const items: LegendItem[] = [
    ...named.map((curve, i) => ({
      label: curve.label,
      color: colour(curve),
      mark:
        curve.kind === 'dots' ? markOf(i) : curve.kind === 'dashes' ? ('dashes' as const) : ('line' as const),
    })),
    ...(band ? [{ label: band.label, color: 'var(--chart-line)', mark: 'square' as const }] : []),
    ...marks.map((mark, i) => ({
      label: mark.label,
      color: colorOf(named.length + i),
      mark: 'dashes' as const,
    })),
  ];
  const top = axisRoom.top + layOutLegend(items, width - axisRoom.left - axisRoom.right).height;
  return (
    <ComposedChart
      width={width}
      height={height}
      margin={{
        top,
        right: axisRoom.right,
        bottom: 0,
        left: 0,
      }}
      aria-label={label}
      title={label}
    >
      <NumberAxes x={x} y={y} />
      {shades.map(({ from, to }) => (
        <ReferenceArea
          key={from}
          x1={from}
          x2={to}
          fill="var(--chart-line)"
          fillOpacity={0.2}
          ifOverflow="hidden"
        />
      ))}
      {band && <Band {...band} />}
      {curves.map((curve, i) =>
        curve.kind === 'dots' ? null : (
          <Line
            key={`${curve.label}${i}`}
            data={[...curve.points]}
            dataKey="y"
            stroke={curve.kind === 'thin' ? 'var(--chart-line)' : colour(curve)}
            strokeWidth={curve.kind === 'thin' ? 0.8 : 2.4}
            strokeOpacity={curve.kind === 'thin' ? 0.55 : 1}
            {...(curve.kind === 'dashes' && { strokeDasharray: '5 4' })}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
            legendType="none"
            tooltipType="none"
          />
        ),
      )}
      {marks.map((mark, i) => (
        <ReferenceLine
          key={mark.label}
          x={mark.x}
          stroke={colorOf(named.length + i)}
          strokeWidth={1.5}
          strokeDasharray="5 4"
          ifOverflow="hidden"
        />
      ))}
      {named
        .filter(({ kind }) => kind !== 'dashes')
        .map((curve) => (
          <Scatter
            key={curve.label}
            data={curve.points.map((point) => ({ ...point, curve: curve.label }))}
            isAnimationActive={false}
            shape={
              <CurveDot
                color={curve.kind === 'dots' ? colour(curve) : 'transparent'}
                group={Math.max(0, named.indexOf(curve))}
              />
            }
          />
        ))}
      <Tooltip isAnimationActive={false} cursor={false} content={<CurveTip describe={describe} />} />
      {rug && <Rug values={rug} x={x} area={findPlotArea(width, height, top)} />}
      <Legend items={items} x={axisRoom.left} y={4} width={width - axisRoom.left - axisRoom.right} />
    </ComposedChart>
  );
}

interface CurveDotProps {
  readonly color: string;
  readonly group: number;
  /** Given by the chart. */
  readonly cx?: number;
  readonly cy?: number;
}

/** A dot, or the invisible spot of a line that the pointer can rest on. */
function CurveDot({ color, group, cx, cy }: CurveDotProps) {
  if (cx === undefined || cy === undefined) return null;
  return <path d={shapePath(markOf(group), cx, cy, 5)} fill={color} />;
}

interface CurveTipProps {
  readonly describe: CurvePlotProps['describe'];
  /** Given by the chart. */
  readonly payload?: readonly { readonly payload?: unknown }[];
}

function CurveTip({ describe, payload }: CurveTipProps) {
  const point = payload?.[0]?.payload as (XY & { readonly curve?: string }) | undefined;
  return point?.curve === undefined ? null : <TipBox lines={describe(point.curve, point)} />;
}
