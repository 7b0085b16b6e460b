import { Legend } from './legend.tsx';
import { okabeIto } from './palette.ts';
import type { AxisScale } from './ticks.ts';

export interface GanttRow {
  readonly label: string;
  readonly start: number;
  /** Where it ends with one chance in two, and where by plan. */
  readonly middle: number;
  readonly end: number;
  readonly earliest: number;
  readonly note: string;
}

export interface GanttPlotProps {
  readonly rows: readonly GanttRow[];
  /** A count from each instant on, until the next. */
  readonly steps: readonly { readonly x: number; readonly y: number }[];
  /** Under which the count stays; null: none. */
  readonly limit: number | null;
  readonly legend: {
    readonly middle: string;
    readonly end: string;
    readonly wait: string;
    readonly limit: string;
  };
  readonly stepsLabel: string;
  readonly x: AxisScale & { readonly write: (value: number) => string };
  readonly width: number;
  readonly label: string;
}

const ROW = 22;
const TOP = 48;
/** Half of a date fits beside the last tick. */
const RIGHT = 38;
const CURVE = 96;
const CHARACTER_WIDTH = 6.6;

/** A bar a row, from its start to its middle and on to its end, after what it waits; below the bars, the steps of a count under its limit. */
export function GanttPlot({ rows, steps, limit, legend, stepsLabel, x, width, label }: GanttPlotProps) {
  const longest = Math.max(...rows.map((row) => row.label.length), 6);
  const left = Math.min(Math.round(width * 0.4), Math.ceil(longest * CHARACTER_WIDTH) + 14);
  const maxCharacters = Math.floor((left - 12) / CHARACTER_WIDTH);
  const right = width - RIGHT;
  const [low, high] = x.domain;
  const place = (value: number) => left + ((value - low) / (high - low)) * (right - left);
  const curveTop = TOP + rows.length * ROW + 30;
  const bottom = curveTop + CURVE;
  const most = Math.max(1, limit ?? 0, ...steps.map(({ y }) => y));
  const lift = (value: number) => bottom - (value / most) * (CURVE - 10);
  const path = steps
    .map(({ x: at, y }, i) => `${i === 0 ? 'M' : 'H'}${place(at)}${i === 0 ? `,${bottom}V` : 'V'}${lift(y)}`)
    .join('');
  return (
    <svg
      width={width}
      height={bottom + 34}
      viewBox={`0 0 ${width} ${bottom + 34}`}
      role="img"
      aria-label={label}
      fontSize={12}
      fill="var(--chart-text)"
      style={{ display: 'block' }}
    >
      <Legend
        items={[
          { label: legend.middle, color: okabeIto[0], mark: 'square' },
          { label: legend.end, color: okabeIto[5], mark: 'square' },
          { label: legend.wait, color: 'var(--chart-line)', mark: 'dashes' },
          ...(limit === null ? [] : [{ label: legend.limit, color: okabeIto[1], mark: 'dashes' } as const]),
        ]}
        x={8}
        y={4}
        width={width - 16}
      />
      {x.ticks.map((tick) => (
        <g key={tick}>
          <line x1={place(tick)} x2={place(tick)} y1={TOP} y2={bottom} stroke="var(--chart-grid)" />
          <text x={place(tick)} y={bottom + 17} textAnchor="middle">
            {x.write(tick)}
          </text>
        </g>
      ))}
      {rows.map((row, index) => {
        const y = TOP + index * ROW;
        const widthTo = (from: number, to: number) => Math.max(0, place(to) - place(from));
        return (
          <g key={`${row.label} ${row.start} ${row.end}`} data-testid="gantt-row">
            <title>{row.note}</title>
            <text x={left - 8} y={y + ROW / 2} dy="0.35em" textAnchor="end">
              {row.label.length > maxCharacters ? `${row.label.slice(0, maxCharacters - 1)}…` : row.label}
            </text>
            <line
              x1={place(row.earliest)}
              x2={place(row.start)}
              y1={y + ROW / 2}
              y2={y + ROW / 2}
              stroke="var(--chart-line)"
              strokeDasharray="4 3"
            />
            <rect
              x={place(row.start)}
              y={y + 4}
              width={widthTo(row.start, row.end)}
              height={ROW - 8}
              fill={okabeIto[5]}
            />
            <rect
              x={place(row.start)}
              y={y + 4}
              width={widthTo(row.start, row.middle)}
              height={ROW - 8}
              fill={okabeIto[0]}
            />
          </g>
        );
      })}
      <text x={left} y={curveTop - 8}>
        {stepsLabel}
      </text>
      <path d={path} fill={okabeIto[0]} fillOpacity={0.2} stroke={okabeIto[0]} />
      {limit !== null && (
        <g>
          <line
            x1={left}
            x2={right}
            y1={lift(limit)}
            y2={lift(limit)}
            stroke={okabeIto[1]}
            strokeDasharray="5 4"
            strokeWidth={1.4}
          />
          <text x={left - 8} y={lift(limit)} dy="0.35em" textAnchor="end">
            {limit}
          </text>
        </g>
      )}
      <line x1={left} x2={right} y1={bottom} y2={bottom} stroke="var(--chart-line)" />
    </svg>
  );
}
