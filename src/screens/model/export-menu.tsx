import { Button, List, Menu } from '@mantine/core';
import { exportFormats } from '#interop/contract.ts';
import { useWords } from '#language/use-words.ts';
import { tellLimits, wordExport } from '#report/exchange-sentences.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { useDownload } from '../use-download.ts';

/** The model for other tools; what the export does not carry is said with it. */
export function ModelExportMenu() {
  const words = useWords();
  const { t } = words;
  const download = useDownload();
  const summary = useAppStore((state) => state.model?.summary);
  const isBusy = useAppStore((state) => state.work !== null);
  const exportModelTo = useAppStore((state) => state.exportModelTo);
  if (!summary) return null;
  const make = async (format: (typeof exportFormats)[number]) => {
    const request = { format, words: wordExport(summary, words), isPacked: true };
    const { name, bytes, limits } = await exportModelTo(request);
    const told = tellLimits(limits, words).map((limit) => <List.Item key={limit}>{limit}</List.Item>);
    const message = (
      <>
        {words.pair(t('exchange.notCarried'), '')}
        <List size="sm">{told}</List>
      </>
    );
    const title = t(format === 'excel' ? 'exchange.doneAlone' : 'exchange.done');
    return { name, bytes: new Uint8Array(bytes), remark: { title, message } };
  };
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          disabled={isBusy}
          rightSection={<Icon name="chevron" size={14} />}
        >
          {t('exchange.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {exportFormats.map((format) => (
          <Menu.Item key={format} onClick={() => download(() => make(format))}>
            {t(`exchange.format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
