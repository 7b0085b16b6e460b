import { Button, Group, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { DatasetState } from '#store/state.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { titleQuestions } from '#report/reading-questions.ts';
import { describeReading } from '#report/reading-sentences.ts';
import { FileButtons, FileTitle } from '../file-title.tsx';
import { sectionPath } from '../section-path.ts';
import { countToFix } from './data.view.ts';

/** Which file, how many outages were read, how many need a look, and where to go next. */
export function FileHeader({
  dataset,
  onShowReading,
}: {
  readonly dataset: DatasetState;
  readonly onShowReading: () => void;
}) {
  const words = useWords();
  const { t, format, count } = words;
  const openFile = useAppStore((state) => state.openFile);
  const closeDataset = useAppStore((state) => state.closeDataset);
  const { summary } = dataset;
  const toFix = countToFix(summary);
  return (
    <Panel
      heading={<FileTitle name={dataset.name} isSample={dataset.sample !== null} />}
      aside={
        <FileButtons
          another={t('data.file.another')}
          close={t('data.file.close')}
          onFile={(file) => void openFile(file)}
          onClose={() => void closeDataset()}
        >
          <Button
            size="xs"
            component="a"
            href={sectionPath('model')}
            rightSection={<Icon name="right" size={14} />}
          >
            {t('data.file.next')}
          </Button>
        </FileButtons>
      }
    >
      <Group style={{ columnGap: 'var(--mantine-spacing-lg)', rowGap: 4 }}>
        <Group gap={6}>
          <Text fw={650}>
            {count('data.file.read', summary.nRows)}, {t('data.file.toFix', { n: format.number(toFix) })}
          </Text>
          <Text c={toFix === 0 ? 'leaf' : 'var(--app-warning-text)'} component="span" lh={0}>
            <Icon name={toFix === 0 ? 'check' : 'warning'} size={16} />
          </Text>
        </Group>
        <Text size="sm" c="dimmed">
          {count('common.columns', summary.columns.length)}
          {' · '}
          {describeReading(summary, words)}
          {' · '}
          {t('data.file.readIn', { time: `${format.number(summary.seconds, 2)}\u00a0s` })}
        </Text>
        {summary.questions.length > 0 && (
          <Button size="compact-sm" color="amber" variant="light" onClick={onShowReading}>
            {titleQuestions(summary.questions.length, words)}
          </Button>
        )}
      </Group>
    </Panel>
  );
}
