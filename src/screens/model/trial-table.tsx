import { Badge, Button, Group, Table, UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { TuneResult } from '#jobs/tuning/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { tellSettings } from '#report/tuning-sentences.ts';
import { withUnit } from '#report/with-unit.ts';
import type { LoggedStudy } from '#tuning/logged-trials.ts';
import { downloadText } from '#ui/download-file.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { chartToCsv } from '../chart-csv.ts';
import { findDiffering, sortTrials, tabulateTrials, type TrialSort } from './tuning.view.ts';

export interface TrialTableProps {
  readonly study: LoggedStudy;
  readonly result: TuneResult | null;
  readonly unit: DurationUnitName;
}

const N_SHOWN = 12;

/** Every trial: its errors, how far the race let it come, its settings. */
export function TrialTable({ study, result, unit }: TrialTableProps) {
  const words = useWords();
  const { t, format, count, language } = words;
  const [sort, setSort] = useState<TrialSort>('mae');
  const [isDescending, setIsDescending] = useState(false);
  const [isWhole, setIsWhole] = useState(false);
  const { nFolds } = study;
  const pickDiffering = useMemo(() => findDiffering(study.trials), [study.trials]);
  const sorted = sortTrials(study.trials, sort, isDescending);
  const shown = isWhole ? sorted : sorted.slice(0, N_SHOWN);
  const heads: readonly { readonly id: TrialSort; readonly name: string }[] = [
    { id: 'number', name: t('tuning.history.number') },
    { id: 'mae', name: withUnit(t('tuning.mae'), unit, words) },
    { id: 'second', name: t('tuning.table.second') },
  ];
  return (
    <Panel
      heading={t('tuning.table.title')}
      aside={
        <Button
          size="xs"
          variant="default"
          className="no-print"
          leftSection={<Icon name="download" size={14} />}
          onClick={() =>
            downloadText(
              'tranche-essais.csv',
              chartToCsv(tabulateTrials(study, sorted, unit, words), language),
              'text/csv',
            )
          }
        >
          {t('tuning.table.csv')}
        </Button>
      }
    >
      <WideTable miw={640} fz="sm" verticalSpacing={3} aria-label={t('tuning.table.title')}>
        <Table.Thead>
          <Table.Tr>
            {heads.map(({ id, name }) => {
              const direction = sort === id ? (isDescending ? 'descending' : 'ascending') : 'none';
              return (
                <Table.Th key={id} aria-sort={direction} ta="right">
                  <UnstyledButton
                    fz="inherit"
                    fw={650}
                    title={t('forecasts.sortBy', { column: name })}
                    onClick={() => {
                      setIsDescending(sort === id && !isDescending);
                      setSort(id);
                    }}
                  >
                    {name}{' '}
                    {direction !== 'none' && (
                      <Icon name={direction === 'ascending' ? 'up' : 'down'} size={12} />
                    )}
                  </UnstyledButton>
                </Table.Th>
              );
            })}
            <Table.Th>{t('tuning.table.folds')}</Table.Th>
            <Table.Th>{t('tuning.table.settings')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ number, mae, secondMae, foldMae, configuration }) => (
            <Table.Tr key={number}>
              <Table.Td ta="right">{number + 1}</Table.Td>
              <Table.Td ta="right">{format.fixed(mae, 3)}</Table.Td>
              <Table.Td ta="right">{secondMae === null ? '' : format.fixed(secondMae, 3)}</Table.Td>
              <Table.Td>{`${foldMae.length}/${nFolds}`}</Table.Td>
              <Table.Td>
                <Group gap={6} wrap="nowrap" align="flex-start">
                  {number === result?.default.number && (
                    <Badge size="xs" variant="default" style={{ flex: 'none' }}>
                      {t('tuning.table.default')}
                    </Badge>
                  )}
                  {number === result?.best.number && (
                    <Badge size="xs" variant="light" style={{ flex: 'none' }}>
                      {t('tuning.table.best')}
                    </Badge>
                  )}
                  <span>{tellSettings(pickDiffering(configuration), words)}</span>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
      {sorted.length > N_SHOWN && !isWhole && (
        <Button
          size="compact-sm"
          variant="subtle"
          mt="xs"
          className="no-print"
          onClick={() => setIsWhole(true)}
        >
          {t('tuning.table.all', { n: count('report.tuning.trials', sorted.length) })}
        </Button>
      )}
    </Panel>
  );
}
