import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '#language/use-words.ts';
import { listContradictions, listJoinRemarks, tellCounts } from '#report/monitoring-sentences.ts';
import type { FollowUp } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { EmptyNotice } from '#ui/empty-notice.tsx';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { PickFileButton } from '#ui/pick-file-button.tsx';
import { useDownload } from '../use-download.ts';
import { AlarmsPanel } from './alarms-panel.tsx';
import { AnnouncementsPanel } from './announcements-panel.tsx';
import { DriftPanel } from './drift-panel.tsx';
import { listReplayYears } from './follow-up.view.ts';
import { KeptPanel } from './kept-panel.tsx';
import { PathChart } from './path-chart.tsx';

/** What became of the announcements, and whether the model still holds. */
export function FollowUpScreen() {
  const { t } = useWords();
  const followUp = useAppStore((state) => state.followUp);
  const hasLedger = useAppStore((state) => state.ledger.length > 0);
  const isBusy = useAppStore((state) => state.work !== null);
  const followLedger = useAppStore((state) => state.followLedger);
  const hasAsked = useRef(false);
  // Once: what fails is told, and asked again by a person.
  useEffect(() => {
    if (hasAsked.current || followUp !== null || !hasLedger || isBusy) return;
    hasAsked.current = true;
    void followLedger();
  }, [followUp, hasLedger, isBusy, followLedger]);
  return (
    <Stack gap="md">
      {followUp ? (
        <Followed followUp={followUp} />
      ) : (
        <Panel>
          <EmptyNotice
            icon="versions"
            title={t(hasLedger ? 'followUp.heading' : 'followUp.empty')}
            text={t(hasLedger ? 'followUp.lead' : 'followUp.emptyText')}
            action={<Actions />}
          />
        </Panel>
      )}
    </Stack>
  );
}

function Followed({ followUp: { monitoring, isReplay } }: { readonly followUp: FollowUp }) {
  const words = useWords();
  const { t } = words;
  const followLedger = useAppStore((state) => state.followLedger);
  const remarks = [...listJoinRemarks(monitoring, words), ...listContradictions(monitoring, words)];
  return (
    <>
      {isReplay && (
        <Alert color="blue" p="xs" icon={<Icon name="reset" />}>
          <Group justify="space-between" gap="xs">
            <Text size="sm">{t('followUp.isReplay')}</Text>
            <Button size="compact-xs" variant="default" onClick={() => void followLedger()}>
              {t('followUp.back')}
            </Button>
          </Group>
        </Alert>
      )}
      <Panel heading={t('followUp.heading')} description={t('followUp.lead')} aside={<Actions />}>
        <Text size="sm" fw={600} data-testid="follow-up-counts">
          {tellCounts(monitoring, words)}
        </Text>
        {remarks.map((remark) => (
          <Text key={remark} size="sm" c="dimmed">
            {remark}
          </Text>
        ))}
      </Panel>
      <AlarmsPanel monitoring={monitoring} />
      <KeptPanel monitoring={monitoring} />
      {monitoring.path.length > 1 && <PathChart monitoring={monitoring} />}
      <DriftPanel drift={monitoring.drift} />
      <AnnouncementsPanel monitoring={monitoring} />
    </>
  );
}

/** Ends of outages from a file, the ledger as a file, and the replay of the open data. */
function Actions() {
  const { t } = useWords();
  const isBusy = useAppStore((state) => state.work !== null);
  const hasLedger = useAppStore((state) => state.ledger.length > 0);
  const addOutcomes = useAppStore((state) => state.addOutcomes);
  const exportLedger = useAppStore((state) => state.exportLedger);
  const download = useDownload();
  return (
    <Group gap="xs" align="flex-end" justify="center">
      {hasLedger && (
        <>
          <PickFileButton
            label={t('followUp.addOutcomes')}
            icon="upload"
            isDisabled={isBusy}
            onPick={(file) => void addOutcomes(file)}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="download" size={14} />}
            onClick={() => download(exportLedger)}
          >
            {t('followUp.save')}
          </Button>
        </>
      )}
      <Replay />
    </Group>
  );
}

function Replay() {
  const { t } = useWords();
  const dataset = useAppStore((state) => state.dataset);
  const isBusy = useAppStore((state) => state.work !== null);
  const replayPast = useAppStore((state) => state.replayPast);
  const start = dataset?.roles.find(({ role }) => role === 'start')?.column;
  const profile = dataset?.cleaning.columns.find(({ name }) => name === start);
  const { min, max } = profile ?? {};
  const years = listReplayYears(min !== undefined && max !== undefined ? { min, max } : null);
  const [year, setYear] = useState<string | null>(null);
  const chosen = year ?? String(years[Math.floor(years.length / 2)] ?? '');
  if (years.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t('followUp.replayNeedsData')}
      </Text>
    );
  }
  return (
    <Group gap="xs" align="flex-end" title={t('followUp.replayHint')}>
      <Select
        size="xs"
        w={190}
        label={t('followUp.replayTo')}
        data={years.map(String)}
        value={chosen}
        allowDeselect={false}
        onChange={setYear}
      />
      <Button
        size="xs"
        variant="default"
        disabled={isBusy}
        onClick={() => void replayPast(Date.UTC(Number(chosen) + 1, 0, 1) - 1)}
      >
        {t('followUp.replay')}
      </Button>
    </Group>
  );
}
