import { Stack, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { DatasetState } from '#store/state.ts';
import { ColumnsPanel } from './columns-panel.tsx';
import { FactorsPanel } from './factors-panel.tsx';
import { FileHeader } from './file-header.tsx';
import { ReadingNotesPanel } from './reading-notes-panel.tsx';
import { ReadingPanel } from './reading-panel.tsx';
import { RememberedNotice } from './remembered-notice.tsx';
import { TablePanel } from './table-panel.tsx';
import { TargetPanel } from './target-panel.tsx';
import { Welcome } from './welcome.tsx';

export function DataScreen() {
  const dataset = useAppStore((state) => state.dataset);
  return dataset ? <OpenData dataset={dataset} key={dataset.name} /> : <Welcome />;
}

type Tab = 'columns' | 'reading' | 'table' | 'factors';

function OpenData({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useWords();
  const [tab, setTab] = useState<Tab>(dataset.summary.questions.length > 0 ? 'reading' : 'columns');
  const hasFactors = dataset.factors !== null;
  const [hadFactors, setHadFactors] = useState(hasFactors);
  // What was just joined is shown, wherever it was dropped.
  if (hasFactors !== hadFactors) {
    setHadFactors(hasFactors);
    if (hasFactors) setTab('factors');
  }
  return (
    <Stack gap="md">
      <FileHeader dataset={dataset} onShowReading={() => setTab('reading')} />
      {dataset.remembered && <RememberedNotice {...dataset.remembered} />}
      <TargetPanel dataset={dataset} />
      <ReadingNotesPanel dataset={dataset} />
      <Tabs value={tab} onChange={(next) => setTab((next ?? 'columns') as Tab)} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="columns">{t('data.tab.columns')}</Tabs.Tab>
          <Tabs.Tab value="reading">{t('data.tab.reading')}</Tabs.Tab>
          <Tabs.Tab value="table">{t('data.tab.table')}</Tabs.Tab>
          <Tabs.Tab value="factors">{t('factors.heading')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="columns">
          <ColumnsPanel dataset={dataset} />
        </Tabs.Panel>
        <Tabs.Panel value="reading">
          <ReadingPanel dataset={dataset} />
        </Tabs.Panel>
        <Tabs.Panel value="table">
          <TablePanel dataset={dataset} />
        </Tabs.Panel>
        <Tabs.Panel value="factors">
          <FactorsPanel dataset={dataset} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
