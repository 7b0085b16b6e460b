import type { Arrangement } from '#data/csv/arrange-columns.ts';
import type { CellNote } from '#data/csv/cell-notes.ts';
import type { SheetRemark } from '#data/workbook/sheet-source.ts';
import type { DatasetSummary } from '#jobs/dataset/contract.ts';
import type { Words } from '#language/words.ts';
import { listNames, quoteName } from './recipe-sentences.ts';
import { nameUnit } from './with-unit.ts';

export interface ReadingNote {
  readonly text: string;
  /** Columns of the file that were put together or divided, and can be left as they stand. */
  readonly arranged: readonly string[];
  readonly needsLook: boolean;
}

/** What a person is told of how values were understood, and what was made of columns; what needs a look first. */
export function tellReadingNotes(
  {
    notes,
    arrangements,
    doubtful,
    codes,
    columns,
    workbook,
  }: Pick<DatasetSummary, 'notes' | 'arrangements' | 'doubtful' | 'codes' | 'columns' | 'workbook'>,
  words: Words,
): readonly ReadingNote[] {
  const unitOf = new Map(columns.map(({ name, unit }) => [name, unit]));
  return [
    ...doubtful.map(({ column, called, examples }) => ({
      text: words.t(`data.doubtful.${called}`, {
        column: quoteName(column, words),
        examples: listNames(examples, words),
      }),
      arranged: [],
      needsLook: true,
    })),
    ...notes
      .filter(({ kind }) => wantLook.has(kind))
      .map((note) => ({ text: tellNote(note, undefined, words), arranged: [], needsLook: true })),
    ...(workbook?.remarks ?? []).map((remark) => ({
      text: tellSheetRemark(remark, words),
      arranged: [],
      needsLook: remark.kind === 'error' || remark.kind === 'open-formula',
    })),
    ...arrangements.map((arrangement) => ({
      text: tellArrangement(arrangement, words),
      arranged: arrangement.from,
      needsLook: arrangement.nIncomplete > 0,
    })),
    ...codes.map(({ column, nLabels, examples }) => ({
      text: words.t('data.codes', {
        column: quoteName(column, words),
        n: words.format.number(nLabels),
        examples: listNames(examples, words),
      }),
      arranged: [],
      needsLook: false,
    })),
    ...notes
      .filter(({ kind }) => !wantLook.has(kind))
      .map((note) => ({
        text: tellNote(note, unitOf.get(note.column), words),
        arranged: [],
        needsLook: false,
      })),
  ];
}

function tellSheetRemark({ kind, count, examples }: SheetRemark, words: Words): string {
  return words.t(`data.sheetRemark.${kind}`, {
    cells: words.count('common.cells', count),
    rows: words.count('common.rows', count),
    examples: examples.length < count ? `${examples.join(', ')}…` : examples.join(', '),
  });
}
const wantLook: ReadonlySet<CellNote['kind']> = new Set(['censored', 'maybe-shifted']);

function tellNote(
  { column, kind, count, examples }: CellNote,
  unit: string | undefined,
  words: Words,
): string {
  const { t } = words;
  return t(`data.note.${kind}`, {
    column: quoteName(column, words),
    cells: words.count('common.cells', count),
    examples: listNames(examples, words),
    unit: nameUnit(unit, words),
  });
}

function tellArrangement({ kind, from, into, unit, nIncomplete }: Arrangement, words: Words): string {
  const { t } = words;
  const [first = '', second = ''] = from;
  const blanks = {
    first: quoteName(first, words),
    second: quoteName(second, words),
    into: listNames(into, words),
    unit: nameUnit(unit, words),
    cells: words.count('common.cells', nIncomplete),
  };
  const made = t(`data.arranged.${kind}`, blanks);
  return nIncomplete === 0 ? made : `${made} ${t(`data.incomplete.${kind}`, blanks)}`;
}
