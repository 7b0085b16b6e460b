import { msPerUnit } from '#data/time-units.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import type {
  CaseNote,
  CasePrediction,
  DateFormFeature,
  FormFeature,
  LearntState,
  NumberFormFeature,
} from '#inference/contract.ts';
import type { SimilarCases } from '#jobs/explanation/contract.ts';
import { noteCells } from '#inference/case-notes.ts';
import { findContradictions, findLeaders, findUsualCell } from '#inference/dependent-inputs.ts';
import { countDecimals } from '#inference/number-step.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import type { Scenario } from '#store/state.ts';
import { isYear } from '#report/cell-text.ts';

export const featureGroups = ['lever', 'date', 'group', 'context', 'other'] as const;
export type FeatureGroup = (typeof featureGroups)[number];

export interface FieldView {
  /** Position in the model's features. */
  readonly index: number;
  readonly feature: FormFeature;
  readonly isChanged: boolean;
  /** What is remarkable about its value. */
  readonly note: CaseNote['code'] | null;
  /** What it would be by another column, where it is not. */
  readonly contradiction: { readonly leader: string; readonly expected: CellValue } | null;
  /** The columns it follows from, as it does; null where it has a say of its own, or was given one. */
  readonly follows: readonly string[] | null;
  /** Of a joined value, whether it is what is usual or was read; null of any other. */
  readonly joined: { readonly file: string; readonly isUsual: boolean } | null;
}

/** The form's fields by what they are to the planner: levers first; empty groups left out. */
export function groupFields(
  features: readonly FormFeature[],
  scenario: Scenario,
  reference: Scenario | null,
): readonly { readonly group: FeatureGroup; readonly fields: readonly FieldView[] }[] {
  const contradictions = new Map(
    findContradictions(features, scenario.cells).map(({ feature, leader, expected }) => [
      feature,
      { leader: features[leader]?.name ?? '', expected },
    ]),
  );
  const notes = new Map(noteCells(features, scenario.cells).map(({ feature, code }) => [feature, code]));
  const leaders = findLeaders(features);
  const typed = new Set(scenario.typed);
  const follows = (index: number) => {
    const own = leaders.get(index) ?? [];
    const isKnown = scenario.cells[index] !== null && own.every((leader) => scenario.cells[leader] !== null);
    const isFree = own.length === 0 || typed.has(index) || contradictions.has(index) || !isKnown;
    return isFree ? null : own.flatMap((leader) => features[leader]?.name ?? []);
  };
  const fields = features.map((feature, index) => ({
    index,
    feature,
    isChanged: reference !== null && scenario.cells[index] !== reference.cells[index],
    note: notes.get(index) ?? null,
    contradiction: contradictions.get(index) ?? null,
    follows: follows(index),
    joined: findJoined(feature, index, scenario),
  }));
  return featureGroups
    .map((group) => ({ group, fields: fields.filter(({ feature }) => groupOf(feature) === group) }))
    .filter(({ fields: own }) => own.length > 0);
}

function findJoined(feature: FormFeature, index: number, { cells }: Scenario): FieldView['joined'] {
  if (feature.type !== 'number' || !feature.joined || cells[index] === null) return null;
  return { file: feature.joined.file, isUsual: cells[index] === findUsualCell(feature.joined, cells) };
}

function groupOf({ role }: FormFeature): FeatureGroup {
  if (role === 'start') return 'date';
  return role === 'lever' || role === 'group' || role === 'context' || role === 'date' ? role : 'other';
}

/** A date is asked with its hour only where the outages of training have one. */
export function hasHours({ min, max, typical }: DateFormFeature): boolean {
  return [min, max, typical].some((instant) => typeof instant === 'number' && instant % MS_PER_DAY !== 0);
}

/** What a field's hint says, and whether that is a warning: by the note on its cell. */
export interface FieldHint {
  readonly text: string;
  readonly isWarning: boolean;
}

/** The period learnt from, and where the date lies to it. */
export function describeDate(
  { min, max, role }: DateFormFeature,
  value: CellValue,
  note: CaseNote['code'] | null,
  { t, format }: Words,
): FieldHint {
  const bounds = { min: format.date(min), max: format.date(max) };
  if (note === 'below-training-range') return { text: t('scenarios.date.before', bounds), isWarning: true };
  if (note === 'above-training-range')
    return { text: t('scenarios.date.longAfter', bounds), isWarning: true };
  const isAfter = typeof value === 'number' && value > max;
  const place = !isAfter ? 'range' : role === 'start' ? 'toCome' : 'after';
  const text = t(`scenarios.date.${place}`, bounds);
  return { text: note === 'missing' ? `${t('scenarios.missing')} · ${text}` : text, isWarning: false };
}

/** "appris de 5 à 49", or what is out of the ordinary about the value. */
export function describeNumber(
  feature: NumberFormFeature,
  note: CaseNote['code'] | null,
  { t, format }: Words,
): FieldHint {
  const write = isYear(feature)
    ? format.plain
    : (bound: number) => format.number(bound, countDecimals(feature));
  const bounds = { min: write(feature.min), max: write(feature.max) };
  if (note === 'below-training-range') return { text: t('scenarios.below', bounds), isWarning: true };
  if (note === 'above-training-range') return { text: t('scenarios.above', bounds), isWarning: true };
  const range = t('scenarios.range', bounds);
  return { text: note === 'missing' ? `${t('scenarios.missing')} · ${range}` : range, isWarning: false };
}

/** "Ne va pas avec « Tranche »: …", for a cell that another one contradicts. */
export function describeContradiction(
  { feature, contradiction }: Pick<FieldView, 'feature' | 'contradiction'>,
  { t, format }: Words,
): string | null {
  if (contradiction === null) return null;
  const { leader, expected } = contradiction;
  return t('scenarios.contradiction', { leader, expected: writeFieldCell(feature, expected, format) });
}

/** A cell as its field writes it; '' for none. */
export function writeFieldCell(feature: FormFeature, cell: CellValue, format: Words['format']): string {
  if (typeof cell !== 'number') return cell ?? '';
  if (feature.type === 'date') return format.date(cell, hasHours(feature));
  return feature.type === 'number' && isYear(feature) ? format.plain(cell) : format.number(cell, 4);
}

/** The columns whose cells others contradict, each once. */
export function listContradicted(features: readonly FormFeature[], cells: CellRow): readonly string[] {
  const contradicted = new Set(findContradictions(features, cells).map(({ feature }) => feature));
  return features.flatMap(({ name }, i) => (contradicted.has(i) ? [name] : []));
}

/**
 * The columns whose values lie outside what the model has learnt; a value left unknown does not, and one that follows
 * from another outside, as the year from the date, is not counted again.
 */
export function listOutside(notes: readonly CaseNote[], features: readonly FormFeature[]): readonly string[] {
  const outside = new Set(notes.flatMap(({ code, feature }) => (code === 'missing' ? [] : feature)));
  const leaders = findLeaders(features);
  return [...outside]
    .filter((feature) => !leaders.get(feature)?.some((leader) => outside.has(leader)))
    .flatMap((feature) => features[feature]?.name ?? []);
}

/** The name of the reference: the outage it is, or the case it was made of. */
export function nameReference(
  { origin, isOwn }: Pick<Scenario, 'origin' | 'isOwn'>,
  { t, format }: Words,
): string {
  const from = origin ? t('scenarios.origin', { row: format.plain(origin.row + 1) }) : t('scenarios.toCome');
  return isOwn ? t('scenarios.own', { from }) : from;
}

/** Whether the case is a learnt one: by the model's file, else by the data it was trained on, where these are open. */
export function judgeLearnt(
  { learnt }: Pick<CasePrediction, 'learnt'>,
  ofTrainingData: Pick<SimilarCases, 'nSame'> | null,
): LearntState {
  if (learnt !== 'unknown' || ofTrainingData === null) return learnt;
  return ofTrainingData.nSame > 0 ? 'yes' : 'no';
}

/** Whether the case starts after all outages learnt from. */
export function isToCome(features: readonly FormFeature[], { cells }: Pick<Scenario, 'cells'>): boolean {
  return features.some((feature, i) => {
    const cell = cells[i];
    return (
      feature.type === 'date' && feature.role === 'start' && typeof cell === 'number' && cell > feature.max
    );
  });
}

/** When the case starts; null where that is not known. */
export function findStart(
  features: readonly FormFeature[],
  { cells }: Pick<Scenario, 'cells'>,
): number | null {
  const start = cells[features.findIndex(({ type, role }) => type === 'date' && role === 'start')];
  return typeof start === 'number' ? start : null;
}

/** The day by which the outage is over if it takes `duration`; null where the case has no start, or the unit is unknown. */
export function findEnd(
  features: readonly FormFeature[],
  { cells }: Pick<Scenario, 'cells'>,
  duration: number,
  unit: DurationUnitName,
): number | null {
  return findEndAfter(findStart(features, { cells }), duration, unit);
}

/** The instant at which a duration from the start is over; null without a start, and for an unknown unit. */
export function findEndAfter(start: number | null, duration: number, unit: DurationUnitName): number | null {
  return start === null || unit === 'unknown' ? null : start + duration * msPerUnit[unit];
}
