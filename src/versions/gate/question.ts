/** What one model said of the outages of a gate: arrays by outage, in the target's unit. */
export interface GatedModel {
  /** NaN where it says nothing. */
  readonly predicted: Float64Array;
  /** NaN where a level is not claimed; null for a model without intervals. */
  readonly levels: Readonly<Record<GateLevel, Float64Array>> | null;
  /** Whether it was trained on the outage; null where that is not known. */
  readonly learnt: readonly (boolean | null)[];
}

export const gateLevels = ['p10', 'p50', 'p80', 'p90'] as const;
export type GateLevel = (typeof gateLevels)[number];

/** Finished outages, and what champion and challenger said of each. */
export interface GateQuestion {
  readonly unit: string;
  readonly actual: Float64Array;
  readonly old: GatedModel;
  readonly new: GatedModel;
  /** A code an outage, −1 for none; null where the file names no unit. */
  readonly units: Int32Array | null;
  /** A label an outage, null for none; empty where there are no classes. */
  readonly classes: readonly (string | null)[];
  readonly rows: {
    readonly read: number;
    readonly finished: number;
    readonly underWay: number;
    readonly repeated?: number;
  };
  /** Outages that a model was trained on are left out; otherwise the gate refuses as soon as there is one. */
  readonly dropsLearnt: boolean;
  readonly seed: number;
}
