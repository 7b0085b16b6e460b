import { Button, Group, Loader, Progress, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { Work } from '#store/state.ts';
import { Icon } from '#ui/icon.tsx';
import { useNow } from '#ui/use-now.ts';
import { viewWork } from './work.view.ts';

/** What the app is doing right now, on every section; with the two ways to end it. */
export function WorkBar() {
  const { t } = useWords();
  const work = useAppStore((state) => state.work);
  return (
    <Group h="100%" px={20} gap="md" wrap="nowrap" component="section" aria-label={t('work.label')}>
      {work ? (
        <WorkUnderWay work={work} />
      ) : (
        <Text size="xs" c="dimmed">
          {t('shell.nothingUnderWay')}
        </Text>
      )}
    </Group>
  );
}

function WorkUnderWay({ work }: { readonly work: Work }) {
  const words = useWords();
  const { t } = words;
  const now = useNow(true);
  const unit = useAppStore((state) => state.dataset?.preparation?.target?.unit ?? 'unknown');
  const stopWork = useAppStore((state) => state.stopWork);
  const cancelWork = useAppStore((state) => state.cancelWork);
  const view = viewWork(work, now, words, unit);
  const percent = view.fraction === null ? 100 : view.fraction * 100;
  return (
    <>
      <Loader size={16} />
      <Text size="sm" fw={600} style={{ flex: 'none' }}>
        {view.title}
      </Text>
      <Text size="sm" c="dimmed" truncate flex={1} miw={0} aria-live="polite">
        {view.ending ?? view.step}
      </Text>
      {view.score !== null && (
        <Text size="sm" truncate miw={0}>
          {view.score}
        </Text>
      )}
      <Progress
        w={{ base: 60, lg: 110 }}
        value={percent}
        animated={view.fraction === null}
        aria-label={view.title}
        style={{ flex: 'none' }}
      />
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }} visibleFrom="lg">
        {view.remaining ?? view.elapsed}
      </Text>
      {work.canStop && (
        <Button
          size="xs"
          variant="filled"
          leftSection={<Icon name="stop" size={14} />}
          disabled={work.ending !== null}
          onClick={stopWork}
          style={{ flex: 'none' }}
        >
          {t('work.stop')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        disabled={work.ending === 'cancel'}
        onClick={cancelWork}
        style={{ flex: 'none' }}
      >
        {t('work.cancel')}
      </Button>
    </>
  );
}
