import { Bar, BarChart, CartesianGrid, ErrorBar, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { useWords } from '#language/use-words.ts';
import { Legend } from './legend.tsx';
import { okabeIto } from './palette.ts';
import { type AxisScale, countTickDecimals, linearScale } from './ticks.ts';
import { TipBox } from './tip-box.tsx';

export interface RangedBar {
  readonly label: string;
  readonly value: number;
  /** How far its error bar reaches on each side. */
  readonly deviation: number;
  /** How far below and above, where that differs. */
  readonly reach?: readonly [below: number, above: number];
}

export interface BarPlotProps {
  /** From the longest down. */
  readonly bars: readonly RangedBar[];
  readonly xLabel: string;
  /** Bars at or under this say nothing; null where it is not known. */
  readonly floor: { readonly value: number; readonly label: string } | null;
  /** Where several charts are to be compared; by default what the bars need. */
  readonly scale?: AxisScale;
  readonly width: number;
  readonly describe: (bar: RangedBar) => readonly string[];
  readonly label: string;
}

const ROW = 26;

/** Horizontal bars with error bars and a floor. */
export function BarPlot(props: BarPlotProps) {
  const { xLabel, floor, scale: given, width, describe, label } = props;
  const bars = props.bars.map((bar) => ({ ...bar, reach: bar.reach ?? [bar.deviation, bar.deviation] }));
  const { format } = useWords();
  const longest = Math.max(...bars.map((bar) => bar.label.length), 6);
  const labelWidth = Math.min(Math.round(width * 0.45), longest * 7 + 18);
  const maxCharacters = Math.floor((labelWidth - 14) / 6.4);
  const ends = bars.map(({ value, reach: [, above] }) => value + above);
  const scale =
    given ??
    linearScale(
      Math.min(0, ...bars.map(({ value, reach: [below] }) => value - below)),
      Math.max(floor?.value ?? 0, ...ends),
      5,
    );
  const tick = { fontSize: 12, fill: 'var(--chart-text)' };
  return (
    <BarChart
      layout="vertical"
      data={bars}
      width={width}
      height={bars.length * ROW + 84}
      margin={{ top: 28, right: 20, bottom: 0, left: 0 }}
      barCategoryGap="24%"
      aria-label={label}
      title={label}
    >
      <CartesianGrid stroke="var(--chart-grid)" horizontal={false} />
      <XAxis
        type="number"
        domain={[...scale.domain]}
        ticks={[...scale.ticks]}
        tickFormatter={(value: number) => format.number(value, countTickDecimals(scale.ticks))}
        height={46}
        tick={tick}
        stroke="var(--chart-line)"
        label={{
          value: xLabel,
          position: 'insideBottom',
          offset: 4,
          fontSize: 12,
          fill: 'var(--chart-text)',
        }}
      />
      <YAxis
        type="category"
        dataKey="label"
        width={labelWidth}
        interval={0}
        tick={<BarName maxCharacters={maxCharacters} />}
        stroke="var(--chart-line)"
      />
      <Bar dataKey="value" fill={okabeIto[0]} isAnimationActive={false}>
        <ErrorBar
          dataKey="reach"
          direction="x"
          width={5}
          strokeWidth={1.5}
          stroke="var(--chart-text)"
          isAnimationActive={false}
        />
      </Bar>
      {floor && (
        <ReferenceLine
          x={floor.value}
          stroke={okabeIto[1]}
          strokeDasharray="5 4"
          strokeWidth={1.5}
          ifOverflow="extendDomain"
        />
      )}
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: 'var(--chart-grid)', opacity: 0.5 }}
        content={<BarTip describe={describe} />}
      />
      {floor && (
        <Legend
          items={[{ label: floor.label, color: okabeIto[1], mark: 'dashes' }]}
          x={labelWidth}
          y={4}
          width={width - labelWidth}
        />
      )}
    </BarChart>
  );
}

interface BarTipProps {
  readonly describe: BarPlotProps['describe'];
  /** Given by the chart. */
  readonly payload?: readonly { readonly payload?: unknown }[];
}

function BarTip({ describe, payload }: BarTipProps) {
  const bar = payload?.[0]?.payload as RangedBar | undefined;
  return bar ? <TipBox lines={describe(bar)} /> : null;
}

interface BarNameProps {
  readonly maxCharacters: number;
  /** Given by the chart. */
  readonly x?: number | string;
  readonly y?: number | string;
  readonly payload?: { readonly value?: unknown };
}

/** A bar's name on one line, cut where it would not fit; whole in its tooltip. */
function BarName({ maxCharacters, x, y, payload }: BarNameProps) {
  const name = typeof payload?.value === 'string' ? payload.value : '';
  return (
    <text x={x} y={y} dy="0.35em" textAnchor="end" fontSize={12} fill="var(--chart-text)">
      <title>{name}</title>
      {name.length > maxCharacters ? `${name.slice(0, maxCharacters - 1)}…` : name}
    </text>
  );
}
