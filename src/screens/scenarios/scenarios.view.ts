import type { CellValue } from '#jobs/cell.ts';
import type { CaseNote, DateFormFeature, FormFeature, NumberFormFeature } from '#jobs/prediction.ts';
import type { Words } from '#language/use-words.ts';
import type { Scenario } from '#store/state.ts';
import { isYear } from '../format-cell.ts';

export const featureGroups = ['lever', 'date', 'group', 'context', 'other'] as const;
export type FeatureGroup = (typeof featureGroups)[number];

export interface FieldView {
  /** Position in the model's features. */
  readonly index: number;
  readonly feature: FormFeature;
  readonly isChanged: boolean;
}

/** The form's fields by what they are to the planner: levers first; empty groups left out. */
export function groupFields(
  features: readonly FormFeature[],
  scenario: Scenario,
  reference: Scenario | null,
): readonly { readonly group: FeatureGroup; readonly fields: readonly FieldView[] }[] {
  const fields = features.map((feature, index) => ({
    index,
    feature,
    isChanged: reference !== null && scenario.cells[index] !== reference.cells[index],
  }));
  return featureGroups
    .map((group) => ({ group, fields: fields.filter(({ feature }) => groupOf(feature) === group) }))
    .filter(({ fields: own }) => own.length > 0);
}

function groupOf({ role }: FormFeature): FeatureGroup {
  if (role === 'start') return 'date';
  return role === 'lever' || role === 'group' || role === 'context' || role === 'date' ? role : 'other';
}

/** Step of a slider: 1 for whole numbers, else about a hundredth of the range, rounded to 1, 2 or 5. */
export function sliderStep({ min, max, isInteger }: NumberFormFeature): number {
  if (isInteger) return 1;
  const rough = (max - min) / 100;
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return Number(((lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10) * power).toPrecision(1));
}

/** Decimals that a value of the feature is written with: as fine as its slider moves, two for a share. */
export function countDecimals(feature: NumberFormFeature): number {
  if (feature.isInteger) return 0;
  return Math.max(0, Math.min(6, -Math.floor(Math.log10(sliderStep(feature)) + 1e-9)));
}

const MS_PER_DAY = 86_400_000;

/** A date is asked with its hour only where the outages of training have one. */
export function hasHours({ min, max, typical }: DateFormFeature): boolean {
  return [min, max, typical].some((instant) => typeof instant === 'number' && instant % MS_PER_DAY !== 0);
}

/** An instant as the browser's date box writes it; dates without a zone are kept as if they were UTC. */
export function toDateBox(instant: number | null, withHours: boolean): string {
  if (instant === null) return '';
  return new Date(instant).toISOString().slice(0, withHours ? 16 : 10);
}

/** What a date box holds, in milliseconds; null while it is empty or unfinished. */
export function fromDateBox(text: string): number | null {
  const instant = Date.parse(text.includes('T') ? `${text}Z` : text);
  return Number.isNaN(instant) ? null : instant;
}

/** "appris de 5 à 49", or what is out of the ordinary about the value. */
export function describeField(
  feature: NumberFormFeature,
  value: CellValue,
  { t, format }: Pick<Words, 't' | 'format'>,
): { readonly text: string; readonly isWarning: boolean } {
  const write = isYear(feature)
    ? format.plain
    : (bound: number) => format.number(bound, countDecimals(feature));
  const bounds = { min: write(feature.min), max: write(feature.max) };
  if (typeof value === 'number' && value < feature.min)
    return { text: t('scenarios.below', bounds), isWarning: true };
  if (typeof value === 'number' && value > feature.max)
    return { text: t('scenarios.above', bounds), isWarning: true };
  const range = t('scenarios.range', bounds);
  return { text: value === null ? `${t('scenarios.missing')} · ${range}` : range, isWarning: false };
}

/** How many values lie outside what the model has learnt; a value left unknown does not. */
export function countOutside(notes: readonly CaseNote[]): number {
  return notes.filter(({ code }) => code !== 'missing').length;
}
