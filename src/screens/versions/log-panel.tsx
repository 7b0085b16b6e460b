import { Code, Table } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { describeLogEntry } from '#report/version-sentences.ts';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import type { CheckedLog } from '#versions/contract.ts';

/** What happened, the latest first: who, when, what, why. */
export function LogPanel({ log }: { readonly log: CheckedLog }) {
  const words = useWords();
  const { t, format } = words;
  return (
    <Panel heading={t('versions.log.heading')} description={t('versions.log.description')}>
      <WideTable miw={700} fz="sm" verticalSpacing={4} aria-label={t('versions.log.heading')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">{t('versions.column.number')}</Table.Th>
            <Table.Th>{t('versions.log.when')}</Table.Th>
            <Table.Th>{t('versions.log.who')}</Table.Th>
            <Table.Th>{t('versions.log.what')}</Table.Th>
            <Table.Th>{t('versions.log.why')}</Table.Th>
            <Table.Th>{t('versions.log.hash')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {log.entries.toReversed().map((entry) => (
            <Table.Tr key={entry.hash}>
              <Table.Td ta="right">{entry.n}</Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{format.date(entry.at, true)}</Table.Td>
              <Table.Td>{entry.by}</Table.Td>
              <Table.Td>{describeLogEntry(entry, log.state.versions, words)}</Table.Td>
              <Table.Td>{entry.reason}</Table.Td>
              <Table.Td>
                <Code title={entry.hash}>{entry.hash.slice(0, 8)}</Code>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </Panel>
  );
}
