import type { Instant } from '#base/instant.ts';
import type { TestPredictions } from '#training/contract.ts';

export interface CompareModelsRequest {
  /** The file, as the champion reads it. */
  readonly datasetId: string;
  /** The same file as the challenger reads it, where that is another reading. Absent: the same. */
  readonly newDatasetId?: string;
  readonly oldModelId: string;
  readonly newModelId: string;
  /**
   * What fits without these outages said of them, where the models themselves have learnt the file: of a challenger that was just
   * trained on it; of both, where both were, which then compares recipes.
   */
  readonly oldTest?: TestPredictions;
  readonly newTest?: TestPredictions;
  /** The present: an outage that ends later is not over. */
  readonly today: Instant;
  readonly seed: number;
  /** Leave out the outages that a model was trained on; otherwise one of them is enough to refuse. */
  readonly dropsLearnt: boolean;
}
