import { Alert, Box, Button, Divider, Stack, Text } from '@mantine/core';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { useWords } from '#language/use-words.ts';
import { tellKnownAtStart } from '#report/model-sentences.ts';
import { tellLearnt } from '#report/learnt-sentences.ts';
import { tellOddities, tellReach } from '#report/reach-sentences.ts';
import { tellBeyondPast, tellPast } from '#report/past-sentences.ts';
import { isTrainingData } from '#store/training-data.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { ModelOnShow, Scenario } from '#store/state.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import type { CasePrediction } from '#inference/contract.ts';
import { findHeadline } from '#inference/headline.ts';
import { findBeyondPast } from '#inference/past-facts.ts';
import { ExportPredictions } from '../export-predictions.tsx';
import { OpenModelButton } from '../open-model-button.tsx';
import { useDownload } from '../use-download.ts';
import { AnnounceButton } from './announce-button.tsx';
import { IntervalBar } from './interval-bar.tsx';
import { OpenCellsNotice } from './open-cells-notice.tsx';
import {
  findEnd,
  findStart,
  isToCome,
  judgeLearnt,
  listContradicted,
  listOutside,
  nameReference,
} from './scenarios.view.ts';
import { RemainingField } from './remaining-field.tsx';
import { TargetField } from './target-field.tsx';

/** The unit, and the classes that say most: more lines than that are not read. */
const MAX_PAST = 3;

export interface AnswerPanelProps {
  readonly model: ModelOnShow;
  readonly scenario: Scenario;
  readonly reference: Scenario | null;
  /** Columns in whose fields stands what cannot be read: the answer is that of before. */
  readonly unreadable: readonly string[];
}

/** The answer, pinned beside the form (above it where the window is narrow), and how it differs from the reference. */
export function AnswerPanel({ model, scenario, reference, unreadable }: AnswerPanelProps) {
  const words = useWords();
  const { t, format, count } = words;
  const { unit } = model.summary.target;
  const prediction = scenario.prediction;
  const headline = prediction && findHeadline(prediction);
  const isRefusal = headline?.kind === 'refused';
  const similar = useAppStore(({ caseExplanation: found }) =>
    found?.cells === scenario.cells ? found.similar : null,
  );
  const isOfData = useAppStore(isTrainingData);
  const learnt = prediction && judgeLearnt(prediction, isOfData ? similar : null);
  const p80 = prediction?.interval?.p80;
  const end = p80 && isClaimed(p80) ? findEnd(model.summary.features, scenario, p80.value, unit) : null;
  const outside = listOutside(prediction?.notes ?? [], model.summary.features);
  const limits = {
    start: findStart(model.summary.features, scenario),
    unit,
    longest: model.summary.longest ?? null,
  };
  const contradicted = listContradicted(model.summary.features, scenario.cells);
  const oddities = tellOddities(outside.length, contradicted, words);
  const takenForKnown = isToCome(model.summary.features, scenario)
    ? tellKnownAtStart(
        model.summary.features.filter((_, i) => !prediction?.open?.features.includes(i)),
        t('model.horizon.plan'),
        words,
      )
    : null;
  const mae = model.result?.models.find(({ name }) => name === model.result?.chosen)?.test.mae;
  const nRows = model.summary.nTrainingRows;
  const past = (prediction?.past ?? []).slice(0, MAX_PAST);
  const beyond =
    headline && headline.kind !== 'refused' ? findBeyondPast(prediction.past, headline.value) : null;
  return (
    <Box
      w={{ base: '100%', md: 288, lg: 340 }}
      pos={{ base: 'static', md: 'sticky' }}
      top={68}
      mah={{ md: 'calc(100vh - 120px)' }}
      style={{ flex: 'none', overflowY: 'auto' }}
    >
      <Panel heading={t('scenarios.prediction')}>
        <Stack gap="sm">
          {unreadable.length > 0 && (
            <Alert color="amber" p="xs" icon={<Icon name="warning" size={16} />} data-testid="unreadable">
              {t('scenarios.unreadable', { columns: unreadable.join(', ') })}
            </Alert>
          )}
          <Box
            aria-live="polite"
            aria-atomic="true"
            aria-busy={unreadable.length > 0}
            style={{ opacity: unreadable.length > 0 ? 0.45 : 1 }}
            data-testid="answer"
          >
            <Text
              fz={isRefusal ? 24 : { base: 36, lg: 44 }}
              fw={700}
              lh={1.1}
              c="var(--mantine-color-anchor)"
              data-testid="prediction"
            >
              {isRefusal
                ? t('scenarios.refused.title')
                : headline
                  ? format.duration(headline.value, unit)
                  : '…'}
            </Text>
            {headline && headline.kind !== 'refused' && (
              <Text size="xs" c="dimmed">
                {t(`scenarios.interval.${headline.kind}`)}
              </Text>
            )}
            {prediction?.open?.way === 'wide' && (
              <Text size="xs" fw={600} c="var(--app-warning-text)">
                {t('scenarios.open.flag')}
              </Text>
            )}
            <Change scenario={scenario} reference={reference} unit={unit} />
          </Box>
          {prediction?.interval && (
            <>
              {prediction.reach.kind !== 'beyond' && (
                <IntervalBar interval={prediction.interval} unit={unit} end={end} />
              )}
              <TargetField
                limits={limits}
                probability={prediction.probability}
                refusal={isRefusal ? findRefusal(prediction) : null}
              />
              <RemainingField remaining={prediction.remaining} start={limits.start} unit={unit} />
            </>
          )}
          {past.length > 0 && (
            <Box data-testid="past">
              <Text size="xs" fw={600}>
                {t('scenarios.past.heading')}
              </Text>
              {beyond && (
                <Text size="xs" fw={600} c="var(--app-warning-text)">
                  {tellBeyondPast(beyond, unit, words)}
                </Text>
              )}
              {past.map((facts) => (
                <Text key={facts.column} size="xs" c="dimmed">
                  {tellPast(facts, unit, words)}
                </Text>
              ))}
            </Box>
          )}
          {prediction && learnt === 'yes' && (
            <Alert color="amber" p="xs" icon={<Icon name="warning" size={16} />} data-testid="learnt">
              {tellLearnt({ ...prediction, learnt }, words)}
            </Alert>
          )}
          {prediction && learnt === 'unknown' && (
            <Text size="xs" c="dimmed">
              {tellLearnt({ ...prediction, learnt }, words)}
            </Text>
          )}
          {prediction === null && scenario.origin !== null && (
            <Text size="xs" c="dimmed">
              {t('scenarios.learnt.waiting')}
            </Text>
          )}
          {prediction && !prediction.interval && (
            <Text size="sm" c="dimmed">
              {t(prediction.open?.way === 'refit' ? 'scenarios.open.noInterval' : 'scenarios.interval.none')}
            </Text>
          )}
          <OpenCellsNotice model={model} scenario={scenario} />
          {takenForKnown !== null && (
            <Alert color="amber" p="xs" icon={<Icon name="warning" size={16} />} data-testid="known-at-start">
              {takenForKnown}
            </Alert>
          )}
          {oddities !== null && (
            <Alert color="amber" p="xs" icon={<Icon name="warning" size={16} />} data-testid="oddities">
              <Text size="sm" fw={600}>
                {oddities}
              </Text>
              {outside.length > 0 &&
                t('scenarios.outside', {
                  count: outside.length,
                  n: format.number(outside.length),
                  names: outside.join(', '),
                })}
              {prediction?.interval && (!isRefusal || prediction.reach.kind === 'beyond') && (
                <Text size="sm" mt={4}>
                  {tellReach(prediction.reach, words)}
                </Text>
              )}
            </Alert>
          )}
          {similar?.isOutside && outside.length === 0 && (
            <Alert color="amber" p="xs" icon={<Icon name="warning" size={16} />}>
              {similar.outsideBy === null
                ? t('scenarios.far')
                : t('scenarios.farBy', { column: similar.outsideBy })}
            </Alert>
          )}
          {prediction && !isRefusal && <AnnounceButton />}
          <ReferenceActions reference={reference} unit={unit} />
          <Divider />
          <Text size="xs" c="dimmed">
            {t(`scenarios.horizon.${model.summary.horizon.kind}`)}
            <br />
            {t('scenarios.model', {
              model: t(`terms.model.${model.summary.name}`),
              outages: count('common.outages', nRows),
            })}
            {mae !== undefined && (
              <>
                <br />
                {t('scenarios.typicalError', { mae: format.duration(mae, unit) })}
              </>
            )}
          </Text>
          <TakeAway />
        </Stack>
      </Panel>
    </Box>
  );
}

function findRefusal({ reach, interval }: CasePrediction): 'refused' | 'refusedUnlike' | 'refusedBeyond' {
  if (reach.kind === 'beyond') return 'refusedBeyond';
  return interval && !isClaimed(interval.p80) && interval.p80.isUnlike ? 'refusedUnlike' : 'refused';
}

type Unit = ModelOnShow['summary']['target']['unit'];

function Change({
  scenario,
  reference,
  unit,
}: {
  readonly scenario: Scenario;
  readonly reference: Scenario | null;
  readonly unit: Unit;
}) {
  const { t, format } = useWords();
  if (!scenario.prediction || !reference?.prediction) return null;
  const [before, now] = [findHeadline(reference.prediction), findHeadline(scenario.prediction)];
  const isSame = scenario.cells.every((cell, i) => cell === reference.cells[i]);
  if (isSame) {
    return (
      <Text size="sm" c="dimmed">
        {t('scenarios.same')}
      </Text>
    );
  }
  // What is refused is compared with nothing.
  if (before.kind === 'refused' || now.kind === 'refused') return null;
  return (
    <Text size="sm">
      <b>{format.durationChange(now.value - before.value, unit)}</b>{' '}
      {t('scenarios.change', { reference: format.duration(before.value, unit) })}
    </Text>
  );
}

function ReferenceActions({ reference, unit }: { readonly reference: Scenario | null; readonly unit: Unit }) {
  const words = useWords();
  const { t, format, pair } = words;
  const resetScenario = useAppStore((state) => state.resetScenario);
  const setAsReference = useAppStore((state) => state.setAsReference);
  const origin = reference?.origin;
  return (
    <Box>
      <Text size="xs" c="dimmed" mb={6}>
        {reference && pair(t('scenarios.reference'), nameReference(reference, words))}
        {reference?.isOwn === false &&
          origin?.actual !== null &&
          origin?.actual !== undefined &&
          `, ${t('scenarios.originActual', { actual: format.duration(origin.actual, unit) })}`}
      </Text>
      <Stack gap={6}>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="reset" size={14} />}
          onClick={resetScenario}
        >
          {t('scenarios.reset')}
        </Button>
        <Button size="xs" variant="default" onClick={setAsReference}>
          {t('scenarios.setReference')}
        </Button>
      </Stack>
    </Box>
  );
}

function TakeAway() {
  const { t } = useWords();
  const download = useDownload();
  const exportModel = useAppStore((state) => state.exportModel);
  return (
    <Stack gap={6}>
      <Text size="xs" fw={600}>
        {t('scenarios.exports')}
      </Text>
      <ExportPredictions />
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="download" size={14} />}
        onClick={() => download(exportModel)}
      >
        {t('scenarios.modelJson')}
      </Button>
      <OpenModelButton variant="subtle" />
    </Stack>
  );
}
