import { useEffect, useState } from 'react';
import type { Column } from '#data/table.ts';
import { useAppStore } from '#store/use-app-store.ts';

/** The cells of a column in some rows of the open file; null while they are fetched, and for no column. */
export function useColumn(name: string | null, rows: readonly number[]): Column | null {
  const loadColumn = useAppStore((state) => state.loadColumn);
  const [found, setFound] = useState<{ readonly name: string; readonly column: Column } | null>(null);
  useEffect(() => {
    if (name === null) return undefined;
    let isAsked = true;
    loadColumn(name, rows)
      .then((column) => {
        if (isAsked) setFound({ name, column });
      })
      .catch(() => {
        // The file was closed meanwhile: nothing to show.
      });
    return () => {
      isAsked = false;
    };
  }, [name, rows, loadColumn]);
  return found?.name === name ? found.column : null;
}
