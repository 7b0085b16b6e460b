import { useWords } from '#language/use-words.ts';
import { Legend } from './legend.tsx';
import { okabeIto } from './palette.ts';
import { countTickDecimals, linearScale } from './ticks.ts';

export interface WaterfallBar {
  readonly label: string;
  /** Where the bar starts and ends; a total starts at `null` and is a mark, not a bar. */
  readonly from: number | null;
  readonly to: number;
  /** Written beside the bar. */
  readonly text: string;
}

export interface WaterfallPlotProps {
  readonly bars: readonly WaterfallBar[];
  readonly xLabel: string;
  readonly legend: { readonly up: string; readonly down: string };
  readonly width: number;
  readonly label: string;
}

const ROW = 26;
const TOP = 30;
const BOTTOM = 46;
const TEXT_ROOM = 76;
const CHARACTER_WIDTH = 6.6;

/** Steps from one total to another, each from where the last one ended. */
export function WaterfallPlot({ bars, xLabel, legend, width, label }: WaterfallPlotProps) {
  const { format } = useWords();
  const ends = bars.flatMap(({ from, to }) => (from === null ? [to] : [from, to]));
  const scale = linearScale(Math.min(...ends), Math.max(...ends), width < 480 ? 4 : 6);
  const longest = Math.max(...bars.map((bar) => bar.label.length), 6);
  const left = Math.min(Math.round(width * 0.42), Math.ceil(longest * CHARACTER_WIDTH) + 14);
  const maxCharacters = Math.floor((left - 12) / CHARACTER_WIDTH);
  const right = width - TEXT_ROOM;
  const [low, high] = scale.domain;
  const x = (value: number) => left + ((value - low) / (high - low)) * (right - left);
  const height = TOP + bars.length * ROW + BOTTOM;
  const bottom = height - BOTTOM;
  const ink = 'var(--chart-text)';
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      fontSize={12}
      fill={ink}
    >
      <Legend
        items={[
          { label: legend.up, color: okabeIto[1], mark: 'square' },
          { label: legend.down, color: okabeIto[0], mark: 'square' },
        ]}
        x={left}
        y={4}
        width={width - left}
      />
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={TOP} y2={bottom} stroke="var(--chart-grid)" />
          <text x={x(tick)} y={bottom + 17} textAnchor="middle">
            {format.number(tick, countTickDecimals(scale.ticks))}
          </text>
        </g>
      ))}
      <line x1={left} x2={right} y1={bottom} y2={bottom} stroke="var(--chart-line)" />
      <text x={(left + right) / 2} y={height - 8} textAnchor="middle">
        {xLabel}
      </text>
      {bars.map((bar, row) => {
        const y = TOP + row * ROW;
        const middle = y + ROW / 2;
        const isTotal = bar.from === null;
        const [start, end] = [x(bar.from ?? bar.to), x(bar.to)];
        const next = bars[row + 1];
        return (
          <g key={bar.label} data-testid={isTotal ? 'waterfall-total' : 'waterfall-step'} data-value={bar.to}>
            <title>{`${bar.label} ${bar.text}`}</title>
            <text
              x={left - 8}
              y={middle}
              dy="0.35em"
              textAnchor="end"
              fill={ink}
              fontWeight={isTotal ? 650 : 400}
            >
              {bar.label.length > maxCharacters ? `${bar.label.slice(0, maxCharacters - 1)}…` : bar.label}
            </text>
            {isTotal ? (
              <line x1={end} x2={end} y1={y + 3} y2={y + ROW - 3} stroke={ink} strokeWidth={3} />
            ) : (
              <rect
                x={Math.min(start, end)}
                y={y + 4}
                width={Math.max(1, Math.abs(end - start))}
                height={ROW - 8}
                fill={end >= start ? okabeIto[1] : okabeIto[0]}
              />
            )}
            {next && (
              <line
                x1={end}
                x2={end}
                y1={y + ROW - 4}
                y2={y + ROW + 4}
                stroke="var(--chart-line)"
                strokeDasharray="2 2"
              />
            )}
            <text
              x={Math.max(start, end) + 6}
              y={middle}
              dy="0.35em"
              fill={ink}
              fontWeight={isTotal ? 650 : 400}
            >
              {bar.text}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
