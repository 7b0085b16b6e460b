import { Badge, Group, Table, Text } from '@mantine/core';
import type { CoverageReport } from '#evaluation/intervals/coverage.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { tellAnswered } from '#report/coverage-sentences.ts';
import { viewCoverage } from './coverage.view.ts';

const MAX_CLASSES = 14;
const oneLine = { whiteSpace: 'nowrap' } as const;

export interface CoverageTableProps {
  readonly report: CoverageReport;
  readonly unit: DurationUnitName;
}

/** Whether the intervals keep their promise, overall and in each class. */
export function CoverageTable({ report, unit }: CoverageTableProps) {
  const words = useWords();
  const { t, format } = words;
  const rows = viewCoverage(report, unit, words).slice(0, MAX_CLASSES + 1);
  const answered = tellAnswered(report, words);
  return (
    <Panel heading={t('evaluation.coverage.byClass')} description={t('evaluation.coverage.lead')}>
      <WideTable miw={560} fz="sm" verticalSpacing={4} aria-label={t('evaluation.coverage.byClass')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('charts.class')}</Table.Th>
            <Table.Th ta="right">n</Table.Th>
            <Table.Th>{t('evaluation.coverage.p80')}</Table.Th>
            <Table.Th>{t('evaluation.coverage.p10p90')}</Table.Th>
            <Table.Th ta="right">{t('evaluation.coverage.width')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={`${index}${row.label}`} fw={index === 0 ? 650 : 400}>
              <Table.Td>
                <Group gap={6}>
                  {row.label}
                  {!row.isWithin && (
                    <Badge size="sm" tt="none" color="amber" variant="light">
                      {t('evaluation.coverage.outside')}
                    </Badge>
                  )}
                </Group>
              </Table.Td>
              <Table.Td ta="right">{format.number(row.n)}</Table.Td>
              <Table.Td style={oneLine}>{row.p80}</Table.Td>
              <Table.Td style={oneLine}>{row.p10p90}</Table.Td>
              <Table.Td ta="right" style={oneLine}>
                {row.width}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
      {answered !== null && (
        <Text size="sm" mt="xs" data-testid="answered">
          {answered}
        </Text>
      )}
    </Panel>
  );
}
