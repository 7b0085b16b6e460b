import type { Instant } from '#base/instant.ts';
import type { GateReport } from './gate/contract.ts';

/** SHA-256 as 64 hexadecimal digits. */
export type Sha256 = string;

/** Who acts, as that person typed the name, when, and why. */
export interface Signature {
  readonly by: string;
  /** Told to people; nothing is ordered by it. */
  readonly at: Instant;
  /** At least `MIN_REASON` characters, spaces around it not counted. */
  readonly reason: string;
}

export const MIN_REASON = 10;

/** What is known of a version beside its bytes, written down once, when it is submitted. */
export interface VersionFacts {
  /** Of the model file's content: the hash that predictions and notes bear. */
  readonly model: Sha256;
  /** Name of the model's kind. */
  readonly name: string;
  readonly target: { readonly name: string; readonly unit: string };
  readonly nTrainingRows: number;
  /** Of the outages it was trained on, whatever file they came in; null for a model file that does not keep them. */
  readonly data: Sha256 | null;
  readonly nBytes: number;
  readonly seed: number;
  /** The version of the program that trained it; null where that is not known. */
  readonly app: string | null;
  /** Settings of the training, as it was asked for; null for a model that came as a file. */
  readonly settings: unknown;
  /** On test outages it had no part in, in the target's unit; null where there were none. */
  readonly figures: { readonly n: number; readonly mae: number; readonly rmse: number } | null;
}

/** What happens to versions. The opposite of an action is an action too: none is ever taken out of the log. */
export type VersionAction =
  | { readonly kind: 'submit'; readonly version: Sha256; readonly facts: VersionFacts }
  /** The gate compared it with the champion of that moment; the hash of this entry names the gate. */
  | {
      readonly kind: 'judge';
      readonly version: Sha256;
      readonly against: Sha256;
      readonly report: GateReport;
    }
  /** `isForced`: against the gate's verdict, or without one. */
  | {
      readonly kind: 'promote';
      readonly version: Sha256;
      readonly gate: Sha256 | null;
      readonly isForced: boolean;
    }
  | { readonly kind: 'refuse'; readonly version: Sha256; readonly gate: Sha256 | null }
  | { readonly kind: 'roll-back'; readonly version: Sha256 }
  /** Its bytes go; its number and all that was said of it stay. */
  | { readonly kind: 'discard'; readonly version: Sha256 };

export interface LogEntry extends Signature {
  /** From 1, without a gap. */
  readonly n: number;
  readonly action: VersionAction;
  /** Hash of the entry before; null for the first. */
  readonly previous: Sha256 | null;
  /** Of all the rest. */
  readonly hash: Sha256;
}

export type VersionStanding = 'candidate' | 'challenger' | 'champion' | 'former' | 'discarded';

/** A version as the log tells of it. */
export interface VersionRecord {
  readonly id: Sha256;
  /** From 1, in the order of submission; never used again. */
  readonly number: number;
  readonly standing: VersionStanding;
  readonly facts: VersionFacts;
  /** Number of the entry that submitted it. */
  readonly submitted: number;
  /** Was champion once: readable for ever. */
  readonly wasPromoted: boolean;
  /** The last gate it went through, named by its entry, and against whom. */
  readonly gate: { readonly id: Sha256; readonly against: Sha256; readonly report: GateReport } | null;
}

/** All that follows from a log: derived, never kept. */
export interface VersionState {
  readonly champion: Sha256 | null;
  /** By number. */
  readonly versions: readonly VersionRecord[];
}

/** A log whose chain holds and whose actions were allowed. */
export interface CheckedLog {
  readonly entries: readonly LogEntry[];
  /** Hash of the last entry. */
  readonly head: Sha256 | null;
  readonly state: VersionState;
}
