import { Alert, Box, Button, Group, Stack, Table, Text } from '@mantine/core';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import {
  tellChoice,
  findScore,
  tellError,
  tellExpected,
  tellFeatures,
  tellHorizon,
  tellLeader,
  tellRows,
  tellScale,
  tellUnderWayResult,
  tellWarnings,
} from '#report/model-sentences.ts';
import {
  nameJudged,
  tellBesideAnnounced,
  tellHeld,
  tellHorizonPrice,
  tellRange,
} from '#report/score-sentences.ts';
import { listFullScores } from '#training/full-scores.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { ModelOnShow } from '#store/state.ts';
import { EmptyNotice } from '#ui/empty-notice.tsx';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { withUnit } from '#report/with-unit.ts';
import { OpenModelButton } from '../open-model-button.tsx';
import { sectionPath } from '../section-path.ts';
import { useDownload } from '../use-download.ts';
import { ModelExportMenu } from './export-menu.tsx';

/** What training gave: the model, why it was chosen, what it is worth, and what to do next. */
export function ResultPanel() {
  const words = useWords();
  const { t } = words;
  const model = useAppStore((state) => state.model);
  const isTraining = useAppStore((state) => state.work?.kind === 'training');
  const progress = useAppStore((state) => state.work?.progress);
  const unit = useAppStore((state) => state.dataset?.preparation?.target?.unit ?? 'unknown');
  if (!model) {
    return (
      <Panel heading={t('model.result.heading')}>
        <EmptyNotice
          icon="model"
          title={t(isTraining ? 'model.training' : 'model.result.none')}
          text={(progress && tellLeader(progress, unit, words)) || t('model.result.noneText')}
          action={isTraining ? null : <OpenModelButton variant="subtle" />}
        />
      </Panel>
    );
  }
  return (
    <Panel heading={t('model.result.heading')} aside={<ModelActions />}>
      <Stack gap="md">
        {model.isStale && (
          <Alert color="amber" icon={<Icon name="warning" />}>
            {t('model.result.stale')}
          </Alert>
        )}
        {model.result ? <Trained model={model} result={model.result} /> : <Opened model={model} />}
        <Group gap="sm">
          <Button
            component="a"
            href={sectionPath('scenarios')}
            rightSection={<Icon name="right" size={16} />}
          >
            {t('model.result.goToScenarios')}
          </Button>
          <Button component="a" href={sectionPath('evaluation')} variant="default">
            {t('model.result.goToEvaluation')}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}

function ModelActions() {
  const { t } = useWords();
  const download = useDownload();
  const exportModel = useAppStore((state) => state.exportModel);
  const closeModel = useAppStore((state) => state.closeModel);
  const isBusy = useAppStore((state) => state.work !== null);
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="download" size={14} />}
        onClick={() => download(exportModel)}
      >
        {t('model.result.download')}
      </Button>
      <ModelExportMenu />
      <Button size="xs" variant="default" disabled={isBusy} onClick={() => void closeModel()}>
        {t('model.result.close')}
      </Button>
    </Group>
  );
}

function Trained({ model, result }: { readonly model: ModelOnShow; readonly result: TrainingResult }) {
  const words = useWords();
  const { t, format } = words;
  const { mae, median, gain } = tellError(result, words);
  const held = tellHeld(result.test, words);
  const announced = tellBesideAnnounced(result, words);
  const seconds = Object.values(result.seconds).reduce((sum, value) => sum + value, 0);
  return (
    <>
      <Box>
        <Text size="lg" fw={650}>
          {t(`terms.model.${model.summary.name}`)}
        </Text>
        <Text size="sm" c="dimmed">
          {tellChoice(result, words)}
        </Text>
      </Box>
      <Group align="flex-end" style={{ columnGap: 'var(--mantine-spacing-xl)', rowGap: 4 }}>
        <Box>
          <Text size="xs" c="dimmed">
            {t('model.result.testMae', { outages: nameJudged(result, words) })}
          </Text>
          <Text fz={34} fw={700} lh={1.15} c="var(--mantine-color-anchor)">
            {mae}{' '}
            <Text span size="sm" fw={500} c="dimmed">
              {tellRange(findScore(result, result.chosen)?.details?.mae, words)}
            </Text>
          </Text>
        </Box>
        {median !== null && (
          <Box>
            <Text size="sm">{t('model.result.against', { median })}</Text>
            {gain !== null && (
              <Text size="sm" fw={650}>
                {gain}
              </Text>
            )}
          </Box>
        )}
      </Group>
      {held !== null && <Text size="sm">{held}</Text>}
      {announced !== null && <Text size="sm">{announced}</Text>}
      {tellWarnings(result, words).map(({ code, text }) => (
        <Alert key={code} color="amber" p="xs" icon={<Icon name="warning" size={16} />}>
          {text}
        </Alert>
      ))}
      <Box>
        <Text size="sm" fw={600} mb={2}>
          {t('model.result.details')}
        </Text>
        <Text size="sm">
          {tellHorizon(result, words)} {tellHorizonPrice(result, words)}
        </Text>
        <Text size="sm">{tellExpected(result, words)}</Text>
        <Text size="sm">{tellScale(result, words)}</Text>
        <Text size="sm">
          {tellRows(result, words)} {tellUnderWayResult(result, words)}
        </Text>
        <Text size="sm" title={result.pastFeatures.join(', ')}>
          {tellFeatures(result, words)}
        </Text>
        <Text size="sm" c="dimmed">
          {t('model.result.time', { time: `${format.number(seconds, 1)}\u00a0s` })}
        </Text>
      </Box>
      <Candidates result={result} />
    </>
  );
}

function Candidates({ result }: { readonly result: TrainingResult }) {
  const words = useWords();
  const { t, format } = words;
  const { unit } = result.target;
  const ranked = [...listFullScores(result)].sort((a, b) => a.test.mae - b.test.mae);
  return (
    <Box>
      <Text size="sm" fw={600} mb={2}>
        {t('model.result.candidates')}
      </Text>
      <WideTable miw={300} verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('evaluation.models.model')}</Table.Th>
            <Table.Th ta="right">
              {withUnit(`${t('terms.metric.mae')}, ${t('evaluation.models.test')}`, unit, words)}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {ranked.map(({ id, name, test }) => (
            <Table.Tr key={id} fw={name === result.chosen ? 700 : 400}>
              <Table.Td>{t(`terms.model.${name}`)}</Table.Td>
              <Table.Td ta="right">{format.fixed(test.mae, 2)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </Box>
  );
}

function Opened({ model }: { readonly model: ModelOnShow }) {
  const words = useWords();
  const { t, count } = words;
  const n = model.summary.nTrainingRows;
  return (
    <Box>
      <Text size="lg" fw={650}>
        {t(`terms.model.${model.summary.name}`)}
      </Text>
      <Text size="sm" c="dimmed">
        {t('model.result.opened', { outages: count('common.outages', n) })}
      </Text>
      <Text size="sm">{tellExpected(model.summary, words)}</Text>
    </Box>
  );
}
