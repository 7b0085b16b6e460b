import { Alert, Button, Group, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { TrainingResult } from '#training/contract.ts';
import { describeError } from '#language/error-words.ts';
import { useWords } from '#language/use-words.ts';
import type { OpenedOutage } from '#store/explanation-state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { KeyFigure } from '#ui/key-figure.tsx';
import { viewReplay } from '#report/outage-sentences.ts';
import { canReplay } from './outage.view.ts';

export interface ReplayPartProps {
  readonly opened: OpenedOutage;
  readonly result: TrainingResult;
}

/** What would have been announced the day it began; asked for, as it takes six fits. */
export function ReplayPart({ opened, result }: ReplayPartProps) {
  const { t } = useWords();
  const work = useAppStore((state) => state.work);
  const problem = useAppStore((state) => state.problem);
  const replay = useAppStore((state) => state.replayOpenedOutage);
  const isRunning = work?.kind === 'replaying';
  const isPossible = canReplay(result) && opened.answer !== null;
  const failed = problem?.during === 'replaying' ? describeError(t, problem.code, problem.details) : null;
  return (
    <Stack gap="xs" component="section" aria-label={t('evaluation.replay.title')}>
      <Title order={3} size="h6">
        {t('evaluation.replay.title')}
      </Title>
      {opened.replay ? (
        <ReplayAnswer replay={opened.replay} result={result} />
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {t(canReplay(result) ? 'evaluation.replay.lead' : 'evaluation.replay.impossible')}
          </Text>
          {isRunning ? (
            <ReplayProgress />
          ) : (
            <Group>
              <Button
                size="xs"
                variant="light"
                disabled={!isPossible || work !== null}
                onClick={() => void replay()}
              >
                {t('evaluation.replay.action')}
              </Button>
            </Group>
          )}
          {failed && !isRunning && (
            <Alert color="brick" icon={<Icon name="warning" />} role="alert">
              {`${failed.what} ${failed.todo}`}
            </Alert>
          )}
        </>
      )}
    </Stack>
  );
}

function ReplayProgress() {
  const { t } = useWords();
  const progress = useAppStore((state) => state.work?.progress ?? null);
  const isEnding = useAppStore((state) => state.work?.ending === 'cancel');
  const cancelWork = useAppStore((state) => state.cancelWork);
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress flex={1} value={100 * (progress?.overall ?? 0)} aria-label={t('work.kind.replaying')} />
      <Button size="xs" variant="default" disabled={isEnding} onClick={cancelWork}>
        {t('work.cancel')}
      </Button>
    </Group>
  );
}

function ReplayAnswer({
  replay,
  result,
}: {
  readonly replay: NonNullable<OpenedOutage['replay']>;
  readonly result: TrainingResult;
}) {
  const words = useWords();
  const { t, format } = words;
  const { unit } = result.target;
  const { sentence, headline, range } = viewReplay(replay, unit, words);
  return (
    <div data-testid="replay">
      <SimpleGrid cols={replay.announced === null ? 4 : 5} spacing="sm">
        <KeyFigure label={t('evaluation.replay.date')} value={format.date(replay.knownAt)} />
        <KeyFigure label={t('evaluation.replay.nKnown')} value={format.number(replay.nKnown)} />
        <KeyFigure
          label={t(`evaluation.replay.${headline.kind === 'refused' ? 'alone' : headline.kind}`)}
          value={headline.text}
          note={
            range === null ? t('evaluation.coverage.notClaimable') : t('scenarios.interval.range', { range })
          }
        />
        {replay.announced !== null && (
          <KeyFigure
            label={t('evaluation.replay.announced')}
            value={format.duration(replay.announced, unit)}
          />
        )}
        <KeyFigure label={t('evaluation.outage.actual')} value={format.duration(replay.actual, unit)} />
      </SimpleGrid>
      <Text size="sm" mt="xs">
        {sentence}
      </Text>
      <Text size="xs" c="dimmed" mt={4}>
        {t('evaluation.replay.note')}
      </Text>
    </div>
  );
}
