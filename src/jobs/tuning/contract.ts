import type { LearningRequest } from '#training/contract.ts';
import type { Study, StudyResult, Trial } from '#tuning/contract.ts';
import type { CorrectedError } from '#tuning/corrected-error.ts';
import type { Method } from '#tuning/proposer.ts';
import type { TunedSettings } from '#tuning/settings-space.ts';
import type { TrialEvent } from '#tuning/trial-log.ts';

/** What is searched, in which data. */
export interface StudyRequest extends LearningRequest {
  readonly method: Method;
  /** The grid of the product's first script. */
  readonly preset: 'reference' | null;
  /** Dimensions by name, narrowed or added (`narrowSpace`). */
  readonly space: Readonly<Record<string, unknown>> | null;
  readonly nTrials: number;
  readonly minutes: number | null;
  /** Searches of these data that have looked at the test outages already. */
  readonly nEarlierLooks?: number;
}

export interface TuneRequest extends StudyRequest {
  readonly datasetId: string;
  /** What was kept of the same study, to go on with. */
  readonly events: readonly TrialEvent[];
}

export interface TunedTrial extends Trial {
  readonly settings: TunedSettings;
}

export interface TuneResult extends Pick<StudyResult, 'chosen' | 'importance' | 'stopReason' | 'gain'> {
  readonly method: Method;
  readonly target: { readonly name: string; readonly unit: string };
  readonly space: Study['space'];
  readonly nFolds: number;
  /** Outages that the search was judged on, and that learnt. */
  readonly nRows: number;
  readonly trials: readonly TunedTrial[];
  readonly default: TunedTrial;
  readonly best: TunedTrial;
  /** Standard errors of their mean absolute errors over outages. */
  readonly corrected: CorrectedError;
  /** Both on outages that no trial saw, looked at once, after the choice. */
  readonly outer: {
    readonly n: number;
    readonly default: number;
    readonly best: number;
    /** Times they had been looked at before, by searches on these data. */
    readonly nEarlierLooks: number;
  };
  readonly seconds: number;
}
