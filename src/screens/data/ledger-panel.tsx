import { Button, Group, Table, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { DatasetState } from '#store/state.ts';
import { Icon } from '#ui/icon.tsx';
import { KeyFigure } from '#ui/key-figure.tsx';
import { Panel } from '#ui/panel.tsx';
import { describeMended, tellUnread } from '#report/reading-sentences.ts';
import { useDownload } from '../use-download.ts';
import { SideLines } from './side-lines.tsx';
import { UnevenChoice } from './uneven-choice.tsx';

const SHOWN = 20;

/** Every record of the file accounted for; the rejected ones listed and to be had as a file. */
export function LedgerPanel({ dataset }: { readonly dataset: DatasetState }) {
  const words = useWords();
  const { t, format, count } = words;
  const download = useDownload();
  const exportRejects = useAppStore((state) => state.exportRejects);
  const { ledger } = dataset.summary;
  const unread = tellUnread(dataset.summary, 5, words);
  const mended = describeMended(ledger, words);
  const counts = [
    { label: t('data.ledger.kept'), value: ledger.kept, ...(mended !== null && { note: mended }) },
    { label: t('data.ledger.rejected'), value: ledger.rejected },
    { label: t('data.ledger.empty'), value: ledger.empty },
    { label: t('data.ledger.other'), value: ledger.records - ledger.kept - ledger.rejected - ledger.empty },
  ];
  return (
    <Panel
      heading={t('data.ledger.heading')}
      aside={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="download" size={14} />}
          disabled={ledger.rejected === 0}
          onClick={() => download(exportRejects)}
        >
          {t('data.ledger.downloadRejects')}
        </Button>
      }
    >
      <Group gap="xl" align="flex-start">
        <Text fw={600} mt={19}>
          {count('data.ledger.records', ledger.records)} =
        </Text>
        {counts.map(({ value, ...figure }) => (
          <KeyFigure key={figure.label} {...figure} value={format.number(value)} />
        ))}
      </Group>
      {unread !== null && (
        <Text size="sm" mt="sm" c="var(--app-warning-text)">
          {unread}
        </Text>
      )}
      <UnevenChoice dataset={dataset} />
      <SideLines dataset={dataset} />
      {ledger.rejected > 0 && <Rejects dataset={dataset} />}
    </Panel>
  );
}

function Rejects({ dataset }: { readonly dataset: DatasetState }) {
  const { t, format } = useWords();
  const { rejects, rejected } = dataset.summary.ledger;
  const shown = rejects.slice(0, SHOWN);
  return (
    <>
      <Text size="sm" c="dimmed" mt="sm" mb={4}>
        {t('data.ledger.rejectsText')}
        {rejected > shown.length &&
          ` (${t('data.ledger.first', { n: format.number(shown.length), total: format.number(rejected) })})`}
      </Text>
      <Table aria-label={t('data.ledger.rejects')} fz="xs" layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={80} ta="right">
              {t('data.ledger.line')}
            </Table.Th>
            <Table.Th w={200}>{t('data.ledger.reason')}</Table.Th>
            <Table.Th>{t('data.ledger.raw')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ line, reason, raw }) => (
            <Table.Tr key={line}>
              <Table.Td ta="right">{format.plain(line)}</Table.Td>
              <Table.Td>{t(`data.rejectReason.${reason}`)}</Table.Td>
              <Table.Td
                ff="monospace"
                style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
              >
                {raw}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
