import { Alert, Button, Stack, Text } from '@mantine/core';
import { describeError } from '#language/error-words.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { DatasetState } from '#store/state.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { DirectionChoice } from './direction-choice.tsx';
import { HorizonChoice } from './horizon-choice.tsx';
import { countLearntColumns, viewBasis } from './model.view.ts';
import { SplitChoice } from './split-choice.tsx';

/** One big button, and how the outages that judge the model are chosen. */
export function TrainPanel({ dataset }: { readonly dataset: DatasetState }) {
  const { t, pair, count } = useWords();
  const work = useAppStore((state) => state.work);
  const hasModel = useAppStore((state) => state.model !== null);
  const train = useAppStore((state) => state.train);
  const { preparation } = dataset;
  const problem = preparation?.problem ?? null;
  const isTraining = work?.kind === 'training';
  const settings = useAppStore((state) => state.settings);
  const basis = viewBasis(settings, preparation);
  const words = problem && describeError(t, problem.code, problem.details);
  return (
    <Panel heading={t('model.heading')} description={t('model.lead')}>
      <Stack gap="md">
        {preparation?.target && (
          <Text size="sm" fw={600}>
            {t('model.learnsFrom', {
              target: preparation.target.name,
              features: count('common.columns', countLearntColumns(preparation, basis)),
              outages: count('common.outages', preparation.nKept),
            })}
          </Text>
        )}
        {words && (
          <Alert color="amber" icon={<Icon name="warning" />} title={pair(t('model.blocked'), words.what)}>
            {words.todo}
          </Alert>
        )}
        <Button
          size="lg"
          fullWidth
          leftSection={<Icon name="play" size={18} />}
          disabled={work !== null || problem !== null || preparation === null}
          onClick={() => void train()}
        >
          {isTraining ? t('model.training') : t(hasModel ? 'model.trainAgain' : 'model.train')}
        </Button>
        <HorizonChoice preparation={preparation} basis={basis} />
        <SplitChoice preparation={preparation} basis={basis} />
        <DirectionChoice dataset={dataset} />
      </Stack>
    </Panel>
  );
}
