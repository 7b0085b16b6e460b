import type { FileRow } from '../row-index.ts';
import { detach } from './cell-block.ts';
import type { CellRemark } from './column-builder.ts';

/** Cells of one column that say something their value does not hold: `en cours`, `> 9`, `5 jours?`. */
export interface CellNote {
  readonly column: string;
  readonly kind: CellRemark;
  readonly count: number;
  /** The first different texts, at most `maxExamples`. */
  readonly examples: readonly string[];
  /** The first rows, at most `maxRows`, ascending. */
  readonly rows: readonly FileRow[];
}

const maxExamples = 5;
const maxRows = 1_000;
const longestExample = 60;

interface Gathered {
  readonly column: string;
  readonly kind: CellRemark;
  readonly examples: Set<string>;
  readonly rows: FileRow[];
  count: number;
}

/** Gathers notes as cells are read; `list` leaves out those of the lines of totals, which stand behind the last row kept. */
export function createCellNotes() {
  const notes = new Map<string, Gathered>();
  return {
    add(kind: CellRemark, row: FileRow, column: string, raw: string) {
      const key = `${kind} ${column}`;
      let note = notes.get(key);
      if (note === undefined) {
        note = { column, kind, examples: new Set(), rows: [], count: 0 };
        notes.set(key, note);
      }
      note.count++;
      if (note.rows.length < maxRows) note.rows.push(row);
      if (note.examples.size < maxExamples) note.examples.add(detach(raw.trim().slice(0, longestExample)));
    },
    list(nRows: number): CellNote[] {
      return [...notes.values()].flatMap(({ column, kind, examples, rows, count }) => {
        const kept = rows.filter((row) => row < nRows);
        const nKept = count - (rows.length - kept.length);
        return nKept === 0 ? [] : [{ column, kind, count: nKept, examples: [...examples], rows: kept }];
      });
    },
  };
}
