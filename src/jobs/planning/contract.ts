import type { Instant } from '#base/instant.ts';
import type { FileRow } from '#data/row-index.ts';
import type { CellRow } from '#data/cell.ts';
import type { CampaignCosts, FoundSchedule } from '#planning/campaign/contract.ts';
import type { CompareRequest, ScenarioDifferences } from '#planning/doubt/contract.ts';
import type { LeverSpec, PlanAnswer, PlanRequest } from '#planning/contract.ts';
import type { LeverDoubt, LeverEvidence } from '#planning/evidence.ts';
import type { Optimism } from '#planning/optimism.ts';

/** The present case: its cells, or a row of the open data. */
export type PlanSubject = { readonly cells: CellRow } | { readonly row: FileRow };

export interface OptimiseRequest extends Omit<PlanRequest, 'cells'> {
  readonly modelId: string;
  /** Where the data of the case, or of the model, are open. */
  readonly datasetId?: string;
  readonly subject: PlanSubject;
  readonly today: Instant;
  /** Also says how optimistic the plan is, and what outages alike say of the levers: some ten fits a lever. */
  readonly wantsDoubt: boolean;
}

export interface JudgeLeversRequest {
  readonly modelId: string;
  readonly datasetId: string;
  readonly levers: readonly LeverSpec[];
  /** The present case. */
  readonly cells: CellRow;
  readonly today: Instant;
}

/** What outages alike say of a lever, and why its effect looks like selection; null where nothing speaks against it. */
export interface JudgedLever extends LeverEvidence {
  readonly doubt: LeverDoubt | null;
}

export interface OptimiseAnswer extends PlanAnswer {
  /** Null where the open data are not those of the training. */
  readonly optimism: Optimism | null;
  /** Levers of numbers by the outages of the training; empty where the open data are others. */
  readonly evidence: readonly JudgedLever[];
  /** Columns that the answer had to do without, by a fit that never saw them. */
  readonly without: readonly string[];
}

export interface CompareScenariosRequest extends Omit<CompareRequest, 'cases'> {
  readonly modelId: string;
  /** The scenarios, or the open file of which each row is one. */
  readonly cases: readonly CellRow[] | { readonly datasetId: string };
}

export interface ScenarioComparison extends ScenarioDifferences {
  /** Of a file with a column that the model does not know: what stands there, the first such column's. */
  readonly names: readonly (string | null)[];
}

export interface CampaignRequest {
  readonly modelId: string;
  /** The outages to come, a row each. */
  readonly datasetId: string;
  /** Columns of the file; null where the roles of the training tell: the first lever of whole numbers, the start. */
  readonly crew: string | null;
  readonly site: string | null;
  readonly earliest: string | null;
  readonly deadline: string | null;
  /** Of the people of one outage, where these can be chosen; null: what was seen of its class. */
  readonly crewMin: number | null;
  readonly crewMax: number | null;
  readonly limit: number | null;
  readonly siteLimits: readonly (readonly [site: string, limit: number])[];
  readonly costs: CampaignCosts;
  /** What outages are planned to take. */
  readonly level: 'p50' | 'p80';
  /** How far the luck of outages of one site goes together, in [0, 1]. */
  readonly link: number;
}

/** One outage of the campaign, its days as instants. */
export interface PlacedOutage {
  readonly row: FileRow;
  /** Its unit, or what else names it; null: nothing does. */
  readonly name: string | null;
  readonly site: string | null;
  readonly earliest: Instant;
  readonly start: Instant;
  readonly end: Instant;
  /** By the P80, where less is planned with. */
  readonly endP80: Instant;
  readonly crew: number;
  readonly p50: number;
  readonly p80: number;
  /** Days past its deadline; null without one. */
  readonly late: number | null;
  readonly cost: number;
}

export interface CampaignAnswer {
  readonly status: FoundSchedule['status'];
  readonly crewColumn: string;
  readonly cost: number;
  readonly bound: number;
  readonly gap: number;
  readonly outages: readonly PlacedOutage[];
  /** Rows that could not be placed, and why. */
  readonly leftOut: readonly {
    readonly row: FileRow;
    readonly why: 'no-start' | 'no-crew' | 'no-level';
  }[];
  readonly end: Instant;
  readonly risk: {
    readonly endP50: Instant;
    readonly endP80: Instant;
    readonly overLimit: number;
    readonly link: number;
  };
  /** What the campaign costs less with one more person in all, and more with one fewer; null where that is not known. */
  readonly onePerson: { readonly more: number | null; readonly fewer: number | null };
  /** People at work from a day on, until the next; the last with none. */
  readonly crewCurve: readonly { readonly day: Instant; readonly crew: number }[];
  readonly seconds: number;
}
