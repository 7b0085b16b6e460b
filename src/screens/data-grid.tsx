import { Button, Text, UnstyledButton } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import type { ColumnProfile } from '#data/profile.ts';
import { useWords } from '#language/use-words.ts';
import { Icon } from '#ui/icon.tsx';
import { VirtualTable, type VirtualColumn } from '#ui/virtual-table.tsx';
import { formatCell } from '#report/cell-text.ts';
import type { TablePages, TableQuery, ShownRow } from './use-table-pages.ts';

export interface DataGridProps {
  readonly label: string;
  readonly profiles: readonly ColumnProfile[];
  readonly pages: TablePages;
  readonly height: number;
  /** Columns that stand before the others, in this order. */
  readonly first?: readonly string[];
  /** At most this many rows; all where absent. */
  readonly maxRows?: number;
  readonly sort?: TableQuery['sort'];
  readonly onSort?: (column: string) => void;
  /** Makes the row's number a button, and the row clickable. */
  readonly rowAction?: { readonly label: (row: number) => string; readonly onPick: (row: number) => void };
  /** A tool beside the row's number. */
  readonly rowTool?: (row: ShownRow) => ReactNode;
  /** Why a row is left out, by the id of the step that does it: in a column of its own; such a row is struck. */
  readonly leftOutReason?: (stepId: string) => string;
}

/** The table as it was read, cell by cell; what could not be read is marked and says what the file has there. */
export function DataGrid(props: DataGridProps) {
  const { label, pages, height, maxRows = Infinity, sort, onSort, rowAction } = props;
  const { rowTool, leftOutReason, first } = props;
  /** Places of the columns in the rows, in the order shown. */
  const places = useMemo(() => {
    const named = (first ?? []).map((name) => props.profiles.findIndex((profile) => profile.name === name));
    return [...new Set([...named, ...props.profiles.keys()])].filter((place) => place >= 0);
  }, [props.profiles, first]);
  const profiles = useMemo(
    () => places.flatMap((place) => props.profiles[place] ?? []),
    [places, props.profiles],
  );
  const { t, format } = useWords();
  const columns = useMemo<readonly VirtualColumn[]>(
    () => [
      { id: '#', header: t('data.table.row'), width: rowTool ? 104 : 74, align: 'right' },
      ...(leftOutReason
        ? [{ id: 'why', header: t('data.table.leftOut'), width: 190, align: 'left' } as const]
        : []),
      ...profiles.map((profile, index): VirtualColumn => {
        const direction =
          sort?.column === profile.name ? (sort.descending ? 'descending' : 'ascending') : 'none';
        return {
          id: `${index}`,
          width: Math.min(
            240,
            Math.max(
              profile.type === 'category' ? 140 : 110,
              40 + 7.6 * Math.max(profile.name.length, longestExample(profile)),
            ),
          ),
          align: profile.type === 'number' ? 'right' : 'left',
          sort: direction,
          header: onSort ? (
            <UnstyledButton
              fz="inherit"
              fw="inherit"
              onClick={() => onSort(profile.name)}
              title={t('data.table.sortBy', { column: profile.name })}
              style={{ display: 'flex', gap: 4, alignItems: 'center', overflow: 'hidden' }}
            >
              <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{profile.name}</span>
              {direction !== 'none' && <Icon name={direction === 'ascending' ? 'up' : 'down'} size={13} />}
            </UnstyledButton>
          ) : (
            <span title={profile.name} style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
              {profile.name}
            </span>
          ),
        };
      }),
    ],
    [profiles, sort, onSort, t, rowTool, leftOutReason],
  );

  /** Columns before those of the table. */
  const nLeading = leftOutReason ? 2 : 1;
  const cell = (position: number, column: number) => {
    const row = pages.rowAt(position);
    if (!row) return '';
    if (column === 0) {
      return (
        <>
          {rowTool?.(row)}
          <RowNumber row={row.row} action={rowAction} />
        </>
      );
    }
    const clipped = { overflow: 'hidden', textOverflow: 'ellipsis' } as const;
    if (column < nLeading) {
      const reason = row.leftOutBy === null ? '' : leftOutReason?.(row.leftOutBy);
      return (
        <span title={reason} style={clipped}>
          {reason}
        </span>
      );
    }
    const profile = profiles[column - nLeading];
    if (!profile) return '';
    const raw = row.unread.get(profile.name);
    if (raw !== undefined) {
      return (
        <span title={t('data.table.unread', { raw })} style={{ color: 'var(--app-warning-text)' }}>
          {raw}
        </span>
      );
    }
    const text = formatCell(row.cells[places[column - nLeading] ?? -1] ?? null, profile, format);
    if (row.leftOutBy === null) return <span style={clipped}>{text}</span>;
    return (
      <Text component="s" fz="inherit" c="dimmed" td="line-through" style={clipped}>
        {text}
      </Text>
    );
  };

  return (
    <VirtualTable
      label={label}
      columns={columns}
      nRows={Math.min(pages.nMatching, maxRows)}
      height={height}
      renderCell={cell}
      isMarked={(position, column) =>
        pages.rowAt(position)?.unread.has(profiles[column - nLeading]?.name ?? '') ?? false
      }
      {...(rowAction && {
        onRow: (position: number) => {
          const row = pages.rowAt(position);
          if (row) rowAction.onPick(row.row);
        },
      })}
      onRange={pages.show}
      empty={pages.isLoading ? '…' : t('data.table.noMatch')}
    />
  );
}

function longestExample({ examples }: ColumnProfile): number {
  return Math.max(0, ...examples.map((example) => example.length));
}

function RowNumber({ row, action }: { readonly row: number; readonly action: DataGridProps['rowAction'] }) {
  const { format } = useWords();
  const number = format.plain(row + 1);
  if (!action) {
    return (
      <Text span size="xs" c="dimmed">
        {number}
      </Text>
    );
  }
  return (
    <Button
      size="compact-xs"
      variant="light"
      aria-label={action.label(row + 1)}
      onClick={(event) => {
        // The row around it does the same.
        event.stopPropagation();
        action.onPick(row);
      }}
    >
      {number}
    </Button>
  );
}
