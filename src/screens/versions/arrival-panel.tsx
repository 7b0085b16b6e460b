import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { FileMerge } from '#jobs/dataset/contract.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { PickFileButton } from '#ui/pick-file-button.tsx';
import { WideTable } from '#ui/wide-table.tsx';

/** Outages that ended since: looked at, added, undone, learnt from, and judged. */
export function ArrivalPanel() {
  const { t, count } = useWords();
  const isBusy = useAppStore((state) => state.work !== null);
  const arrival = useAppStore((state) => state.arrival);
  const beforeArrival = useAppStore((state) => state.beforeArrival);
  const previewArrival = useAppStore((state) => state.previewArrival);
  const acceptArrival = useAppStore((state) => state.acceptArrival);
  const dismissArrival = useAppStore((state) => state.dismissArrival);
  const undoArrival = useAppStore((state) => state.undoArrival);
  const retrain = useAppStore((state) => state.retrain);
  const merge = arrival?.merge;
  const hasNews = merge !== undefined && merge.nNew + merge.nChanged > 0;
  return (
    <Panel heading={t('versions.arrival.heading')} description={t('versions.arrival.text')}>
      <Stack gap="sm">
        <Group gap="xs">
          <PickFileButton
            label={t('versions.arrival.add')}
            icon="upload"
            variant="default"
            isDisabled={isBusy}
            onPick={(file) => void previewArrival(file)}
          />
          <Button size="xs" variant="default" disabled={isBusy} onClick={() => void retrain()}>
            {t('versions.arrival.retrain')}
          </Button>
          {beforeArrival && (
            <Button
              size="xs"
              variant="subtle"
              disabled={isBusy}
              leftSection={<Icon name="undo" size={14} />}
              onClick={() => void undoArrival()}
            >
              {t('versions.arrival.undo')}
            </Button>
          )}
        </Group>
        {arrival && merge && (
          <>
            <Text size="sm" fw={600}>
              {t('versions.arrival.counts', {
                file: arrival.name,
                new: count('versions.arrival.new', merge.nNew),
                changed: count('versions.arrival.changed', merge.nChanged),
                conflicts: count('versions.arrival.conflicts', merge.nConflicts),
                same: count('versions.arrival.same', merge.nSame),
              })}
            </Text>
            <Text size="sm">{t(hasNews ? 'versions.arrival.rule' : 'versions.arrival.nothing')}</Text>
            {merge.examples.length > 0 && <ExampleTable examples={merge.examples} />}
            <Group gap="xs">
              <Button size="xs" disabled={isBusy || !hasNews} onClick={() => void acceptArrival()}>
                {t('versions.arrival.accept')}
              </Button>
              <Button size="xs" variant="default" disabled={isBusy} onClick={dismissArrival}>
                {t('versions.arrival.dismiss')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Panel>
  );
}

function ExampleTable({ examples }: Pick<FileMerge, 'examples'>) {
  const { t, format } = useWords();
  const lines = examples.flatMap(({ kind, row, cells }) => cells.map((cell) => ({ kind, row, ...cell })));
  return (
    <WideTable miw={520} fz="sm" verticalSpacing={4} aria-label={t('versions.arrival.heading')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th ta="right">{t('versions.arrival.line')}</Table.Th>
          <Table.Th>{t('versions.arrival.kind')}</Table.Th>
          <Table.Th>{t('versions.arrival.column')}</Table.Th>
          <Table.Th>{t('versions.arrival.own')}</Table.Th>
          <Table.Th>{t('versions.arrival.added')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(({ kind, row, column, own, added }) => (
          <Table.Tr key={`${row} ${column}`}>
            <Table.Td ta="right">{format.plain(row + 1)}</Table.Td>
            <Table.Td>
              {t(kind === 'changed' ? 'versions.arrival.changedRow' : 'versions.arrival.conflictRow')}
            </Table.Td>
            <Table.Td>{column}</Table.Td>
            <Table.Td>{own}</Table.Td>
            <Table.Td>{added}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
