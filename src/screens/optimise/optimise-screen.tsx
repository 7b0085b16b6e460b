import { Flex, Stack } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useEffect } from 'react';
import type { LeverSpec, PlanningSettings } from '#planning/contract.ts';
import type { ModelOnShow, Scenario } from '#store/state.ts';
import { isTrainingData } from '#store/training-data.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';
import { NeedsNotice } from '../needs-notice.tsx';
import { UndoButtons } from '../undo-buttons.tsx';
import { GoalPanel } from './goal-panel.tsx';
import { LeverTable } from './lever-table.tsx';
import { createPlanningSettings, freezeDoubted } from './optimise.view.ts';
import { PlanAnswerPanel } from './plan-answer-panel.tsx';

export function OptimiseScreen() {
  const { t } = useWords();
  const model = useAppStore((state) => state.model);
  const scenario = useAppStore((state) => state.scenario);
  if (!model || !scenario) {
    return <NeedsNotice icon="optimise" title={t('optimise.needsModel')} section="model" />;
  }
  return <Planning model={model} scenario={scenario} />;
}

function Planning({ model, scenario }: { readonly model: ModelOnShow; readonly scenario: Scenario }) {
  const { t } = useWords();
  const kept = useAppStore((state) => state.planSettings);
  const setKept = useAppStore((state) => state.setPlanSettings);
  const found = useAppStore((state) => state.foundPlan);
  const optimise = useAppStore((state) => state.optimise);
  const judged = useAppStore((state) => state.judgedLevers);
  const judgeLevers = useAppStore((state) => state.judgeLevers);
  const isOfData = useAppStore(isTrainingData);
  const isIdle = useAppStore(({ work }) => work === null);
  const isBusy = useAppStore(({ work }) => work?.kind === 'optimising');
  const { features, target } = model.summary;
  const all = kept ?? createPlanningSettings(features);
  // Levers of a model before, whose columns this one has not, are neither shown nor asked about.
  const names = new Set(features.map(({ name }) => name));
  const settings = { ...all, levers: all.levers.filter(({ column }) => names.has(column)) };
  // Other than its costs, what is asked of a lever may change what is thought of it.
  const asked = JSON.stringify(
    settings.levers.map(({ column, min, max, expected }) => ({ column, min, max, expected })),
  );
  useEffect(() => {
    if (isOfData && isIdle) void judgeLevers(JSON.parse(asked) as LeverSpec[]);
  }, [judgeLevers, asked, isOfData, isIdle]);
  const doubts = judged?.modelId === model.id ? judged.levers : [];
  const change = (changes: Partial<PlanningSettings>) => setKept({ ...settings, ...changes });
  return (
    <Stack gap="md">
      <Panel heading={t('optimise.heading')} description={t('optimise.lead')} aside={<UndoButtons />}>
        <LeverTable
          levers={settings.levers}
          features={features}
          cells={scenario.cells}
          judged={doubts}
          unit={target.unit}
          bounds={found?.cells === scenario.cells ? found.answer.support.bounds : []}
          onChange={(levers) => change({ levers })}
        />
      </Panel>
      <Flex gap="md" align="flex-start" direction={{ base: 'column', lg: 'row' }}>
        <Stack w={{ base: '100%', lg: 380 }} style={{ flex: 'none' }}>
          <GoalPanel
            settings={{ ...settings, levers: freezeDoubted(settings.levers, doubts) }}
            hasStart={features.some(({ role }) => role === 'start')}
            unit={target.unit}
            isBusy={isBusy}
            onChange={change}
            onEnd={(end) => {
              const { end: _, ...others } = settings;
              setKept(end === null ? others : { ...others, end });
            }}
            onAsk={() => void optimise({ ...settings, levers: freezeDoubted(settings.levers, doubts) })}
          />
        </Stack>
        {found?.modelId === model.id && (
          <Stack flex={1} miw={0} w="100%">
            <PlanAnswerPanel found={found} model={model} />
          </Stack>
        )}
      </Flex>
    </Stack>
  );
}
