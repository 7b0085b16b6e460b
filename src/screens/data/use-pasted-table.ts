import { useEffect } from 'react';
import { useAppStore } from '#store/use-app-store.ts';

/** Name of the file that pasted cells are read as. */
const PASTED_NAME = 'presse-papiers.tsv';

/** Cells copied from a spreadsheet, as a file like any other; null for a text that is no table. */
export function toPastedFile(text: string): File | null {
  const isTable = /[\t;,]/u.test(text) && text.trim().includes('\n');
  return isTable ? new File([text], PASTED_NAME, { type: 'text/tab-separated-values' }) : null;
}

/** Ctrl+V anywhere on the screen, but in a field, opens what was copied from a spreadsheet. */
export function usePastedTable(): void {
  const openFile = useAppStore((state) => state.openFile);
  useEffect(() => {
    const read = (event: ClipboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      const file = toPastedFile(event.clipboardData?.getData('text/plain') ?? '');
      if (!file) return;
      event.preventDefault();
      void openFile(file);
    };
    document.addEventListener('paste', read);
    return () => document.removeEventListener('paste', read);
  }, [openFile]);
}
