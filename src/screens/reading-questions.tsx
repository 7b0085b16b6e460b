import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import type { DatasetSummary } from '#jobs/dataset/contract.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { titleQuestions, viewQuestions } from '#report/reading-questions.ts';

/** What the file leaves open is asked, never guessed in silence: one answer a button, the proposed one first. */
export function ReadingQuestions({
  summary,
  onAnswer,
}: {
  readonly summary: Pick<DatasetSummary, 'questions' | 'dialect' | 'headerLines'>;
  readonly onAnswer: (answer: Partial<Dialect>) => void;
}) {
  const words = useWords();
  const { t } = words;
  const isBusy = useAppStore((state) => state.work !== null);
  const questions = viewQuestions(summary, words);
  if (questions.length === 0) return null;
  return (
    <Alert color="amber" icon={<Icon name="warning" />} title={titleQuestions(questions.length, words)}>
      <Stack gap="sm">
        {questions.map(({ field, title, options }) => (
          <Group key={field} gap="xs" role="group" aria-label={title}>
            <Text size="sm" miw={220}>
              {title}
            </Text>
            {options.map(({ label, overrides, isProposed }) => (
              <Button
                key={label}
                size="xs"
                variant={isProposed ? 'filled' : 'default'}
                disabled={isBusy}
                onClick={() => onAnswer(overrides)}
              >
                {isProposed && options.length > 1 ? t('data.question.proposed', { label }) : label}
              </Button>
            ))}
          </Group>
        ))}
      </Stack>
    </Alert>
  );
}
