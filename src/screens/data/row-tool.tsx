import { ActionIcon } from '@mantine/core';
import type { RecipeStep } from '#data/recipe/recipe-step.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import type { ShownRow } from '../use-table-pages.ts';

export interface RowToolProps {
  readonly row: ShownRow;
  readonly steps: readonly RecipeStep[];
  readonly onExclude: (row: number) => void;
}

/** Leaves a row out, or takes back one that was left out by name; what another step left out is not for one row to say. */
export function RowTool({ row, steps, onExclude }: RowToolProps) {
  const { t, format } = useWords();
  const restoreRow = useAppStore((state) => state.restoreRow);
  const { leftOutBy } = row;
  const step = steps.find(({ id }) => id === leftOutBy);
  const isNamed = step?.action.kind === 'exclude-rows';
  if (leftOutBy !== null && !isNamed) return null;
  const number = format.plain(row.row + 1);
  const label = isNamed
    ? t('data.exclude.restore', { row: number, reason: step.reason })
    : t('data.exclude.action', { row: number });
  return (
    <ActionIcon
      size="xs"
      mr={8}
      variant="subtle"
      color="gray"
      title={label}
      aria-label={label}
      onClick={() => (leftOutBy === null ? onExclude(row.row) : void restoreRow(row.row, leftOutBy))}
    >
      <Icon name={isNamed ? 'undo' : 'exclude'} size={13} />
    </ActionIcon>
  );
}
