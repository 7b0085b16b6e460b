import { useEffect, useState } from 'react';
import { toPastedFile } from '#screens/pasted-file.ts';
import { useAppStore } from '#store/use-app-store.ts';

/**
 * The whole window takes files that are dropped, and cells of a spreadsheet that are pasted outside of a field. True
 * while files are held over it.
 */
export function useIntake(): boolean {
  const receiveFiles = useAppStore((state) => state.receiveFiles);
  const isBusy = useAppStore((state) => state.work !== null);
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      // Else the browser leaves the page for the file.
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      setIsOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      if (!isBusy) void receiveFiles(files);
    };
    const paste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      if (isBusy || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      const pasted = toPastedFile(clipboardData?.getData('text/plain') ?? '');
      // A picture of the cells comes with them: the cells count.
      const files = pasted ? [pasted] : [...(clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void receiveFiles(files);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, [receiveFiles, isBusy]);
  return isOver;
}
