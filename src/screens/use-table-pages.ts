import { useCallback, useEffect, useRef, useState } from 'react';
import type { UnreadCell } from '#data/csv/read-pass.ts';
import type { CellRow } from '#jobs/cell.ts';
import type { TableFilter } from '#jobs/dataset.ts';
import { useAppStore } from '#store/use-app-store.ts';

const PAGE_ROWS = 200;

export interface TableQuery {
  readonly sort?: { readonly column: string; readonly descending: boolean };
  readonly filters?: readonly TableFilter[];
}

export interface TableRow {
  /** Row number in the file's table. */
  readonly row: number;
  readonly cells: CellRow;
  /** What the file says in the cells that could not be read, by column. */
  readonly unread: ReadonlyMap<string, string>;
}

export interface TablePages {
  readonly nMatching: number;
  readonly isLoading: boolean;
  /** Undefined until the page it stands on has arrived. */
  readonly rowAt: (position: number) => TableRow | undefined;
  /** Fetches the pages that the positions from–to stand on. */
  readonly show: (from: number, to: number) => void;
}

/** Rows of the open table behind the worker, fetched a page at a time as they come on screen. */
export function useTablePages(datasetId: string, query: TableQuery): TablePages {
  const loadPage = useAppStore((state) => state.loadPage);
  const key = JSON.stringify([datasetId, query]);
  const cache = useRef({ key: '', pages: new Map<number, readonly TableRow[]>(), asked: new Set<number>() });
  const [state, setState] = useState({ key: '', nMatching: 0, version: 0 });
  if (cache.current.key !== key) cache.current = { key, pages: new Map(), asked: new Set() };

  const load = useCallback(
    (page: number) => {
      const { asked, pages } = cache.current;
      if (asked.has(page)) return;
      asked.add(page);
      const request = JSON.parse(key) as [string, TableQuery];
      loadPage({ ...request[1], from: page * PAGE_ROWS, count: PAGE_ROWS }).then(
        (result) => {
          pages.set(
            page,
            result.rows.map((cells, i) => toRow(result.rowIndices[i] ?? 0, cells, result.unread)),
          );
          setState((before) => ({ key, nMatching: result.nMatching, version: before.version + 1 }));
        },
        () => asked.delete(page),
      );
    },
    [key, loadPage],
  );
  useEffect(() => load(0), [load]);

  const show = useCallback(
    (from: number, to: number) => {
      for (let page = Math.floor(from / PAGE_ROWS); page * PAGE_ROWS < to; page++) load(page);
    },
    [load],
  );
  return {
    nMatching: state.nMatching,
    isLoading: state.key !== key,
    rowAt: (position) => cache.current.pages.get(Math.floor(position / PAGE_ROWS))?.[position % PAGE_ROWS],
    show,
  };
}

function toRow(row: number, cells: CellRow, unread: readonly UnreadCell[]): TableRow {
  const own = unread.filter((cell) => cell.row === row);
  return { row, cells, unread: new Map(own.map(({ column, raw }) => [column, raw])) };
}
