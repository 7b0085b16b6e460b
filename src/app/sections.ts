import type { ComponentType } from 'react';
import type { AppState } from '#store/state.ts';
import type { IconName } from '#ui/icon.tsx';
import type { SectionId } from '#screens/section-path.ts';
import { DataScreen } from '#screens/data/data-screen.tsx';
import { EvaluationScreen } from '#screens/evaluation/evaluation-screen.tsx';
import { QualityScreen } from '#screens/quality/quality-screen.tsx';
import { countToDecide } from '#screens/quality/quality.view.ts';
import { ModelScreen } from '#screens/model/model-screen.tsx';
import { ForecastsScreen } from '#screens/forecasts/forecasts-screen.tsx';
import { OptimiseScreen } from '#screens/optimise/optimise-screen.tsx';
import { ScenariosScreen } from '#screens/scenarios/scenarios-screen.tsx';
import { VersionsSection } from './versions-section.tsx';

export type SectionState = 'todo' | 'ready' | 'working' | 'attention';

export interface Section {
  readonly id: SectionId;
  readonly icon: IconName;
  readonly Screen: ComponentType;
  readonly stateOf: (state: AppState) => SectionState;
}

/** The rail, in work order: a new section is one line here. */
export const sections: readonly [Section, ...Section[]] = [
  { id: 'data', icon: 'data', Screen: DataScreen, stateOf: dataState },
  { id: 'quality', icon: 'quality', Screen: QualityScreen, stateOf: qualityState },
  { id: 'model', icon: 'model', Screen: ModelScreen, stateOf: modelState },
  { id: 'evaluation', icon: 'evaluation', Screen: EvaluationScreen, stateOf: resultState },
  { id: 'scenarios', icon: 'scenarios', Screen: ScenariosScreen, stateOf: resultState },
  { id: 'optimise', icon: 'optimise', Screen: OptimiseScreen, stateOf: planState },
  { id: 'versions', icon: 'versions', Screen: VersionsSection, stateOf: versionsState },
  { id: 'forecasts', icon: 'file', Screen: ForecastsScreen, stateOf: forecastState },
];

export function findSection(id: SectionId): Section {
  return sections.find((section) => section.id === id) ?? sections[0];
}

function dataState({ dataset, work }: AppState): SectionState {
  if (work?.kind === 'reading') return 'working';
  if (!dataset) return 'todo';
  const { summary, preparation } = dataset;
  const needsLook = summary.questions.length > 0 || summary.ledger.rejected > 0 || preparation?.problem;
  return needsLook ? 'attention' : 'ready';
}

function qualityState({ dataset }: AppState): SectionState {
  if (!dataset) return 'todo';
  if (!dataset.findings || dataset.isChecking) return 'working';
  return countToDecide(dataset) > 0 ? 'attention' : 'ready';
}

function modelState({ model, work }: AppState): SectionState {
  if (work?.kind === 'training') return 'working';
  if (!model) return 'todo';
  return model.isStale ? 'attention' : 'ready';
}

function planState({ model, work }: AppState): SectionState {
  if (work?.kind === 'optimising') return 'working';
  return model ? 'ready' : 'todo';
}

function resultState({ model }: AppState): SectionState {
  return model ? 'ready' : 'todo';
}

function forecastState({ forecast, work }: AppState): SectionState {
  if (work?.kind === 'predicting-file') return 'working';
  if (!forecast) return 'todo';
  return forecast.answer && forecast.summary.questions.length === 0 ? 'ready' : 'attention';
}

function versionsState({ versions, work }: AppState): SectionState {
  if (work?.kind === 'comparing') return 'working';
  if (!versions || versions.log.entries.length === 0) return 'todo';
  return versions.broken || versions.others.length > 0 ? 'attention' : 'ready';
}
