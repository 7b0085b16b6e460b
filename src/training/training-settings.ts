import { type PresetName, presets } from '#models/hyperparameters.ts';
import type { TrainingSettings } from './contract.ts';

/** What training does when nothing was touched. */
export const defaultTrainingSettings: TrainingSettings = {
  seed: 1,
  folds: 5,
  repeats: 1,
  split: { kind: 'auto', testShare: 0.2 },
  horizon: { kind: 'auto' },
  usesPast: true,
  preset: 'default',
  ...presets.default,
};

/** The settings with a preset's model; the split, folds and seed stay. */
export function withPreset(settings: TrainingSettings, preset: PresetName): TrainingSettings {
  const { forest: _, ...others } = settings;
  return { ...others, preset, ...presets[preset] };
}
