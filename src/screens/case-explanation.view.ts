import type { WaterfallBar } from '#charts/waterfall-plot.tsx';
import type { CellRow, CellValue } from '#data/cell.ts';
import type { FormFeature } from '#inference/contract.ts';
import type { CaseExplanation } from '#jobs/explanation/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/use-words.ts';
import { isYear } from './format-cell.ts';

type Said = Pick<Words, 't' | 'format'>;

export interface CaseExplanationView {
  /** From any outage to the answer; each bar starts where the one before ended. */
  readonly bars: readonly WaterfallBar[];
  readonly sentence: string;
}

/** A step as small as this is drawn together with the model's estimate. */
const NEGLIGIBLE_STEP = 0.005;

/**
 * The waterfall from what the model says of any outage to the answer in large figures: where that is the P50 and not the model's own estimate,
 * the past errors' correction is the last step.
 */
export function viewCaseExplanation(
  waterfall: CaseExplanation['waterfall'],
  answer: number,
  features: readonly FormFeature[],
  cells: CellRow,
  unit: DurationUnitName,
  said: Said,
): CaseExplanationView {
  const { t, format } = said;
  const steps = waterfall.steps.map(({ column, contribution }) => ({
    label: nameStep(column, features, cells, said),
    contribution,
  }));
  if (waterfall.rest) {
    const { nColumns, contribution } = waterfall.rest;
    steps.push({
      label: t('scenarios.why.rest', { count: nColumns, n: format.number(nColumns) }),
      contribution,
    });
  }
  const correction = answer - waterfall.prediction;
  const digits = countDigits(waterfall);
  const least = Math.max(NEGLIGIBLE_STEP * Math.abs(waterfall.prediction), 0.5 * 10 ** -digits);
  if (Math.abs(correction) > least) {
    steps.push({ label: t('scenarios.why.correction'), contribution: correction });
  }
  let reached = waterfall.base;
  const bars: WaterfallBar[] = [
    {
      label: t('scenarios.why.base'),
      from: null,
      to: reached,
      text: format.duration(reached, unit),
    },
  ];
  for (const { label, contribution } of steps) {
    const from = reached;
    reached += contribution;
    bars.push({ label, from, to: reached, text: format.durationChange(contribution, unit, digits) });
  }
  bars.push({
    label: t('scenarios.why.answer'),
    from: null,
    to: answer,
    text: format.duration(answer, unit),
  });
  return { bars, sentence: writeSentence(waterfall, features, cells, unit, said) };
}

function writeSentence(
  { base, prediction, steps }: CaseExplanation['waterfall'],
  features: readonly FormFeature[],
  cells: CellRow,
  unit: DurationUnitName,
  said: Said,
): string {
  const { t, format } = said;
  const total = prediction - base;
  const [first] = steps;
  if (!first || Math.abs(first.contribution) < 0.05) {
    return t('scenarios.why.ordinary', { base: format.duration(base, unit) });
  }
  const digits = countDigits({ steps });
  const tell = ({ column, contribution }: (typeof steps)[number]) =>
    `${nameStep(column, features, cells, said)} (${format.durationChange(contribution, unit, digits)})`;
  const [, second] = steps;
  const isMain = second && Math.abs(second.contribution) > 0.2 * Math.abs(first.contribution);
  const kind = Math.abs(total) < 0.5 * 10 ** -digits ? 'same' : total > 0 ? 'longer' : 'shorter';
  return t(`scenarios.why.sentence.${kind}`, {
    gap: format.duration(Math.abs(total), unit, digits),
    base: format.duration(base, unit),
    main: isMain
      ? t('scenarios.why.sentence.both', { first: tell(first), second: tell(second) })
      : tell(first),
  });
}

/** Small steps take a second decimal: "0 jour" would say nothing. */
function countDigits({ steps }: Pick<CaseExplanation['waterfall'], 'steps'>): number {
  return Math.abs(steps[0]?.contribution ?? 0) < 1 ? 2 : 1;
}

/** "Complexité = 8", "Tranche = CHINON 3 et son passé"; a column the form does not ask for by its name alone. */
function nameStep(
  column: string,
  features: readonly FormFeature[],
  cells: CellRow,
  { t, format }: Said,
): string {
  const index = features.findIndex(({ name }) => name === column);
  const feature = features[index];
  if (!feature) return column;
  const name = nameCell(feature, cells[index] ?? null, { t, format });
  return feature.hasPast ? t('scenarios.why.withPast', { name }) : name;
}

function nameCell(feature: FormFeature, cell: CellValue, { t, format }: Said): string {
  const { name: column } = feature;
  if (cell === null || cell === '') return `${column} = ${t('scenarios.unknown')}`;
  if (typeof cell === 'string') return `${column} = ${cell}`;
  if (feature.type === 'date') return `${column} = ${format.date(cell)}`;
  return `${column} = ${isYear(feature) ? format.plain(cell) : format.number(cell)}`;
}
