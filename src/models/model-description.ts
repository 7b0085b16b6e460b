import type { KeptReading } from '#data/csv/dialect.ts';
import type { CalendarColumn } from '#data/calendar-columns.ts';
import type { DependentInput } from '#data/dependent-inputs.ts';
import type { ElapsedColumn } from '#data/elapsed-columns.ts';
import type { DurationUnit } from '#data/duration-unit.ts';
import type { PlannedFeature } from '#data/feature-plan.ts';
import type { Horizon } from '#data/known-when.ts';
import type { JoinedFactors } from '#data/factors/usual-for-planning.ts';
import type { OutageHistory } from '#data/history/outage-history.ts';
import type { RecipeStep } from '#data/recipe/recipe-step.ts';
import type { ColumnRole } from '#data/roles.ts';
import type { EncodedFeature } from './encoder.ts';
import type { SpecId } from './model-spec.ts';
import type { PastDurations } from './past-durations.ts';
import type { PastRows } from './past-rows.ts';
import type { RowFingerprints } from './row-fingerprints.ts';

/** One thing that was done to the table before training, and why. */
export type CleaningStep = Pick<RecipeStep, 'action' | 'reason'>;

export interface ColumnUnit {
  readonly column: string;
  readonly unit: string;
}

/** What a person needs to know of a model beside the model: the same bytes for the same training. */
export interface ModelDescription {
  readonly target: { readonly name: string; readonly unit: DurationUnit };
  /** What each column of the training file was to the planner, so that another file is prepared alike. */
  readonly roles: readonly { readonly column: string; readonly role: ColumnRole }[];
  /** How the training file's table was cleaned, in order; row numbers are those of that file. */
  readonly cleaning: readonly CleaningStep[];
  /** How a person wanted columns of the training file read, so that another file is read alike. Absent: nothing was said. */
  readonly reading?: KeptReading;
  /** The unit of each column whose cells were written with one, so that another file is told in the same. Absent: none. */
  readonly units?: readonly ColumnUnit[];
  /** How each feature is made from the columns. */
  readonly origins: readonly PlannedFeature[];
  /** The past outages that features from the past are computed with; null where there is no telling. */
  readonly history: OutageHistory | null;
  /** The second file whose values are among the inputs, or what these usually are. Absent: none is. */
  readonly factors?: JoinedFactors;
  /** What the model rests on where that is not all that is known at the start. */
  readonly horizon?: Horizon;
  /** Inputs that are known only when the outage begins. */
  readonly knownAtStart: readonly string[];
  /** The columns a case must hold, with what training saw of each. */
  readonly inputs: readonly EncodedFeature[];
  /** One cell per input: the outage of the training file most like the others. */
  readonly typical: readonly (string | number | null)[];
  /** Inputs that another input determines, by their names. Empty in older files. */
  readonly dependents: readonly DependentInput[];
  /** Inputs that repeat a part of another one, a date. Empty in older files. */
  readonly calendar: readonly CalendarColumn[];
  /** Inputs that only count the time between two others, or since something of a unit. Absent: none is known. */
  readonly elapsed?: readonly ElapsedColumn[];
  /** What usually goes with each label of the class: the cells of inputs that nothing determines. Absent: not known. */
  readonly usual?: readonly DependentInput[];
  readonly nTrainingRows: number;
  /** By what these are known again: no judge of the model may be among them. Absent in older files. */
  readonly learntRows?: RowFingerprints;
  /** Some of the outages learnt from, for the cells that a case leaves open. Absent in older files. */
  readonly pastRows?: PastRows;
  /** What outages of each unit and class took, the unit's first, where there is no history that tells. Absent: not known. */
  readonly pastDurations?: readonly PastDurations[];
  /** What its intervals and explanations are calibrated by, as JSON: kept here, made and checked by those above. */
  readonly calibration: unknown;
  /** Cross-validated scores of all models compared, in the target's unit. */
  readonly scores: readonly DescribedScore[];
}

export interface DescribedScore {
  readonly id: SpecId;
  readonly name: string;
  readonly mae: number;
  readonly rmse: number;
  readonly r2: number;
}
