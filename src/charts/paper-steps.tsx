import { paperFont as font, paperInk as ink, PAPER_WIDTH as WIDTH } from './paper-ink.ts';

export interface PaperStep {
  readonly label: string;
  readonly change: number;
  /** Written behind its bar. */
  readonly text: string;
}

export interface PaperStepsProps {
  readonly base: PaperStep;
  readonly steps: readonly PaperStep[];
  readonly total: PaperStep;
  readonly label: string;
}

const ROW = 17;
const LABELS = 300;
const MOST_CHARACTERS = 48;

/** From one total to another, a bar a step, each from where the one before it ended. For paper. */
export function PaperSteps({ base, steps, total, label }: PaperStepsProps) {
  const bars = placeBars(base, steps, total);
  const ends = bars.flatMap(({ from, to }) => [from, to]);
  const [low, high] = [Math.min(0, ...ends), Math.max(...ends, 1e-9)];
  const place = (value: number) => LABELS + ((WIDTH - LABELS - 60) * (value - low)) / (high - low);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${ROW * bars.length + 4}`} width="100%" role="img" aria-label={label}>
      {bars.map((bar, i) => (
        <g key={bar.label} transform={`translate(0 ${i * ROW})`}>
          <text x={LABELS - 8} y={12} textAnchor="end" {...font}>
            {bar.label.length > MOST_CHARACTERS ? `${bar.label.slice(0, MOST_CHARACTERS - 1)}…` : bar.label}
          </text>
          <rect
            x={place(Math.min(bar.from, bar.to))}
            y={3}
            width={Math.max(1, Math.abs(place(bar.to) - place(bar.from)))}
            height={11}
            fill={bar.color}
          />
          <text x={place(Math.max(bar.from, bar.to)) + 5} y={12} {...font} fontWeight={650}>
            {bar.text}
          </text>
        </g>
      ))}
    </svg>
  );
}

function placeBars(base: PaperStep, steps: readonly PaperStep[], total: PaperStep) {
  let reached = base.change;
  const placed = steps.map((step) => {
    const from = reached;
    reached += step.change;
    return { ...step, from, to: reached, color: step.change > 0 ? ink.longer : ink.shorter };
  });
  return [
    { ...base, from: 0, to: base.change, color: ink.line },
    ...placed,
    { ...total, from: 0, to: total.change, color: ink.blue },
  ];
}
