import type { ResolvedSettings } from '../contract.ts';
import { defaultTrainingSettings } from '../training-settings.ts';

/** Nothing left to the file: all that is known at the start, judged on outages drawn at random. */
export const atStartSettings: ResolvedSettings = {
  ...defaultTrainingSettings,
  split: { kind: 'random', testShare: 0.2 },
  horizon: { kind: 'start' },
};
