import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import classes from './virtual-table.module.css';

export interface VirtualColumn {
  readonly id: string;
  readonly header: ReactNode;
  /** CSS pixels. */
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly sort?: 'ascending' | 'descending' | 'none';
}

export interface VirtualTableProps {
  readonly label: string;
  readonly columns: readonly VirtualColumn[];
  readonly nRows: number;
  /** CSS pixels. */
  readonly height: number;
  readonly renderCell: (row: number, column: number) => ReactNode;
  /** Marks a cell that needs a look. */
  readonly isMarked?: (row: number, column: number) => boolean;
  /** The whole row is clicked; something in it does the same by keys. */
  readonly onRow?: (row: number) => void;
  /** Told which rows are on screen, for whoever has to fetch them. */
  readonly onRange?: (from: number, to: number) => void;
  readonly empty?: ReactNode;
}

const ROW_HEIGHT = 30;
const HEADER_HEIGHT = 34;

/** A table of any size: only the rows and columns on screen are drawn. */
export function VirtualTable(props: VirtualTableProps) {
  const { label, columns, nRows, height, renderCell, isMarked, onRow, onRange, empty } = props;
  const viewport = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const rows = useVirtualizer({
    count: nRows,
    getScrollElement: () => viewport.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const cells = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => viewport.current,
    estimateSize: (index) => columns[index]?.width ?? 100,
    overscan: 4,
  });
  useEffect(() => cells.measure(), [cells, columns]);

  const visibleRows = rows.getVirtualItems();
  const visibleColumns = cells.getVirtualItems();
  const from = visibleRows[0]?.index ?? 0;
  const to = (visibleRows.at(-1)?.index ?? -1) + 1;
  useEffect(() => {
    if (to > from) onRange?.(from, to);
  }, [from, to, onRange]);

  return (
    <div
      ref={viewport}
      className={classes['viewport']}
      style={{ height: Math.min(height, HEADER_HEIGHT + Math.max(nRows, 2) * ROW_HEIGHT + 14) }}
      role="table"
      aria-label={label}
      aria-rowcount={nRows + 1}
      aria-colcount={columns.length}
      tabIndex={0}
    >
      <div
        role="rowgroup"
        className={classes['head']}
        style={{ width: cells.getTotalSize(), height: HEADER_HEIGHT }}
      >
        <div role="row" aria-rowindex={1}>
          {visibleColumns.map(({ index, start, size }) => {
            const column = columns[index];
            return (
              <div
                key={column?.id ?? index}
                role="columnheader"
                aria-colindex={index + 1}
                aria-sort={column?.sort}
                className={classes['header']}
                data-align={column?.align}
                style={{ left: start, width: size, height: HEADER_HEIGHT }}
              >
                {column?.header}
              </div>
            );
          })}
        </div>
      </div>
      <div
        role="rowgroup"
        className={classes['body']}
        style={{ width: cells.getTotalSize(), height: rows.getTotalSize() }}
      >
        {visibleRows.map(({ index: row, start: top }) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the row's own button answers keys
          <div
            key={row}
            role="row"
            aria-rowindex={row + 2}
            data-clickable={onRow !== undefined || undefined}
            onClick={onRow && (() => onRow(row))}
          >
            {visibleColumns.map(({ index, start, size }) => (
              <div
                key={columns[index]?.id ?? index}
                role="cell"
                aria-colindex={index + 1}
                className={classes['cell']}
                data-align={columns[index]?.align}
                data-marked={isMarked?.(row, index) || undefined}
                data-odd={row % 2 === 1 || undefined}
                style={{ transform: `translate(${start}px, ${top}px)`, width: size, height: ROW_HEIGHT }}
              >
                {renderCell(row, index)}
              </div>
            ))}
          </div>
        ))}
      </div>
      {nRows === 0 && <div className={classes['empty']}>{empty}</div>}
    </div>
  );
}
