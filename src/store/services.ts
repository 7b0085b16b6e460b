import type { Instant } from '#base/instant.ts';
import type { WorkerName } from '#jobs/job-table.ts';
import type { Registry, RegistryEvents } from '#registry/registry.ts';
import type { JobRunner } from '#worker/client/job-runner.ts';
import type { Preferences } from './preferences.ts';
import type { TrainingNotes } from './training-notes.ts';

/** What the store works with; a test gives its own. */
export interface Services {
  /**
   * `training` reads, prepares and trains; `prediction` answers what-if questions, also while the other trains;
   * `opening` looks at a model file from elsewhere, and is ended after it; `second-opinion` fits the neural network: started for that alone, and ended after it.
   */
  readonly workers: Readonly<Record<WorkerName, JobRunner>>;
  readonly openRegistry: (events: RegistryEvents) => Promise<Registry>;
  readonly preferences: Preferences;
  readonly trainingNotes: TrainingNotes;
  readonly createId: () => string;
  readonly today: () => Instant;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}
