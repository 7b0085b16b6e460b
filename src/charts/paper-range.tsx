import { useWords } from '#language/use-words.ts';
import { paperFont as font, paperInk as ink, PAPER_WIDTH as WIDTH } from './paper-ink.ts';
import { linearScale } from './ticks.ts';

export interface LabelledValue {
  readonly label: string;
  readonly value: number;
}

export interface PaperRangeProps {
  /** Null: no band. */
  readonly band: readonly [number, number] | null;
  /** On the band, written above it: the first before its line, the others behind. */
  readonly levels: readonly LabelledValue[];
  /** Dashed, across everything. */
  readonly marks: readonly LabelledValue[];
  readonly dots: readonly number[];
  readonly xLabel: string;
  readonly label: string;
}

/** A range on an axis with levels and marks, over single points. For paper. */
export function PaperRange({ band, levels, marks, dots, xLabel, label }: PaperRangeProps) {
  const { format } = useWords();
  const shown = [...(band ?? []), ...dots, ...[...levels, ...marks].map(({ value }) => value)];
  const least = Math.min(...shown);
  const most = Math.max(...shown);
  const { domain, ticks } = linearScale(least > 0 && least < 0.6 * most ? 0 : least, most);
  const [from, to] = domain;
  const place = (value: number) => 20 + ((WIDTH - 40) * (value - from)) / (to - from);
  return (
    <svg viewBox={`0 0 ${WIDTH} 104`} width="100%" role="img" aria-label={label}>
      {band && (
        <rect
          x={place(band[0])}
          y={34}
          width={place(band[1]) - place(band[0])}
          height={16}
          fill={ink.band}
          rx={3}
        />
      )}
      {levels.map((level, i) => (
        <g key={level.label}>
          <line
            x1={place(level.value)}
            x2={place(level.value)}
            y1={28}
            y2={56}
            stroke={ink.blue}
            strokeWidth={3}
          />
          <text
            x={place(level.value)}
            y={22}
            textAnchor={i === 0 ? 'end' : 'start'}
            {...font}
            fontWeight={650}
          >
            {level.label} {format.number(level.value, 1)}
          </text>
        </g>
      ))}
      {marks.map((mark, i) => (
        <g key={mark.label}>
          <line
            x1={place(mark.value)}
            x2={place(mark.value)}
            y1={12}
            y2={76}
            stroke={ink.text}
            strokeDasharray="4 3"
            strokeWidth={1.2}
          />
          <text x={place(mark.value)} y={9} textAnchor={i === 0 ? 'middle' : 'start'} {...font}>
            {mark.label} {format.number(mark.value, 1)}
          </text>
        </g>
      ))}
      {dots.map((value, i) => (
        <circle key={i} cx={place(value)} cy={65} r={3.6} fill="none" stroke={ink.text} strokeWidth={1.3} />
      ))}
      <line x1={20} x2={WIDTH - 20} y1={76} y2={76} stroke={ink.line} />
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={place(tick)} x2={place(tick)} y1={76} y2={80} stroke={ink.line} />
          <text x={place(tick)} y={90} textAnchor="middle" {...font} fontSize={10}>
            {format.number(tick)}
          </text>
        </g>
      ))}
      <text x={WIDTH - 20} y={102} textAnchor="end" {...font} fontSize={10}>
        {xLabel}
      </text>
    </svg>
  );
}
