import type { Instant } from '#base/instant.ts';
import type { Registry } from '#registry/registry.ts';
import type { JobRunner } from '#worker/client/job-runner.ts';
import type { Preferences } from './preferences.ts';

/** What the store works with; a test gives its own. */
export interface Services {
  /** Reads, prepares and trains. */
  readonly trainingWorker: JobRunner;
  /** Answers what-if questions, also while the other trains. */
  readonly predictionWorker: JobRunner;
  /** Fits the neural secondOpinion: started for that alone, and ended after it. */
  readonly secondOpinion: JobRunner;
  /** `onEnd` is called when this tab can no longer save. */
  readonly openRegistry: (onEnd: (reason: 'superseded' | 'lost') => void) => Promise<Registry>;
  readonly preferences: Preferences;
  readonly createId: () => string;
  readonly today: () => Instant;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}
