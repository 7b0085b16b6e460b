import { Button, Group, Stack, Text } from '@mantine/core';
import type { TuneResult } from '#jobs/tuning/contract.ts';
import { useWords } from '#language/use-words.ts';
import { tellSettings } from '#report/tuning-sentences.ts';
import { tellTuning } from '#report/tuning-text.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';

/** What came of a search, in sentences, and what to do with it. */
export function TuningAnswer({ result }: { readonly result: TuneResult }) {
  const words = useWords();
  const { t } = words;
  const isBusy = useAppStore((state) => state.work !== null);
  const takeFoundSettings = useAppStore((state) => state.takeFoundSettings);
  return (
    <Stack gap={4} aria-live="polite" data-testid="tuning-answer">
      <Text fw={650}>{t(`tuning.verdict.${result.chosen}`)}</Text>
      {tellTuning(result, words, tellSettings).map((sentence) => (
        <Text size="sm" key={sentence}>
          {sentence}
        </Text>
      ))}
      <Group mt={4} className="no-print">
        {result.chosen === 'tuned' ? (
          <Button
            leftSection={<Icon name="play" size={16} />}
            disabled={isBusy}
            onClick={() => void takeFoundSettings()}
          >
            {t('tuning.take')}
          </Button>
        ) : (
          <Text size="sm" c="dimmed">
            {t('tuning.keepsDefault')}
          </Text>
        )}
      </Group>
    </Stack>
  );
}
