import { Alert, Button, Group, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { DatasetState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';

/** Says that roles and cleaning come from the last file of the same shape or another reading, and offers to take that back. */
export function RememberedNotice({ from, nLeftBehind }: NonNullable<DatasetState['remembered']>) {
  const { t, count } = useWords();
  const resetRoles = useAppStore((state) => state.resetRoles);
  return (
    <Alert color="ink" icon={<Icon name="reset" />} p="sm">
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex="1 1 300px">
          {t(`data.remembered.${from}`)}
          {nLeftBehind > 0 && ` ${count('data.remembered.leftBehind', nLeftBehind)}`}
        </Text>
        <Button size="xs" variant="default" onClick={() => void resetRoles()}>
          {t('data.columns.reset')}
        </Button>
      </Group>
    </Alert>
  );
}
