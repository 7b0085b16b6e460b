import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { ExportMenu } from './export-menu.tsx';
import { useDownload } from './use-download.ts';

/** The open data with a column of predictions, in either dialect of CSV. */
export function ExportPredictions() {
  const { t } = useWords();
  const download = useDownload();
  const canExport = useAppStore(
    (state) => state.dataset !== null && state.model !== null && state.work === null,
  );
  const exportPredictions = useAppStore((state) => state.exportPredictions);
  return (
    <ExportMenu
      label={t('evaluation.export.action')}
      isDisabled={!canExport}
      onExport={(dialect) => download(() => exportPredictions(dialect))}
    />
  );
}
