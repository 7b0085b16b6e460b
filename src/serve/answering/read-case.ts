import type { CellRow, CellValue } from '#data/cell.ts';
import { parseDate } from '#data/dates.ts';
import type { FormFeature } from '#inference/contract.ts';
import { RequestError } from './request-error.ts';
import type { ServedModel } from './served-model.ts';

/** A case as JSON tells it: cells in the model's order, or by name; what is not named is not known. */
export type GivenCase = readonly unknown[] | Readonly<Record<string, unknown>>;

/** The cells of a case. Throws 400 with the column's name for what does not fit. O(columns). */
export function readGivenCase(served: ServedModel, given: GivenCase): CellRow {
  const { features } = served.model.summary;
  if (Array.isArray(given)) {
    if (given.length !== features.length) {
      const names = features.map(({ name }) => name).join(', ');
      throw refuse(
        'case-length',
        `features has ${given.length} values, the model asks for ${features.length}: ${names}`,
      );
    }
    return features.map((feature, i) => readGivenCell(feature, given[i]));
  }
  const cells: CellValue[] = features.map(() => null);
  for (const [name, value] of Object.entries(given)) {
    const position = served.positionOf.get(name);
    const feature = features[position ?? -1];
    if (position === undefined || !feature) {
      const names = features.map((each) => each.name).join(', ');
      throw refuse('unknown-column', `the model has no column "${shorten(name)}"; it has: ${names}`);
    }
    cells[position] = readGivenCell(feature, value);
  }
  return cells;
}

/** A number, a label, or a day as text or in milliseconds since 1970; null, an empty text and NaN are not known. Throws 400. */
export function readGivenCell(feature: FormFeature, value: unknown): CellValue {
  if (value === null || value === undefined || value === '') return null;
  if (feature.type === 'category') {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw refuseCell(feature, value, 'a label');
  }
  const read = typeof value === 'string' ? readText(feature, value.trim()) : value;
  if (typeof read !== 'number' || !Number.isFinite(read)) {
    throw refuseCell(feature, value, feature.type === 'date' ? 'a date, as 2026-11-28' : 'a number');
  }
  return read;
}

function readText(feature: FormFeature, text: string): number {
  if (feature.type === 'date') return parseDate(text, 'dmy');
  return text === '' ? NaN : Number(text);
}

/** Longer values would fill a log, or an answer. */
const LONGEST_TOLD = 60;

export function shorten(text: string): string {
  return text.length > LONGEST_TOLD ? `${text.slice(0, LONGEST_TOLD)}…` : text;
}

function refuseCell(feature: FormFeature, value: unknown, wanted: string): RequestError {
  return refuse('cell', `"${feature.name}" must be ${wanted}, got ${shorten(JSON.stringify(value) ?? '')}`);
}

function refuse(code: string, message: string): RequestError {
  return new RequestError(400, code, message);
}
