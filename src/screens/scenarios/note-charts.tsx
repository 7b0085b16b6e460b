import { PaperRange } from '#charts/paper-range.tsx';
import { PaperSteps } from '#charts/paper-steps.tsx';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import type { DecisionNote } from '#report/decision-note.ts';
import { withUnit } from '#report/with-unit.ts';

export interface RangeDrawingProps {
  readonly drawing: NonNullable<DecisionNote['drawing']>;
  readonly dots: readonly number[];
  readonly marks: readonly { readonly label: string; readonly value: number }[];
  readonly unit: DurationUnitName;
}

/** The range on an axis of durations, over what similar outages took, with the plan and the target. */
export function RangeDrawing({ drawing, dots, marks, unit }: RangeDrawingProps) {
  const words = useWords();
  const { t } = words;
  const { p10, p50, p80, p90 } = drawing;
  const levels = [
    { label: 'P50', value: p50 },
    { label: 'P80', value: p80 },
  ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
  return (
    <PaperRange
      band={p10 !== null && p90 !== null ? [p10, p90] : null}
      levels={levels}
      marks={marks}
      dots={dots}
      xLabel={withUnit(t('scenarios.curve.x'), unit, words)}
      label={t('note.dots')}
    />
  );
}

/** From an ordinary outage to the answer: the figures are those of the sentence. */
export function ReasonsDrawing({ reasons }: { readonly reasons: NonNullable<DecisionNote['reasons']> }) {
  const { t, format } = useWords();
  const end = (label: string, value: number) => ({ label, change: value, text: format.number(value, 1) });
  return (
    <PaperSteps
      base={end(t('scenarios.why.base'), reasons.base)}
      steps={reasons.steps.map((step) => ({ ...step, text: format.durationChange(step.change, 'unknown') }))}
      total={end(t('scenarios.why.answer'), reasons.total)}
      label={t('scenarios.why.title')}
    />
  );
}
