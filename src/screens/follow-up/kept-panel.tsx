import { Table, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { Monitoring } from '#monitoring/monitor.ts';
import { listErrorSentences, tellFlattery, tellKept } from '#report/monitoring-sentences.ts';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';

const levels = ['p50', 'p80', 'p10p90'] as const;

/** How often levels were kept, with bounds that hold whenever one looks; error and bias. */
export function KeptPanel({ monitoring }: { readonly monitoring: Monitoring }) {
  const words = useWords();
  const { t, format } = words;
  const { coverage } = monitoring;
  return (
    <Panel heading={t('followUp.coverage.heading')}>
      <WideTable miw={420} withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('followUp.coverage.level')}</Table.Th>
            <Table.Th ta="right">{t('followUp.coverage.promised')}</Table.Th>
            <Table.Th ta="right">{t('followUp.coverage.kept')}</Table.Th>
            <Table.Th ta="right">{t('followUp.coverage.judged')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {levels.map((level) => {
            const { share, low, high, n, nominal } = coverage[level];
            return (
              <Table.Tr key={level}>
                <Table.Td>{t(`followUp.coverage.${level}`)}</Table.Td>
                <Table.Td ta="right">{format.percent(nominal)}</Table.Td>
                <Table.Td ta="right">
                  {share === null
                    ? t('followUp.coverage.none')
                    : t('followUp.coverage.range', {
                        share: format.percent(share, 1),
                        low: format.percent(low, 1),
                        high: format.percent(high, 1),
                      })}
                </Table.Td>
                <Table.Td ta="right">{format.number(n)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </WideTable>
      {[
        ...levels.flatMap((level) => tellKept(level, coverage[level], words) ?? []),
        ...tellFlattery(monitoring, words),
      ].map((told) => (
        <Text key={told} size="sm" mt={4}>
          {told}
        </Text>
      ))}
      <Text size="sm" fw={600} mt="sm">
        {t('followUp.errors.heading')}
      </Text>
      {listErrorSentences(monitoring, words).map((told) => (
        <Text key={told} size="sm">
          {told}
        </Text>
      ))}
    </Panel>
  );
}
