import type { CalendarPart } from '#data/calendar-columns.ts';
import type { CellRow } from '#data/cell.ts';
import type { ElapsedWriting } from '#data/elapsed-columns.ts';
import type { Climatology } from '#data/factors/climatology.ts';
import type { FactorPlan } from '#data/factors/factor-plan.ts';
import type { Instant } from '#base/instant.ts';
import type { Horizon } from '#data/known-when.ts';
import type { KeptReading } from '#data/csv/dialect.ts';
import type { DurationUnit } from '#data/outages.ts';
import type { ColumnRole, ExpectedColumn } from '#data/roles.ts';
import type { FileRow } from '#data/row-index.ts';
import type { ProbabilityAtMost } from '#evaluation/intervals/duration-curve.ts';
import type { PredictionInterval } from '#evaluation/intervals/prediction-interval.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import type { TargetScale } from '#models/target-scale.ts';

/** One column a case must hold, with what a form needs to ask for it. */
export type FormFeature = NumberFormFeature | CategoryFormFeature | DateFormFeature;

interface FormFeatureBase {
  /** The column of the file. */
  readonly name: string;
  readonly role: ColumnRole;
  /** The value of the training outage most like the others. */
  readonly typical: number | string | null;
  /** The model also looks at the past outages of what it names: what counts for this column is that as well. */
  readonly hasPast?: boolean;
  /** A person has to give it, and knows it only when the outage begins. */
  readonly isKnownAtStart?: boolean;
}

export interface NumberFormFeature extends FormFeatureBase {
  readonly type: 'number';
  readonly min: number;
  readonly p5: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  /** Every training value is a whole number. */
  readonly isInteger: boolean;
  /** It only counts the time up to a date; absent where it says something of its own. */
  readonly elapsed?: ElapsedInput;
  /** It is a joined value of a second file, or what stands for it; absent where it is neither. */
  readonly joined?: JoinedInput;
}

/** What a joined value usually is, by the start and the label of other features. */
export interface JoinedInput {
  /** The second file of the training. */
  readonly file: string;
  /** Positions; without a key there is one series for all. */
  readonly date: number;
  readonly leader: number | null;
  /** How long before the start it must be known. */
  readonly leadDays: number;
  /** Of this value alone. */
  readonly climatology: Climatology;
}

/** How a count of time follows from other features, by position. */
export interface ElapsedInput extends ElapsedWriting {
  readonly date: number;
  /** A date, or the instant that goes with each label of a category. */
  readonly since:
    | { readonly date: number }
    | { readonly leader: number; readonly instants: readonly (readonly [label: string, instant: Instant])[] };
}

export interface DateFormFeature extends FormFeatureBase {
  readonly type: 'date';
  /** Earliest and latest of training, in milliseconds since 1970. */
  readonly min: number;
  readonly max: number;
  /** The features that repeat a part of it, by position. */
  readonly determines: readonly DeterminedPart[];
}

export interface DeterminedPart {
  readonly feature: number;
  readonly part: CalendarPart;
  readonly shift: number;
}

export interface CategoryFormFeature extends FormFeatureBase {
  readonly type: 'category';
  /** In order of frequency. */
  readonly categories: readonly string[];
  /** The features it determines, by position, with their cell for each of its labels: a unit's site and power. */
  readonly determines: readonly DeterminedInput[];
  /** What usually goes with each label of a class in features that nothing determines. Absent: not known. */
  readonly suggests?: readonly DeterminedInput[];
  /** When the next outage of each unit is due by its usual gap. Absent for what is no unit, or has no past. */
  readonly due?: readonly (readonly [label: string, instant: Instant])[];
}

export interface DeterminedInput {
  readonly feature: number;
  readonly cells: readonly (readonly [label: string, cell: number | string])[];
}

/** What a person should know about one cell of a case. */
export interface CaseNote {
  /** Position in the model's form features. */
  readonly feature: number;
  readonly code: 'below-training-range' | 'above-training-range' | 'unknown-category' | 'missing';
}

/** What a unit, or a class, really did: the bare facts beside an answer. In the target's unit. */
export interface PastFacts {
  /** Column of the file, and the label of the case in it. */
  readonly column: string;
  readonly label: string;
  /** Of the outages that were over when the case starts, in the order of their ends. */
  readonly durations: readonly number[];
  /** Linear between the two nearest (type 7 of Hyndman & Fan 1996); null for fewer than four outages. */
  readonly p50: number | null;
  readonly p80: number | null;
}

/** How cells that a case leaves open were done without. */
export interface OpenCells {
  /** Positions in the model's form features. */
  readonly features: readonly number[];
  /**
   * `refit`: by a fit that never saw these columns, its levels checked on past outages. `wide`: by all that the model says
   * with what stood there in the nearest past outages; wider, and nobody checked it.
   */
  readonly way: 'refit' | 'wide';
}
/** How far the claims of a model carry for a case; `factor`: how much farther from the P50 its levels stand. */
export type CaseReach =
  | { readonly kind: 'within' }
  | { readonly kind: 'outside'; readonly factor: number }
  | { readonly kind: 'beyond' };

/** Whether the model has learnt an outage; `unknown` where its file does not keep what would tell. */
export type LearntState = 'yes' | 'no' | 'unknown';

export interface CasePrediction {
  /** In the target's unit. */
  readonly value: number;
  /** Null where the model has no calibrated intervals. */
  readonly interval: PredictionInterval | null;
  /** P(duration ≤ `atMost`); null where not asked, without intervals, and where they are refused. */
  readonly probability: ProbabilityAtMost | null;
  readonly notes: readonly CaseNote[];
  /** Of its unit first, then of its classes. */
  readonly past: readonly PastFacts[];
  /** Null where all is known. */
  readonly open: OpenCells | null;
  /** Levels and probability are already those that go with it. */
  readonly reach: CaseReach;
  /** Whether the case is, or nearly, one of those the model has learnt. */
  readonly learnt: LearntState;
  /** The answer is that of a fit which has not seen the outage. */
  readonly isUnseen?: true;
  /** What is still to come, where that was asked. */
  readonly remaining?: RemainingAnswer;
}

/** What is still to come of an outage that is under way. In the target's unit. */
export interface RemainingAnswer {
  readonly elapsed: number;
  /** Levels of its whole duration, P50 and above none below `elapsed`; null where none is answered at all. */
  readonly interval: PredictionInterval | null;
  /** P80 of the whole duration by what it would have lasted, on n outages that had; as far as these carry it. */
  readonly curve: readonly { readonly elapsed: number; readonly p80: number; readonly n: number }[];
  /**
   * Why there is no answer: the model's file does not keep what it takes, cells are open, nothing like it was learnt, or its
   * duration carries no level either.
   */
  readonly refusal: 'not-calibrated' | 'open-cells' | 'beyond' | 'no-level' | null;
}

/** Where the joined values of a model's answers came from. */
export interface FactorAnswers {
  /** The second file that the model was trained with. */
  readonly file: string;
  readonly nRows: number;
  /** Rows with a value out of a second file, and rows with one that is only what is usual. */
  readonly nJoined: number;
  readonly nUsual: number;
}

/** What is known of a model that is open: enough for the form and the title. */
export interface ModelSummary {
  readonly modelId: string;
  readonly name: ModelName;
  readonly scale: TargetScale;
  readonly target: { readonly name: string; readonly unit: DurationUnit };
  readonly features: readonly FormFeature[];
  /** Directions that every answer keeps. Absent: none. */
  readonly expected?: readonly ExpectedColumn[];
  readonly nTrainingRows: number;
  /** Names the outages learnt from, whatever file they came in. Absent for older files. */
  readonly learntHash?: string;
  /** What the longest learnt outage took, in the target's unit. Absent for a model without a past. */
  readonly longest?: number;
  /** What the model rests on. */
  readonly horizon: Horizon;
  /** How it joins a second file. Absent: it looks at none. */
  readonly factors?: FactorPlan;
  /** How columns of a file are to be read, where the person who trained it decided that. */
  readonly reading?: KeptReading;
  /** SHA-256 of the file's content, as hexadecimal. */
  readonly hash: string;
}

/** A past outage as a case of the model. */
export interface PastCase {
  readonly row: FileRow;
  readonly cells: CellRow;
  /** Null where the outage has no duration (ongoing). */
  readonly actual: number | null;
  /** What was announced of it, in the target's unit; null where the file does not tell. */
  readonly announced: number | null;
}
