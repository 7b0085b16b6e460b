import type { KeyRing } from './keys.ts';
import type { Capture } from './capture.ts';
import type { Log } from './log.ts';
import type { ServiceMetrics } from './metrics.ts';
import type { ModelSlots } from './model-slots.ts';
import type { ServedModel } from './served-model.ts';

/** How a reload ended. */
export type ReloadResult = 'swapped' | 'same' | 'refused' | 'absent';

/** All that routes answer from; no HTTP. */
export interface Service {
  readonly slots: ModelSlots;
  readonly metrics: ServiceMetrics;
  readonly log: Log;
  readonly capture: Capture;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Answers are refused before the first model was verified, and probes once the end is near. */
  readonly isReady: () => boolean;
  readonly isDraining: () => boolean;
  /** Looks for a newer model at once. */
  readonly reload: () => Promise<ReloadResult>;
  /** Null where one model is served. */
  readonly library: ModelLibrary | null;
  /** Null: whoever reaches the port may ask. */
  readonly keys: () => KeyRing | null;
  readonly settings: ServiceSettings;
  /** The page of the app; null where there is none. */
  readonly page: string | null;
}

export interface ServiceSettings {
  readonly maxBodyBytes: number;
  /** Of requests without `Accept`; null: the type of the request. */
  readonly defaultAccept: string | null;
  readonly batchStrategy: 'SINGLE_RECORD' | 'MULTI_RECORD';
  readonly maxConcurrentTransforms: number;
  /** An optimisation ends after so many seconds with what it has. */
  readonly maxOptimiseSeconds: number;
}

/** Models that are opened and closed while the service runs (SageMaker's multi-model endpoints). */
export interface ModelLibrary {
  /** Throws 400 for a place outside of the library, 507 where no more fit. */
  readonly open: (name: string, url: string) => Promise<ServedModel>;
  readonly urlOf: (name: string) => string;
  readonly close: (name: string) => void;
}
