import { Button, Checkbox, Group, Table, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Fragment, useMemo, useState } from 'react';
import type { FileForecast } from '#jobs/prediction/contract.ts';
import { useWords } from '#language/use-words.ts';
import { exportForecast, listForecastColumns } from '#report/forecast-rows.ts';
import type { ModelOnShow } from '#store/state.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { ExportMenu } from '../export-menu.tsx';
import { useDownload } from '../use-download.ts';
import { listMatchingRows, firstQuery, sortBy, writeForecastCell } from './forecasts.view.ts';

const ROWS_AT_A_TIME = 100;

export interface ForecastTableProps {
  readonly model: ModelOnShow;
  readonly name: string;
  readonly answer: FileForecast;
}

/** What the model says of each outage: sorted, filtered, and exported as it stands. */
export function ForecastTable({ model, name, answer }: ForecastTableProps) {
  const words = useWords();
  const { t, count } = words;
  const download = useDownload();
  const { unit } = model.summary.target;
  const [query, setQuery] = useState(firstQuery);
  const [nShown, setNShown] = useState(ROWS_AT_A_TIME);
  const columns = useMemo(() => {
    const hasIntervals = answer.rows.some(({ notes }) => !notes.some(({ kind }) => kind === 'no-intervals'));
    return listForecastColumns(answer, unit, hasIntervals, words);
  }, [answer, unit, words]);
  const rows = useMemo(
    () => listMatchingRows(answer.rows, columns, query, words),
    [answer, columns, query, words],
  );
  const nHidden = rows.length - nShown;
  // Reasons are read, not scrolled to: below their row where there is no room beside it.
  const isNarrow = useMediaQuery('(max-width: 80em)') ?? false;
  const besides = columns.filter(({ id }) => !isNarrow || id !== 'notes');
  const below = isNarrow ? columns.find(({ id }) => id === 'notes') : undefined;
  return (
    <Panel
      heading={t('forecasts.heading')}
      description={t('forecasts.p80')}
      aside={
        <ExportMenu
          label={t('forecasts.export')}
          onExport={(dialect) =>
            download(() => Promise.resolve(exportForecast(name, columns, rows, dialect)))
          }
        />
      }
    >
      <Group mb="sm" gap="md" align="flex-end">
        <TextInput
          size="xs"
          w={240}
          label={t('forecasts.filter')}
          placeholder={t('forecasts.filterHint')}
          value={query.text}
          onChange={(event) => setQuery({ ...query, text: event.currentTarget.value })}
        />
        <Checkbox
          size="xs"
          pb={6}
          label={t('forecasts.onlyBlank')}
          checked={query.onlyBlank}
          onChange={(event) => setQuery({ ...query, onlyBlank: event.currentTarget.checked })}
        />
      </Group>
      <WideTable
        miw={isNarrow ? 560 : 900}
        fz="sm"
        verticalSpacing={5}
        highlightOnHover
        aria-label={t('forecasts.heading')}
      >
        <Table.Thead>
          <Table.Tr>
            {besides.map((column) => {
              const direction =
                query.sort.id === column.id ? (query.sort.descending ? 'descending' : 'ascending') : 'none';
              return (
                <Table.Th
                  key={column.id}
                  aria-sort={direction}
                  ta={column.type === 'number' ? 'right' : 'left'}
                >
                  <UnstyledButton
                    fz="inherit"
                    fw={650}
                    title={t('forecasts.sortBy', { column: column.name })}
                    onClick={() => setQuery(sortBy(query, column.id))}
                  >
                    {column.name}{' '}
                    {direction !== 'none' && (
                      <Icon name={direction === 'ascending' ? 'up' : 'down'} size={12} />
                    )}
                  </UnstyledButton>
                </Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, nShown).map((row) => (
            <Fragment key={row.row}>
              <Table.Tr {...(below && { style: { borderBottom: 'none' } })}>
                {besides.map((column) => (
                  <Table.Td
                    key={column.id}
                    ta={column.type === 'number' ? 'right' : 'left'}
                    {...(column.id === 'notes'
                      ? { miw: 260, fz: 'xs', c: 'dimmed' }
                      : { style: { whiteSpace: 'nowrap' as const } })}
                    {...(column.id === 'p80' && { fw: 650 })}
                  >
                    {writeForecastCell(column, row, words)}
                  </Table.Td>
                ))}
              </Table.Tr>
              {below && (
                <Table.Tr>
                  <Table.Td colSpan={besides.length} pt={0} fz="xs" c="dimmed">
                    {writeForecastCell(below, row, words)}
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          ))}
        </Table.Tbody>
      </WideTable>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('forecasts.noMatch')}
        </Text>
      )}
      {nHidden > 0 && (
        <Button size="xs" variant="subtle" mt="sm" onClick={() => setNShown(nShown + ROWS_AT_A_TIME)}>
          {count('forecasts.more', Math.min(nHidden, ROWS_AT_A_TIME))}
        </Button>
      )}
    </Panel>
  );
}
