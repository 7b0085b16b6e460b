import { Button, Group, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { quoteName } from '#report/recipe-sentences.ts';
import { tellReadingNotes } from '#report/reading-notes.ts';
import { tellSideLines } from '#report/reading-sentences.ts';
import type { DatasetState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';

/** How words among values and columns that go together were understood; what was put together can be taken apart. */
export function ReadingNotesPanel({ dataset }: { readonly dataset: DatasetState }) {
  const words = useWords();
  const { t } = words;
  const setDialect = useAppStore((state) => state.setDialect);
  const isBusy = useAppStore((state) => state.work !== null);
  const { summary, overrides } = dataset;
  const notes = tellReadingNotes(summary, words);
  const sideLines = tellSideLines(summary.ledger, words);
  const { apart = [], ...others } = overrides;
  if (notes.length === 0 && apart.length === 0 && sideLines === null) return null;
  return (
    <Panel heading={t('data.notes.heading')}>
      {sideLines !== null && (
        <Text size="sm" mb={4}>
          {sideLines}
        </Text>
      )}
      {notes.map(({ text, arranged, needsLook }) => (
        <Group key={text} gap="sm" mb={4} align="baseline">
          <Text size="sm" {...(needsLook && { c: 'var(--app-warning-text)' })}>
            {text}
          </Text>
          {arranged.length > 0 && (
            <Button
              size="compact-xs"
              variant="default"
              disabled={isBusy}
              onClick={() => void setDialect({ ...overrides, apart: [...apart, ...arranged] })}
            >
              {t('data.notes.apart')}
            </Button>
          )}
        </Group>
      ))}
      {apart.length > 0 && (
        <Group gap="sm" align="baseline">
          <Text size="sm">
            {t('data.notes.leftApart', { columns: apart.map((name) => quoteName(name, words)).join(', ') })}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            disabled={isBusy}
            onClick={() => void setDialect(others)}
          >
            {t('data.notes.together')}
          </Button>
        </Group>
      )}
    </Panel>
  );
}
