import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import type { DecisionNote } from '#report/decision-note.ts';
import { withUnit } from '#report/with-unit.ts';
import { placeSteps, placeTicks } from './note.view.ts';

/** Drawn for paper: fixed size, dark on white whatever the theme. */
const ink = {
  text: '#1b2733',
  line: '#8a96a3',
  band: '#bcd7ee',
  blue: '#0b5394',
  longer: '#d55e00',
  shorter: '#0072b2',
};
const WIDTH = 680;
const font = { fontSize: 11, fill: ink.text, fontFamily: 'inherit' };

export interface RangeDrawingProps {
  readonly drawing: NonNullable<DecisionNote['drawing']>;
  readonly dots: readonly number[];
  readonly marks: readonly { readonly label: string; readonly value: number }[];
  readonly unit: DurationUnitName;
}

/** The range on an axis of durations, over what similar outages took, with the plan and the target. */
export function RangeDrawing({ drawing, dots, marks, unit }: RangeDrawingProps) {
  const words = useWords();
  const { t, format } = words;
  const { p10, p50, p80, p90 } = drawing;
  const shown = [p10, p50, p80, p90].filter((value) => value !== null);
  const ticks = placeTicks([...shown, ...dots, ...marks.map(({ value }) => value)]);
  const [from = 0, to = 1] = [ticks[0], ticks.at(-1)];
  const place = (value: number) => 20 + ((WIDTH - 40) * (value - from)) / (to - from);
  const levels = [
    { label: 'P50', value: p50 },
    { label: 'P80', value: p80 },
  ];
  return (
    <svg viewBox={`0 0 ${WIDTH} 104`} width="100%" role="img" aria-label={t('note.dots')}>
      {p10 !== null && p90 !== null && (
        <rect x={place(p10)} y={34} width={place(p90) - place(p10)} height={16} fill={ink.band} rx={3} />
      )}
      {levels.map(
        ({ label, value }) =>
          value !== null && (
            <g key={label}>
              <line x1={place(value)} x2={place(value)} y1={28} y2={56} stroke={ink.blue} strokeWidth={3} />
              <text
                x={place(value)}
                y={22}
                textAnchor={label === 'P50' ? 'end' : 'start'}
                {...font}
                fontWeight={650}
              >
                {label} {format.number(value, 1)}
              </text>
            </g>
          ),
      )}
      {marks.map(({ label, value }, i) => (
        <g key={label}>
          <line
            x1={place(value)}
            x2={place(value)}
            y1={12}
            y2={76}
            stroke={ink.text}
            strokeDasharray="4 3"
            strokeWidth={1.2}
          />
          <text x={place(value)} y={9} textAnchor={i === 0 ? 'middle' : 'start'} {...font}>
            {label} {format.number(value, 1)}
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
        {withUnit(t('scenarios.curve.x'), unit, words)}
      </text>
    </svg>
  );
}

const ROW = 17;
const LABELS = 300;

/** From an ordinary outage to the answer, a bar a step: the figures are those of the sentence. */
export function ReasonsDrawing({ reasons }: { readonly reasons: NonNullable<DecisionNote['reasons']> }) {
  const { t, format } = useWords();
  const { base, steps, total } = reasons;
  const bars = [
    { label: t('scenarios.why.base'), from: 0, to: base, text: format.number(base, 1), color: ink.line },
    ...placeSteps(base, steps).map(({ label, change, from, to }) => ({
      label,
      from,
      to,
      text: format.durationChange(change, 'unknown'),
      color: change > 0 ? ink.longer : ink.shorter,
    })),
    { label: t('scenarios.why.answer'), from: 0, to: total, text: format.number(total, 1), color: ink.blue },
  ];
  const ends = bars.flatMap(({ from, to }) => [from, to]);
  const [low, high] = [Math.min(0, ...ends), Math.max(...ends, 1e-9)];
  const place = (value: number) => LABELS + ((WIDTH - LABELS - 60) * (value - low)) / (high - low);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${ROW * bars.length + 4}`}
      width="100%"
      role="img"
      aria-label={t('scenarios.why.title')}
    >
      {bars.map(({ label, from, to, text, color }, i) => (
        <g key={label} transform={`translate(0 ${i * ROW})`}>
          <text x={LABELS - 8} y={12} textAnchor="end" {...font}>
            {label.length > 48 ? `${label.slice(0, 47)}…` : label}
          </text>
          <rect
            x={place(Math.min(from, to))}
            y={3}
            width={Math.max(1, Math.abs(place(to) - place(from)))}
            height={11}
            fill={color}
          />
          <text x={place(Math.max(from, to)) + 5} y={12} {...font} fontWeight={650}>
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
}
