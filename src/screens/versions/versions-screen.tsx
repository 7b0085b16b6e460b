import { Alert, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';
import { nameVersionModel } from '#report/version-sentences.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { NeedsNotice } from '../needs-notice.tsx';
import { ActionDialog } from './action-dialog.tsx';
import { ArrivalPanel } from './arrival-panel.tsx';
import { ComparePanel } from './compare-panel.tsx';
import { LogPanel } from './log-panel.tsx';
import { ProjectPanel } from './project-panel.tsx';
import { StoragePanel } from './storage-panel.tsx';
import type { AskedChange } from './versions.view.ts';
import { VersionsTable } from './versions-table.tsx';

/** All versions of the model, what happened to them, and what may be done. */
export function VersionsScreen() {
  const words = useWords();
  const { t, count } = words;
  const versions = useAppStore((state) => state.versions);
  const isKept = useAppStore((state) => state.storage.kind === 'kept');
  const hasData = useAppStore((state) => state.dataset !== null);
  const [asked, setAsked] = useState<AskedChange | null>(null);
  if (!versions || versions.log.entries.length === 0) {
    const text = isKept ? 'versions.noneText' : 'versions.notKept';
    return (
      <Stack gap="md">
        <NeedsNotice icon="versions" title={t('versions.none')} text={t(text)} section="model" />
        <ProjectPanel />
      </Stack>
    );
  }
  const { log, broken, others } = versions;
  return (
    <Stack gap="md">
      {broken && (
        <Alert color="brick" icon={<Icon name="warning" />}>
          {t('versions.broken', { entry: broken.entry })}
        </Alert>
      )}
      {others.length > 0 && (
        <Alert color="yellow" icon={<Icon name="warning" />} title={count('versions.forked', others.length)}>
          {others.map(({ head, state }) => {
            const champion = state.versions.find(({ id }) => id === state.champion);
            return champion ? (
              <Text key={head} size="sm">
                {t('versions.otherChampion', {
                  number: champion.number,
                  name: nameVersionModel(champion.facts, words),
                })}
              </Text>
            ) : null;
          })}
        </Alert>
      )}
      <VersionsTable versions={versions} onAsk={setAsked} />
      {hasData && <ArrivalPanel />}
      <ComparePanel versions={versions} />
      <LogPanel log={log} />
      <ProjectPanel />
      <StoragePanel versions={versions} onAsk={setAsked} />
      <ActionDialog versions={versions} asked={asked} onClose={() => setAsked(null)} />
    </Stack>
  );
}
