import { Box, Group, NativeSelect, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import { isProposedReason } from '#jobs/dataset/propose-recipe.ts';
import { useWords } from '#language/use-words.ts';
import type { DatasetState } from '#store/state.ts';
import { Panel } from '#ui/panel.tsx';
import { ColumnSummary } from '../column-summary.tsx';
import { DataGrid } from '../data-grid.tsx';
import { useTablePages, type TableQuery, type ShownRow } from '../use-table-pages.ts';
import { ExcludeDialog } from '../exclude-dialog.tsx';
import { RowTool } from './row-tool.tsx';

/** All rows, sorted and filtered behind the worker; each can be left out with a reason, and taken back. */
export function TablePanel({ dataset }: { readonly dataset: DatasetState }) {
  const { t, count } = useWords();
  const [view, setView] = useState<'file' | 'cleaned'>('file');
  const columns = view === 'file' ? dataset.summary.columns : dataset.cleaning.columns;
  const [column, setColumn] = useState(columns[0]?.name ?? '');
  const [text, setText] = useState('');
  const [determinedText] = useDebouncedValue(text, 150);
  const [sort, setSort] = useState<TableQuery['sort']>(undefined);
  const [excluding, setExcluding] = useState<number | null>(null);
  const query = useMemo<TableQuery>(
    () => ({
      view,
      ...(sort ? { sort } : {}),
      ...(determinedText.trim() === '' ? {} : { filters: [{ column, text: determinedText.trim() }] }),
    }),
    [view, sort, determinedText, column],
  );
  const pages = useTablePages(dataset.id, query);
  // Of the column that is sorted, else of the one that the filter looks at.
  const profile = columns.find(({ name }) => name === (sort?.column ?? column));
  /** A column is sorted up, then down, then left in the file's order. */
  const changeSort = useCallback((name: string) => {
    setSort((before) => {
      if (before?.column !== name) return { column: name, descending: false };
      return before.descending ? undefined : { column: name, descending: true };
    });
  }, []);
  const { steps } = dataset.recipe.present;
  const isAnyLeftOut = dataset.cleaning.report.some(({ nRowsRemoved }) => nRowsRemoved > 0);
  const rowTool = useCallback(
    (row: ShownRow) => <RowTool row={row} steps={steps} onExclude={setExcluding} />,
    [steps],
  );
  const leftOutReason = useCallback(
    (stepId: string) => {
      const reason = steps.find(({ id }) => id === stepId)?.reason ?? '';
      return isProposedReason(reason) ? t(`quality.proposedReason.${reason}`) : reason;
    },
    [steps, t],
  );
  return (
    <Panel
      heading={t('data.tab.table')}
      aside={
        <Group gap="xs">
          <Text size="sm" c="dimmed" role="status">
            {count('data.table.matching', pages.nMatching)}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t('data.table.view')}
            value={view}
            onChange={(next) => setView(next)}
            data={[
              { value: 'file', label: t('data.table.asRead') },
              { value: 'cleaned', label: t('data.table.cleaned') },
            ]}
          />
          <NativeSelect
            size="xs"
            aria-label={t('data.table.searchColumn')}
            value={column}
            onChange={(event) => setColumn(event.currentTarget.value)}
            data={columns.map(({ name }) => name)}
          />
          <TextInput
            size="xs"
            aria-label={t('data.table.search')}
            placeholder={t('data.table.searchHint')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </Group>
      }
    >
      <Group align="flex-start" gap="md" wrap="nowrap">
        <Box flex={1} miw={0}>
          <DataGrid
            label={t('data.table.label')}
            profiles={columns}
            pages={pages}
            height={470}
            sort={sort}
            onSort={changeSort}
            rowTool={rowTool}
            {...(view === 'file' && isAnyLeftOut && { leftOutReason })}
          />
        </Box>
        {profile && (
          <Box w={250} flex="none" visibleFrom="lg" role="group" aria-label={t('data.table.statistics')}>
            <ColumnSummary profile={profile} />
          </Box>
        )}
      </Group>
      <ExcludeDialog row={excluding} onClose={() => setExcluding(null)} />
    </Panel>
  );
}
