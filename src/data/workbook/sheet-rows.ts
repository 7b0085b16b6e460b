import { AppError } from '#base/errors.ts';
import { limits } from '../csv/limits.ts';
import type { NumberMeaning } from './number-format.ts';
import { createXmlReader } from './xml.ts';

/** A cell as a workbook stores it: of a formula, its value. */
export type SheetCell =
  | { readonly kind: 'text' | 'error' | 'date'; readonly column: number; readonly text: string }
  | {
      readonly kind: 'number';
      readonly column: number;
      readonly value: number;
      readonly meaning: NumberMeaning;
    }
  /** A formula that no program has worked out. */
  | { readonly kind: 'open-formula'; readonly column: number };

export interface SheetRow {
  /** 0-based, as `column` of its cells, which ascend. */
  readonly index: number;
  readonly isHidden: boolean;
  /** Those that hold something. */
  readonly cells: readonly SheetCell[];
}

/** Cells of several rows and columns made one: the first holds the value. Both ends count. */
export interface MergedArea {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly column: number;
}

/** What cells refer to by their numbers. */
export interface CellTables {
  readonly strings: readonly string[];
  /** By the number of a style. */
  readonly meanings: readonly NumberMeaning[];
}

/** Of any workbook. */
const maxRows = 1_048_576;
/** Filled cells of one sheet. */
const maxCells = 20_000_000;

/** Reads a sheet's XML, piece by piece, and tells each row and each merged area as it ends. Throws `workbook-…` errors. */
export function createSheetReader(
  { strings, meanings }: CellTables,
  onRow: (row: SheetRow) => void,
  onMerged: (area: MergedArea) => void,
) {
  let row = -1;
  let isHidden = false;
  let cells: SheetCell[] = [];
  let nCells = 0;
  let column = -1;
  let type = 'n';
  let style = 0;
  let value: string | null = null;
  let hasFormula = false;
  /** The element whose text is the cell's. */
  let gathers = false;
  let isPhonetic = false;

  function closeCell(): void {
    const cell = makeCell();
    if (cell !== null) cells.push(cell);
    nCells++;
    if (nCells > maxCells) {
      throw new AppError('too-many-rows', `The sheet has more than ${maxCells} cells.`, {
        limit: limits.rows,
      });
    }
  }

  function makeCell(): SheetCell | null {
    if (value === null || (value === '' && type !== 'n')) {
      return hasFormula && value === null ? { kind: 'open-formula', column } : null;
    }
    switch (type) {
      case 's':
        return makeText(strings[Number(value)] ?? '');
      case 'inlineStr':
      case 'str':
        return makeText(unescapeText(value));
      case 'b':
        return makeText(value.trim() === '1' || value.trim() === 'true' ? 'TRUE' : 'FALSE');
      case 'e':
        return { kind: 'error', column, text: value };
      case 'd':
        return { kind: 'date', column, text: value.replace('T', ' ').replace(/Z$|[ ]00:00:00(\.0+)?$/, '') };
      default: {
        const number = value.trim() === '' ? NaN : Number(value);
        if (Number.isNaN(number)) return value.trim() === '' ? null : makeText(value);
        return { kind: 'number', column, value: number, meaning: meanings[style] ?? 'number' };
      }
    }
  }

  function makeText(text: string): SheetCell | null {
    return text === '' ? null : { kind: 'text', column, text };
  }

  return createXmlReader({
    onOpen(name, attributes) {
      if (name === 'c') {
        column = readColumn(attributes('r')) ?? column + 1;
        type = attributes('t') ?? 'n';
        style = Number(attributes('s') ?? 0);
        value = null;
        hasFormula = false;
      } else if (name === 'v' || name === 't') {
        gathers = !isPhonetic;
        if (gathers) value ??= '';
      } else if (name === 'f') hasFormula = true;
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 'row') {
        const number = Number(attributes('r'));
        row = Number.isInteger(number) && number > row + 1 ? number - 1 : row + 1;
        if (row >= maxRows) {
          throw new AppError('too-many-rows', `The sheet has more than ${maxRows} rows.`, {
            limit: limits.rows,
          });
        }
        isHidden = isTrue(attributes('hidden'));
        cells = [];
        column = -1;
      } else if (name === 'mergeCell') {
        const area = readArea(attributes('ref'));
        if (area !== null) onMerged(area);
      }
    },
    onText(text) {
      if (gathers) value += text;
    },
    onClose(name) {
      if (name === 'v' || name === 't') gathers = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'c') closeCell();
      else if (name === 'row') {
        const ordered = cells.every((cell, i) => i === 0 || cell.column > (cells[i - 1] as SheetCell).column);
        onRow({
          index: row,
          isHidden,
          cells: ordered ? cells : cells.toSorted((a, b) => a.column - b.column),
        });
      }
    },
  });
}

export function isTrue(attribute: string | undefined): boolean {
  return attribute === '1' || attribute === 'true';
}

/** 0-based, of `B7`. */
function readColumn(reference: string | undefined): number | null {
  const letters = /^\$?([A-Z]{1,3})/.exec(reference ?? '')?.[1];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function readArea(reference: string | undefined): MergedArea | null {
  const [from = '', to = ''] = (reference ?? '').split(':');
  const column = readColumn(from);
  const firstRow = Number(/\d+$/.exec(from)?.[0]) - 1;
  const lastRow = Number(/\d+$/.exec(to)?.[0]) - 1;
  return column === null || !(lastRow >= firstRow) ? null : { firstRow, lastRow, column };
}

/** `_x000D_` stands for a character that XML does not hold. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\dA-F]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(String(hex), 16)));
}
