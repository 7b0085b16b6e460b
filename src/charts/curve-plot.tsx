import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  Scatter,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useWords } from '#language/use-words.ts';
import { layOutLegend, Legend, type LegendItem } from './legend.tsx';
import { colorOf, shapeOf, shapePath } from './palette.ts';
import { countTickDecimals, type AxisScale } from './ticks.ts';
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
  readonly band?: {
    readonly label: string;
    readonly points: readonly { readonly x: number; readonly low: number; readonly high: number }[];
  };
  /** Upright lines. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
  readonly x: AxisScale & { readonly label: string; readonly write?: (value: number) => string };
  readonly y: AxisScale & { readonly label: string; readonly write?: (value: number) => string };
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** What is said of a point of a line or of dots. */
  readonly describe: (curve: string, point: XY) => readonly string[];
}

const tick = { fontSize: 12, fill: 'var(--chart-text)' };
const LEFT = 62;

/** Curves over numbers, with a band behind them and upright marks. */
export function CurvePlot(props: CurvePlotProps) {
  const { curves, band, marks = [], x, y, width, height, label, describe } = props;
  const { format } = useWords();
  const named = curves.filter(({ kind }) => kind !== 'thin');
  const colour = (curve: Curve) => colorOf(named.indexOf(curve));
  const items: LegendItem[] = [
    ...named.map((curve, i) => ({
      label: curve.label,
      color: colour(curve),
      mark:
        curve.kind === 'dots'
          ? shapeOf(i)
          : curve.kind === 'dashes'
            ? ('dashes' as const)
            : ('line' as const),
    })),
    ...(band ? [{ label: band.label, color: 'var(--chart-line)', mark: 'square' as const }] : []),
    ...marks.map((mark, i) => ({ label: mark.label, color: markColor(i), mark: 'dashes' as const })),
  ];
  const write =
    ({ ticks, write: own }: CurvePlotProps['x']) =>
    (value: number) =>
      own ? own(value) : format.number(value, countTickDecimals(ticks));
  const title = (value: string) => ({ value, fontSize: 12, fill: 'var(--chart-text)' });
  return (
    <ComposedChart
      width={width}
      height={height}
      margin={{ top: 8 + layOutLegend(items, width - LEFT - 14).height, right: 14, bottom: 0, left: 0 }}
      aria-label={label}
      title={label}
    >
      <CartesianGrid stroke="var(--chart-grid)" />
      <XAxis
        type="number"
        dataKey="x"
        domain={[...x.domain]}
        ticks={[...x.ticks]}
        tickFormatter={write(x)}
        allowDataOverflow
        height={46}
        tick={tick}
        stroke="var(--chart-line)"
        label={{ ...title(x.label), position: 'insideBottom', offset: 4 }}
      />
      <YAxis
        type="number"
        dataKey="y"
        domain={[...y.domain]}
        ticks={[...y.ticks]}
        tickFormatter={write(y)}
        allowDataOverflow
        width={LEFT}
        tick={tick}
        stroke="var(--chart-line)"
        label={{
          ...title(y.label),
          angle: -90,
          position: 'insideLeft',
          offset: 8,
          style: { textAnchor: 'middle' },
        }}
      />
      {band && (
        <Area
          data={band.points.map((point) => ({ x: point.x, range: [point.low, point.high] }))}
          dataKey="range"
          stroke="none"
          fill="var(--chart-line)"
          fillOpacity={0.28}
          isAnimationActive={false}
          activeDot={false}
          legendType="none"
          tooltipType="none"
        />
      )}
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
          stroke={markColor(i)}
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
      <Legend items={items} x={LEFT} y={4} width={width - LEFT - 14} />
    </ComposedChart>
  );
}

function markColor(index: number): string {
  return colorOf(index + 1);
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
  return <path d={shapePath(shapeOf(group), cx, cy, 5)} fill={color} />;
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
