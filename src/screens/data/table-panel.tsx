import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import { useWords } from '#language/use-words.ts';
import type { OpenDataset } from '#store/state.ts';
import { Panel } from '#ui/panel.tsx';
import { DataGrid } from '../data-grid.tsx';
import { useTablePages, type TableQuery } from '../use-table-pages.ts';

/** All rows, sorted and filtered behind the worker. */
export function TablePanel({ dataset }: { readonly dataset: OpenDataset }) {
  const { t, format } = useWords();
  const { columns } = dataset.summary;
  const [column, setColumn] = useState(columns[0]?.name ?? '');
  const [text, setText] = useState('');
  const [settledText] = useDebouncedValue(text, 150);
  const [sort, setSort] = useState<TableQuery['sort']>(undefined);
  const query = useMemo<TableQuery>(
    () => ({
      ...(sort ? { sort } : {}),
      ...(settledText.trim() === '' ? {} : { filters: [{ column, text: settledText.trim() }] }),
    }),
    [sort, settledText, column],
  );
  const pages = useTablePages(dataset.id, query);
  /** A column is sorted up, then down, then left in the file's order. */
  const changeSort = useCallback((name: string) => {
    setSort((before) => {
      if (before?.column !== name) return { column: name, descending: false };
      return before.descending ? undefined : { column: name, descending: true };
    });
  }, []);
  return (
    <Panel
      heading={t('data.tab.table')}
      aside={
        <Group gap="xs">
          <Text size="sm" c="dimmed" role="status">
            {t('data.table.matching', { count: pages.nMatching, n: format.number(pages.nMatching) })}
          </Text>
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
      <DataGrid
        label={t('data.table.label')}
        profiles={columns}
        pages={pages}
        height={470}
        sort={sort}
        onSort={changeSort}
      />
    </Panel>
  );
}
