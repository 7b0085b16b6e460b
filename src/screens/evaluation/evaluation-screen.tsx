import { Alert, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { tellFactorAnswers } from '#report/factor-sentences.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { ModelOnShow } from '#store/state.ts';
import { EmptyNotice } from '#ui/empty-notice.tsx';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { tellVerdict, tellSkill } from '#report/model-sentences.ts';
import { tellBesideAnnounced } from '#report/score-sentences.ts';
import { ExportPredictions } from '../export-predictions.tsx';
import { sectionPath } from '../section-path.ts';
import { SecondOpinionPanel } from './second-opinion-panel.tsx';
import { withSecondOpinion } from './second-opinion.view.ts';
import { ClassCoverageChart } from './class-coverage-chart.tsx';
import { CoverageChart } from './coverage-chart.tsx';
import { CoverageTable } from './coverage-table.tsx';
import { DataCurvePanel } from './data-curve-panel.tsx';
import { EffectPanel } from './effect-panel.tsx';
import { GroupErrorChart } from './group-error-chart.tsx';
import { ImportanceTabs } from './importance-tabs.tsx';
import { LearningCurveChart } from './learning-curve-chart.tsx';
import { ModelsTable } from './models-table.tsx';
import { OutageDialog } from './outage-dialog.tsx';
import { ResidualChart } from './residual-chart.tsx';
import { ScatterChart } from './scatter-chart.tsx';
import { coverageOf } from './class-coverage.view.ts';

export function EvaluationScreen() {
  const { t } = useWords();
  const model = useAppStore((state) => state.model);
  if (!model) {
    return (
      <Panel>
        <EmptyNotice
          icon="evaluation"
          title={t('evaluation.needsModel')}
          action={
            <Button component="a" href={sectionPath('model')}>
              {t('evaluation.goToModel')}
            </Button>
          }
        />
      </Panel>
    );
  }
  if (!model.result) return <Unjudged model={model} />;
  return (
    <>
      <Judged result={model.result} />
      <OutageDialog model={model} result={model.result} />
    </>
  );
}

function Judged({ result }: { readonly result: TrainingResult }) {
  const words = useWords();
  const { t } = words;
  const verdict = tellVerdict(result, words);
  const skill = tellBesideAnnounced(result, words) ?? tellSkill(result, words);
  const coverage = coverageOf(result);
  const { unit } = result.target;
  const secondOpinion = useAppStore((state) => state.secondOpinion);
  return (
    <Stack gap="md">
      <Panel heading={t('evaluation.heading')} aside={<ExportPredictions />}>
        <Text size="md" fw={500} maw={860}>
          {verdict.sentence}
        </Text>
        {skill !== null && (
          <Text size="md" fw={500} maw={860} mt={4}>
            {skill}
          </Text>
        )}
        <Text size="sm" c="dimmed" mt={4}>
          {verdict.bias} {verdict.split}
        </Text>
      </Panel>
      <ModelsTable result={withSecondOpinion(result, secondOpinion)} />
      <SecondOpinionPanel result={result} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" className="print-one-column">
        <Stack gap="md">
          <ScatterChart result={result} />
          <ResidualChart result={result} />
          <GroupErrorChart result={result} />
          <DataCurvePanel result={result} />
        </Stack>
        <Stack gap="md">
          {coverage && <CoverageChart report={coverage} />}
          {coverage && coverage.classes.length > 0 && <ClassCoverageChart report={coverage} />}
          <ImportanceTabs result={result} />
          <EffectPanel key={result.modelId} result={result} />
          <LearningCurveChart result={result} />
        </Stack>
      </SimpleGrid>
      {coverage && <CoverageTable report={coverage} unit={unit} />}
    </Stack>
  );
}

/** A model opened from a file: judged only when asked, on the data that are open. */
function Unjudged({ model }: { readonly model: ModelOnShow }) {
  const words = useWords();
  const { t, format, count } = words;
  const evaluation = useAppStore((state) => state.evaluation);
  const hasData = useAppStore((state) => state.dataset !== null);
  const isBusy = useAppStore((state) => state.work !== null);
  const evaluate = useAppStore((state) => state.evaluate);
  const { unit } = model.summary.target;
  return (
    <Panel heading={t('evaluation.heading')} aside={<ExportPredictions />}>
      <Stack gap="md" align="flex-start">
        <Text size="sm">{t('evaluation.opened.text')}</Text>
        <Group>
          <Button disabled={!hasData || isBusy} onClick={() => void evaluate()}>
            {t('evaluation.opened.action')}
          </Button>
          {!hasData && (
            <Button component="a" href={sectionPath('data')} variant="default">
              {t('model.goToData')}
            </Button>
          )}
        </Group>
        {evaluation && (
          <Alert icon={<Icon name="evaluation" />} w="100%">
            {t('evaluation.opened.result', {
              outages: count('common.outages', evaluation.rows.kept),
              mae: format.duration(evaluation.mae, unit, 2),
              rmse: format.duration(evaluation.rmse, unit, 2),
              r2: format.fixed(evaluation.r2, 2),
              bias: format.durationChange(evaluation.bias, unit),
            })}
            {evaluation.factors && ` ${tellFactorAnswers(evaluation.factors, words).join(' ')}`}
          </Alert>
        )}
      </Stack>
    </Panel>
  );
}
