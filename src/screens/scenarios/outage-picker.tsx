import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useWords } from '#language/use-words.ts';
import type { DatasetState } from '#store/state.ts';
import { DataGrid } from '../data-grid.tsx';
import { useTablePages, type TableQuery } from '../use-table-pages.ts';

/** The open data, sorted and filtered by a column; a click on a row picks it. What it took stands first. */
export function OutagePicker({
  dataset,
  onPick,
}: {
  readonly dataset: DatasetState;
  readonly onPick: (row: number) => void;
}) {
  const { t, format, count } = useWords();
  const { columns } = dataset.summary;
  const firstLabels = columns.find(({ type }) => type === 'category') ?? columns[0];
  const [column, setColumn] = useState(firstLabels?.name ?? '');
  const [text, setText] = useState('');
  const [determinedText] = useDebouncedValue(text, 150);
  const [sort, setSort] = useState<TableQuery['sort']>();
  const query = useMemo<TableQuery>(
    () => ({
      ...(sort && { sort }),
      ...(determinedText.trim() !== '' && { filters: [{ column, text: determinedText.trim() }] }),
    }),
    [determinedText, column, sort],
  );
  const first = useMemo(() => firstColumns(dataset), [dataset]);
  const pages = useTablePages(dataset.id, query);
  return (
    <>
      <Group gap="xs" mb="sm" align="flex-end">
        <NativeSelect
          size="xs"
          label={t('scenarios.pick.search')}
          value={column}
          onChange={(event) => setColumn(event.currentTarget.value)}
          data={columns.map(({ name }) => name)}
        />
        <TextInput
          size="xs"
          flex={1}
          aria-label={t('data.table.search')}
          placeholder={t('data.table.searchHint')}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed" role="status">
          {count('data.table.matching', pages.nMatching)}
        </Text>
      </Group>
      <DataGrid
        label={t('scenarios.pick.title')}
        profiles={columns}
        first={first}
        {...(sort && { sort })}
        onSort={(name) => setSort({ column: name, descending: sort?.column === name && !sort.descending })}
        pages={pages}
        height={400}
        rowAction={{ label: (row) => t('scenarios.pick.choose', { row: format.plain(row) }), onPick }}
      />
    </>
  );
}

/** The unit, when it was, and how long that took. */
function firstColumns({ roles }: DatasetState): readonly string[] {
  const wanted = ['group', 'start', 'end', 'target'] as const;
  return wanted.flatMap((role) => roles.filter((each) => each.role === role).map(({ column }) => column));
}
