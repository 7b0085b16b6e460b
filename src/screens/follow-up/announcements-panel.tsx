import { Table, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { Monitoring } from '#monitoring/monitor.ts';
import { tellJoin } from '#report/join-sentences.ts';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { listAnnouncements } from './follow-up.view.ts';

/** More lines than that are not read; the file has all. */
const MAX_SHOWN = 60;

/** What was said of each outage, what became of it, and how the two were joined. */
export function AnnouncementsPanel({ monitoring }: { readonly monitoring: Monitoring }) {
  const words = useWords();
  const { t, format } = words;
  const { unit } = monitoring.model.target;
  const rows = listAnnouncements(monitoring.outages, unit);
  const shown = rows.slice(0, MAX_SHOWN);
  const duration = (value: number | null) => (value === null ? '–' : format.duration(value, unit));
  return (
    <Panel heading={t('followUp.table.heading')}>
      <WideTable miw={760} withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('followUp.table.outage')}</Table.Th>
            <Table.Th>{t('followUp.table.start')}</Table.Th>
            <Table.Th ta="right">{t('followUp.table.p50')}</Table.Th>
            <Table.Th ta="right">{t('followUp.table.p80')}</Table.Th>
            <Table.Th ta="right">{t('followUp.table.actual')}</Table.Th>
            <Table.Th>{t('followUp.table.state')}</Table.Th>
            <Table.Th>{t('followUp.table.join')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>{row.outage}</Table.Td>
              <Table.Td>{row.start === null ? '–' : format.date(row.start)}</Table.Td>
              <Table.Td ta="right">{duration(row.p50)}</Table.Td>
              <Table.Td ta="right">{duration(row.p80)}</Table.Td>
              <Table.Td ta="right">{duration(row.actual)}</Table.Td>
              <Table.Td>{t(`followUp.table.${row.state}`)}</Table.Td>
              <Table.Td>{row.join ? tellJoin(row.join, words) : '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
      {rows.length > shown.length && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('followUp.table.shown', { shown: format.number(shown.length), all: format.number(rows.length) })}
        </Text>
      )}
    </Panel>
  );
}
