import { Button, Menu } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
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
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          disabled={!canExport}
          leftSection={<Icon name="download" size={14} />}
          rightSection={<Icon name="chevron" size={14} />}
        >
          {t('evaluation.export.action')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['excel-french', 'international'] as const).map((dialect) => (
          <Menu.Item key={dialect} onClick={() => download(() => exportPredictions(dialect))}>
            {t(`evaluation.export.${dialect}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
