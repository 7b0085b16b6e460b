import { Button, Group, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { VersionsState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';
import { type AskedChange, findShown, listActions } from './versions.view.ts';

/** How much the versions take, and which of them may go: proposed, never taken. */
export function StoragePanel({
  versions,
  onAsk,
}: {
  readonly versions: VersionsState;
  readonly onAsk: (asked: AskedChange) => void;
}) {
  const { t, format, count } = useWords();
  const modelId = useAppStore((state) => state.model?.id);
  const shown = findShown(versions, modelId);
  const kept = versions.log.state.versions.filter(({ standing }) => standing !== 'discarded');
  const mayGo = kept.filter((record) =>
    listActions(versions, record, record.id === shown).includes('discard'),
  );
  const sizeOf = (records: typeof kept) =>
    format.bytes(records.reduce((sum, { facts }) => sum + facts.nBytes, 0));
  return (
    <Panel heading={t('versions.storage.heading')}>
      <Text size="sm">
        {t('versions.storage.used', {
          size: sizeOf(kept),
          versions: count('versions.storage.versions', kept.length),
        })}{' '}
        {mayGo.length === 0
          ? t('versions.storage.nothing')
          : t('versions.storage.mayGo', {
              list: mayGo.map(({ number }) => number).join(', '),
              size: sizeOf(mayGo),
            })}
      </Text>
      <Group gap="xs" mt={mayGo.length > 0 ? 'xs' : 0}>
        {mayGo.map((record) => (
          <Button
            key={record.id}
            size="compact-xs"
            variant="default"
            onClick={() => onAsk({ kind: 'discard', record })}
          >
            {t('versions.number', { number: record.number })}
          </Button>
        ))}
      </Group>
    </Panel>
  );
}
