import { Table, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { ColumnDrift } from '#monitoring/feature-drift.ts';
import { tellDrift, tellVisible, writeEffect } from '#report/drift-sentences.ts';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';

const looks = {
  drift: { c: 'var(--app-warning-text)', fw: 600 },
  quiet: {},
  calendar: { c: 'dimmed' },
  'too-few': { c: 'dimmed' },
} as const;

/** Each column with what moved of it, what matters first; and what so many outages cannot show. */
export function DriftPanel({ drift }: { readonly drift: readonly ColumnDrift[] }) {
  const words = useWords();
  const { t, format } = words;
  return (
    <Panel heading={t('followUp.drift.heading')} description={t('followUp.drift.lead')}>
      <WideTable miw={720} withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('followUp.drift.column')}</Table.Th>
            <Table.Th>{t('followUp.drift.status')}</Table.Th>
            <Table.Th ta="right">{t('followUp.drift.effect')}</Table.Th>
            <Table.Th ta="right">{t('followUp.drift.visible')}</Table.Th>
            <Table.Th ta="right">{t('followUp.drift.importance')}</Table.Th>
            <Table.Th ta="right">{t('followUp.drift.n')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {drift.map((each) => {
            const { column, status, distance, measure, isInput, importance, nCurrent } = each;
            const write = (value: number) => writeEffect(value, measure, format);
            const told = tellDrift(each, words) ?? (distance === null ? tellVisible(each, words) : null);
            return (
              <Table.Tr key={column}>
                <Table.Td>
                  {column}
                  {told !== null && (
                    <Text size="xs" c="dimmed">
                      {told}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Text size="sm" {...looks[status]}>
                    {t(`followUp.drift.${status}`)}
                  </Text>
                </Table.Td>
                <Table.Td ta="right">
                  {distance &&
                    t('followUp.drift.range', {
                      value: write(distance.value),
                      low: write(distance.low),
                      high: write(distance.high),
                    })}
                </Table.Td>
                <Table.Td ta="right">{distance && write(distance.visible)}</Table.Td>
                <Table.Td ta="right">
                  {isInput ? format.short(importance) : t('followUp.drift.notUsed')}
                </Table.Td>
                <Table.Td ta="right">{format.number(nCurrent)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </WideTable>
    </Panel>
  );
}
