import { Button, Stack, Tabs, Text } from '@mantine/core';
import type { TrainingResult } from '#jobs/training.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';
import { ImportanceChart } from './importance-chart.tsx';
import { SharesChart } from './shares-chart.tsx';

/** Two answers to "what counts", never on one axis: what a column is worth, and what the model does with it. */
export function ImportanceTabs({ result }: { readonly result: TrainingResult }) {
  const { t } = useWords();
  const shares = useAppStore(({ insights, model }) =>
    insights !== null && insights.modelId === model?.id ? insights.shares : null,
  );
  const canAsk = useAppStore(({ dataset, work }) => dataset !== null && work === null);
  const measureShares = useAppStore((state) => state.measureShares);
  return (
    <Tabs defaultValue="permutation" keepMounted={false}>
      <Tabs.List mb="xs">
        <Tabs.Tab value="permutation">{t('evaluation.importance.tab')}</Tabs.Tab>
        <Tabs.Tab value="shap">{t('evaluation.shares.tab')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="permutation">
        <ImportanceChart result={result} />
      </Tabs.Panel>
      <Tabs.Panel value="shap">
        {shares ? (
          <SharesChart shares={shares} unit={result.target.unit} />
        ) : (
          <Panel heading={t('evaluation.shares.title')}>
            <Stack align="flex-start" gap="sm">
              <Text size="sm" c="dimmed">
                {t('evaluation.shares.caption')}
              </Text>
              <Button variant="light" disabled={!canAsk} onClick={() => void measureShares()}>
                {t('evaluation.shares.action')}
              </Button>
            </Stack>
          </Panel>
        )}
      </Tabs.Panel>
    </Tabs>
  );
}
