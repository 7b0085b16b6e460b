import { useCallback, useEffect, useRef, useState } from 'react';
import type { UnreadCell } from '#data/csv/read-pass.ts';
import type { CellRow } from '#data/cell.ts';
import type { CleaningSummary, TableFilter } from '#jobs/dataset/contract.ts';
import { useAppStore } from '#store/use-app-store.ts';

const PAGE_ROWS = 200;

export interface TableQuery {
  readonly sort?: { readonly column: string; readonly descending: boolean };
  readonly filters?: readonly TableFilter[];
  /** `file`: as it was read, with what the cleaning leaves out; else after the cleaning. */
  readonly view?: 'cleaned' | 'file';
  /** Only these rows of the file. */
  readonly rows?: readonly number[];
}

export interface ShownRow {
  /** Row number in the file's table. */
  readonly row: number;
  readonly cells: CellRow;
  /** What the file says in the cells that could not be read, by column. */
  readonly unread: ReadonlyMap<string, string>;
  /** The id of the step that leaves the row out; null where none does. */
  readonly leftOutBy: string | null;
}

export interface TablePages {
  readonly nMatching: number;
  readonly isLoading: boolean;
  /** Undefined until the page it stands on has arrived. */
  readonly rowAt: (position: number) => ShownRow | undefined;
  /** Fetches the pages that the positions from–to stand on. */
  readonly show: (from: number, to: number) => void;
}

interface Loaded {
  /** What the pages are an answer to: the data and the query. */
  readonly key: string;
  readonly cleaning: CleaningSummary | undefined;
  readonly nMatching: number;
  readonly pages: ReadonlyMap<number, readonly ShownRow[]>;
}

const nothing: Loaded = { key: '', cleaning: undefined, nMatching: 0, pages: new Map() };

/** Rows of the open table behind the worker, fetched a page at a time as they come on screen. */
export function useTablePages(datasetId: string, query: TableQuery): TablePages {
  const loadPage = useAppStore((state) => state.loadPage);
  // Another cleaning is another table: the pages are fetched again.
  const cleaning = useAppStore((state) => state.dataset?.cleaning);
  const key = JSON.stringify([datasetId, query]);
  const [loaded, setLoaded] = useState<Loaded>(nothing);
  const asked = useRef(new Set<string>());

  const load = useCallback(
    (page: number) => {
      const name = `${key} ${page}`;
      if (asked.current.has(name)) return;
      asked.current.add(name);
      const [, asQuery] = JSON.parse(key) as [string, TableQuery];
      loadPage({ ...asQuery, from: page * PAGE_ROWS, count: PAGE_ROWS }).then(
        ({ rows, rowIndices, leftOutBy, unread, nMatching }) => {
          const made = rows.map((cells, i) => toRow(rowIndices[i] ?? 0, cells, unread, leftOutBy[i] ?? null));
          setLoaded((before) => {
            const isSame = before.key === key && before.cleaning === cleaning;
            const pages = new Map([...(isSame ? before.pages : []), [page, made]]);
            return { key, cleaning, nMatching, pages };
          });
        },
        () => asked.current.delete(name),
      );
    },
    [key, loadPage, cleaning],
  );
  useEffect(() => {
    asked.current.clear();
    load(0);
  }, [load]);

  const show = useCallback(
    (from: number, to: number) => {
      for (let page = Math.floor(from / PAGE_ROWS); page * PAGE_ROWS < to; page++) load(page);
    },
    [load],
  );
  return {
    nMatching: loaded.nMatching,
    isLoading: loaded.key !== key,
    rowAt: (position) => loaded.pages.get(Math.floor(position / PAGE_ROWS))?.[position % PAGE_ROWS],
    show,
  };
}

function toRow(
  row: number,
  cells: CellRow,
  unread: readonly UnreadCell[],
  leftOutBy: string | null,
): ShownRow {
  const own = unread.filter((cell) => cell.row === row);
  return { row, cells, unread: new Map(own.map(({ column, raw }) => [column, raw])), leftOutBy };
}
