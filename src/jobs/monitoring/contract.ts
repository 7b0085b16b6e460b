import type { Instant } from '#base/instant.ts';
import type { LedgerEvent, OutcomeFile } from '#monitoring/contract.ts';
import type { MatchOptions } from '#monitoring/outcome-match.ts';
import type { TrainRequest } from '#training/contract.ts';

/** Events of a ledger, as a store or a file holds them: checked wherever they are taken in. */
type KeptEvents = readonly LedgerEvent[];

export interface AnnounceRequest {
  readonly datasetId: string;
  readonly modelId: string;
  readonly ledger: KeptEvents;
  readonly at: Instant;
  readonly today: Instant;
}

/** A case of the form, announced. */
export interface AnnounceCaseRequest {
  readonly modelId: string;
  readonly ledger: KeptEvents;
  readonly at: Instant;
  readonly cells: readonly (number | string | null)[];
  readonly identifier: string | null;
  readonly scenario: string | null;
}

/** What an announcing adds to a ledger, and what became of the other rows. */
export interface Announced {
  readonly events: KeptEvents;
  readonly nAnnounced: number;
  /** Said before, word for word. */
  readonly nAlready: number;
  /** Outages that the model has learnt: nothing is foretold of them. */
  readonly nLearnt: number;
  /** Without anything to be told by: no identifier, no start. */
  readonly nUntold: number;
  /** Without any level: they are announced, and nothing of them can be judged. */
  readonly nRefused: number;
}

export interface ReadOutcomesRequest {
  readonly datasetId: string;
  readonly ledger: KeptEvents;
  readonly today: Instant;
  /** The day up to which the file tells; absent: the latest start or end in it. */
  readonly asOf?: Instant;
}

export interface FollowRequest {
  readonly ledger: KeptEvents;
  readonly matching?: MatchOptions;
  readonly model?: string;
}

/** A past file as a ledger: learnt up to a day, what came after announced with what was known then. */
export interface ReplayLedgerRequest extends TrainRequest {
  readonly trainTo: Instant;
}

export interface ReplayedLedger {
  readonly events: KeptEvents;
  readonly outcomes: OutcomeFile;
  readonly nTraining: number;
  readonly nAnnounced: number;
  readonly nUntold: number;
  readonly modelText: string;
}
