/** A way to carry an outage out: with so many people it takes so long. */
export interface OutageMode {
  readonly crew: number;
  /** Whole days that it holds its people, by the level that is planned with. */
  readonly days: number;
  /** In the target's unit. */
  readonly p50: number;
  readonly p80: number;
}

/** An outage to be given a start and a mode. Days are counted from the campaign's first. */
export interface CampaignOutage {
  readonly site: string | null;
  readonly earliest: number;
  /** The day to be over by; null: none. */
  readonly deadline: number | null;
  /** The start that was announced; null: none. */
  readonly announced: number | null;
  /** From the fewest people to the most, each shorter than the one before. */
  readonly modes: readonly OutageMode[];
}

/** What a day costs of an outage, of waiting beyond the earliest start, of being late, of a start moved; and a person's day. */
export interface CampaignCosts {
  readonly day: number;
  readonly person: number;
  readonly wait: number;
  readonly late: number;
  readonly move: number;
}

/** People that there are, in all and by site. */
export interface CrewLimits {
  readonly all: number | null;
  readonly sites: ReadonlyMap<string, number>;
}

export interface CampaignProblem {
  readonly outages: readonly CampaignOutage[];
  readonly limits: CrewLimits;
  readonly costs: CampaignCosts;
}

/** One entry an outage: its start, and the place of its mode. */
export interface Schedule {
  readonly starts: readonly number[];
  readonly modes: readonly number[];
  readonly cost: number;
}

export interface FoundSchedule extends Schedule {
  /** In which the outages were given their people. */
  readonly order: readonly number[];
  /** No schedule costs less. */
  readonly bound: number;
  /** `optimal`: the bound is reached, or every order and mode was tried. */
  readonly status: 'optimal' | 'gap';
}
