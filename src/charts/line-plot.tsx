import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { useWords } from '#language/use-words.ts';
import { layOutLegend, Legend } from './legend.tsx';
import { colorOf } from './palette.ts';
import { countTickDecimals, linearScale } from './ticks.ts';
import { TipBox } from './tip-box.tsx';

export interface LinePlotProps {
  readonly lines: readonly { readonly label: string; readonly values: readonly number[] }[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** A vertical mark at an x, with its name. */
  readonly mark: { readonly x: number; readonly label: string };
  readonly width: number;
  readonly height: number;
  readonly describe: (
    x: number,
    values: readonly { readonly label: string; readonly value: number }[],
  ) => readonly string[];
  readonly label: string;
}

/** Lines over 1, 2, 3…; the second dashed, so that colour is not the only difference. */
export function LinePlot({ lines, xLabel, yLabel, mark, width, height, describe, label }: LinePlotProps) {
  const { format } = useWords();
  const n = Math.max(...lines.map((line) => line.values.length));
  const data = Array.from({ length: n }, (_, i) => ({
    x: i + 1,
    ...Object.fromEntries(lines.map((line, l) => [`line${l}`, line.values[i] ?? null])),
  }));
  const all = lines.flatMap((line) => line.values.filter(Number.isFinite));
  const yScale = linearScale(Math.min(...all), Math.max(...all), 5);
  const xScale = linearScale(0, n, 6);
  const tick = { fontSize: 12, fill: 'var(--chart-text)' };
  const items = [
    ...lines.map((line, l) => ({
      label: line.label,
      color: colorOf(l),
      mark: l === 0 ? ('line' as const) : ('dashes' as const),
    })),
    { label: mark.label, color: 'var(--chart-text)', mark: 'line' as const },
  ];
  return (
    <LineChart
      data={data}
      width={width}
      height={height}
      margin={{ top: 10 + layOutLegend(items, width - 76).height, right: 14, bottom: 0, left: 0 }}
      aria-label={label}
      title={label}
    >
      <CartesianGrid stroke="var(--chart-grid)" />
      <XAxis
        type="number"
        dataKey="x"
        domain={[0, n]}
        ticks={xScale.ticks.filter((value) => value <= n && Number.isInteger(value))}
        height={46}
        tick={tick}
        stroke="var(--chart-line)"
        tickFormatter={(value: number) => format.number(value, 0)}
        label={{
          value: xLabel,
          position: 'insideBottom',
          offset: 4,
          fontSize: 12,
          fill: 'var(--chart-text)',
        }}
      />
      <YAxis
        type="number"
        domain={[...yScale.domain]}
        ticks={[...yScale.ticks]}
        width={62}
        tick={tick}
        stroke="var(--chart-line)"
        tickFormatter={(value: number) => format.number(value, countTickDecimals(yScale.ticks))}
        label={{
          value: yLabel,
          angle: -90,
          position: 'insideLeft',
          offset: 8,
          fontSize: 12,
          fill: 'var(--chart-text)',
          style: { textAnchor: 'middle' },
        }}
      />
      <ReferenceLine x={mark.x} stroke="var(--chart-text)" strokeWidth={1.2} />
      {lines.map((line, l) => (
        <Line
          key={line.label}
          dataKey={`line${l}`}
          stroke={colorOf(l)}
          strokeWidth={2}
          {...(l === 0 ? {} : { strokeDasharray: '5 3' })}
          dot={false}
          isAnimationActive={false}
        />
      ))}
      <Tooltip
        isAnimationActive={false}
        content={<LineTip describe={describe} names={lines.map((line) => line.label)} />}
      />
      <Legend items={items} x={62} y={4} width={width - 76} />
    </LineChart>
  );
}

interface LineTipProps {
  readonly describe: LinePlotProps['describe'];
  readonly names: readonly string[];
  /** Given by the chart. */
  readonly payload?: readonly { readonly value?: unknown }[];
  readonly label?: unknown;
}

function LineTip({ describe, names, payload, label }: LineTipProps) {
  if (!payload || payload.length === 0) return null;
  const values = payload.map((entry, l) => ({ label: names[l] ?? '', value: Number(entry.value) }));
  return <TipBox lines={describe(Number(label), values)} />;
}
