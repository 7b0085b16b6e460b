import { Alert, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { describeError } from '#language/error-words.ts';
import { useWords } from '#language/use-words.ts';
import { describeReading } from '#report/reading-sentences.ts';
import type { ForecastState, ModelOnShow } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { FileDrop } from '#ui/file-drop.tsx';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { FileButtons, FileTitle } from '../file-title.tsx';
import { NeedsNotice } from '../needs-notice.tsx';
import { ReadingQuestions } from '../reading-questions.tsx';
import { CampaignPanel } from './campaign-panel.tsx';
import { ForecastTable } from './forecast-table.tsx';

/** The door of a file of outages to come: what the model says of each. */
export function ForecastsScreen() {
  const { t } = useWords();
  const model = useAppStore((state) => state.model);
  const forecast = useAppStore((state) => state.forecast);
  if (!model) {
    return <NeedsNotice icon="file" title={t('forecasts.needsModel')} section="model" />;
  }
  return forecast ? <OpenForecast model={model} forecast={forecast} /> : <DropForecast />;
}

function DropForecast() {
  const { t } = useWords();
  const isBusy = useAppStore((state) => state.work !== null);
  const predictFile = useAppStore((state) => state.predictFile);
  return (
    <FileDrop
      title={t('forecasts.drop')}
      choose={t('data.welcome.choose')}
      hint={t('forecasts.lead')}
      note={t('forecasts.formats')}
      disabled={isBusy}
      onFile={(file) => void predictFile(file)}
    />
  );
}

function OpenForecast({
  model,
  forecast,
}: {
  readonly model: ModelOnShow;
  readonly forecast: ForecastState;
}) {
  const words = useWords();
  const { t, format, count } = words;
  const isBusy = useAppStore((state) => state.work !== null);
  const predictFile = useAppStore((state) => state.predictFile);
  const predictFileAgain = useAppStore((state) => state.predictFileAgain);
  const setForecastDialect = useAppStore((state) => state.setForecastDialect);
  const closeForecast = useAppStore((state) => state.closeForecast);
  const isOfOtherModel = forecast.modelId !== model.id;
  useEffect(() => {
    if (isOfOtherModel && !isBusy) void predictFileAgain();
  }, [isOfOtherModel, isBusy, predictFileAgain]);
  const { answer, problem, summary } = forecast;
  const told = problem && describeError(t, problem.code, problem.details);
  const nAnswered = answer?.rows.filter(({ p80 }) => p80 !== null).length ?? 0;
  return (
    <Stack gap="md">
      <Panel
        heading={<FileTitle name={forecast.name} isSample={model.fromSample} />}
        aside={
          <FileButtons
            another={t('forecasts.another')}
            close={t('forecasts.close')}
            onFile={(file) => void predictFile(file)}
            onClose={() => void closeForecast()}
          />
        }
      >
        <Text size="sm">
          {answer && (
            <b>
              {count('common.outages', answer.rows.length)},{' '}
              {t('forecasts.withP80', { n: format.number(nAnswered) })}
              {' · '}
            </b>
          )}
          <Text span c="dimmed">
            {describeReading(summary, words)}
          </Text>
        </Text>
        {forecast.isAsLearnt && (
          <Text size="sm" mt={4} c="var(--app-warning-text)">
            {t('forecasts.asLearnt')}
          </Text>
        )}
      </Panel>
      <ReadingQuestions
        summary={summary}
        onAnswer={(overrides) => void setForecastDialect({ ...forecast.overrides, ...overrides })}
      />
      {told && (
        <Alert color="brick" icon={<Icon name="warning" />} title={told.what}>
          {told.todo}
        </Alert>
      )}
      {answer && <ForecastTable model={model} name={forecast.name} answer={answer} />}
      {answer && <CampaignPanel key={forecast.id} model={model} forecast={forecast} />}
    </Stack>
  );
}
