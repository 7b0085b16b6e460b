import { Tabs } from '@mantine/core';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { ImportanceChart } from './importance-chart.tsx';
import { ContributionsPanel } from './contributions-panel.tsx';

/** Two answers to "what counts", never on one axis: what a column is worth, and what the model does with it. */
export function ImportanceTabs({ result }: { readonly result: TrainingResult }) {
  const { t } = useWords();
  return (
    <Tabs defaultValue="permutation" keepMounted={false}>
      <Tabs.List mb="xs" className="no-print">
        <Tabs.Tab value="permutation">{t('evaluation.importance.tab')}</Tabs.Tab>
        <Tabs.Tab value="shap">{t('evaluation.contributions.tab')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="permutation">
        <ImportanceChart result={result} />
      </Tabs.Panel>
      <Tabs.Panel value="shap">
        <ContributionsPanel result={result} />
      </Tabs.Panel>
    </Tabs>
  );
}
