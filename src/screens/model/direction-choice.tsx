import { Box, Group, SegmentedControl, Text } from '@mantine/core';
import { canBeDirected, type Direction, directions } from '#data/roles.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { DatasetState } from '#store/state.ts';

const NONE = 'none';
const choices = [NONE, ...directions] as const;

/** In which direction a person expects each lever to act; kept with the data. */
export function DirectionChoice({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useWords();
  const setExpected = useAppStore((state) => state.setExpected);
  const isBusy = useAppStore((state) => state.work !== null);
  const levers = listLevers(dataset);
  return (
    <Box role="group" aria-label={t('model.expected.heading')}>
      <Text size="sm" fw={600} mb={4}>
        {t('model.expected.heading')}
      </Text>
      {levers.map(({ column, expected }) => (
        <Group key={column} justify="space-between" gap="xs" mb={4}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {column}
          </Text>
          <SegmentedControl<Direction | typeof NONE>
            size="xs"
            aria-label={column}
            disabled={isBusy}
            value={expected ?? NONE}
            onChange={(chosen) => void setExpected(column, chosen === NONE ? null : chosen)}
            data={choices.map((value) => ({ value, label: t(`model.expected.${value}`) }))}
          />
        </Group>
      ))}
      <Text size="xs" c="dimmed">
        {t(levers.length > 0 ? 'model.expected.help' : 'model.expected.noLever')}
      </Text>
    </Box>
  );
}

/** Levers that hold numbers, and whatever else something is expected of. */
function listLevers({ roles, preparation, cleaning }: DatasetState) {
  const typeOf = new Map(cleaning.columns.map(({ name, type }) => [name, type]));
  return (preparation?.roles ?? roles).filter(({ column, role, expected }) => {
    const type = typeOf.get(column);
    return type && canBeDirected(role, type) && (role === 'lever' || expected !== undefined);
  });
}
