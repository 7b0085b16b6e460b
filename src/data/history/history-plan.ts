import { measureSpanDays } from './choose-lead.ts';
import type { FeatureOrigin } from '../feature-plan.ts';
import { findRoleColumn, listRoleColumns } from '../role-columns.ts';
import type { ColumnRole, RoleAssignment } from '../roles.ts';
import type { CategoryColumn, Table } from '../table.ts';

/** What the past of a unit within one class says: "this unit's outages of this nature". */
export const pairParts = ['past-median'] as const;
/** What the past of a class says; that of a unit says more. */
export const classParts = ['past-median', 'past-count'] as const;
export const unitParts = [
  ...classParts,
  'days-since-last',
  'previous-duration',
  'second-previous-duration',
  'outages-last-year',
] as const;
/** Around the unit's long outages; only where the data tell long from short. */
export const longParts = [
  'days-since-long',
  'long-duration',
  'outages-since-long',
  'days-between-longs',
] as const;
/** Of the date alone, and of the whole fleet. */
export const fleetParts = ['under-way', 'week'] as const;

export type HistoryPart =
  (typeof unitParts)[number] | (typeof longParts)[number] | (typeof fleetParts)[number];

/**
 * One feature from the past; its `column` is the unit's, the class's, or the start's. Durations are in the target's unit, the others in days or counts.
 *
 * past-median, past-count: of the finished outages of the label. days-since-last: since the last end.
 * previous-duration, second-previous-duration: by order of ends. outages-last-year: ended within
 * 365 days. days-since-long: since the end of the last long outage; long-duration: what that one took;
 * outages-since-long: how many ended after it; days-between-longs: from the end of the long one before
 * it to its start. under-way: outages of the fleet begun within two years and not over. week: 1–53.
 */
export interface HistoryFeature extends FeatureOrigin {
  /** Position in the plan's `groups`; null for what the date and the whole fleet say. */
  readonly group: number | null;
  readonly part: HistoryPart;
}

/** Which columns the past is told by, and which features come of it. Plain JSON. */
export interface HistoryPlan {
  readonly start: string;
  /** Columns of labels: the unit's first (the finest group), then the classes. Empty: only the fleet is known. */
  readonly columns: readonly string[];
  /** Whose past is told: that of one label, or of a unit within a class. Positions in `columns`. */
  readonly groups: readonly (readonly number[])[];
  /** An outage at least this long, in the target's unit, is a long one; null where there is no telling. */
  readonly longThreshold: number | null;
  /** Days before the start at which the past is cut, in training and in asking. Absent: none. */
  readonly leadDays?: number;
  readonly features: readonly HistoryFeature[];
}

/** A file that spans less tells of a past cut by the lead no more than medians and counts. */
const MIN_SPAN_DAYS = 730;
const maxClasses = 3;
const maxClassLabels = 60;
/** A unit must come back this often on average, or it has no past to speak of. */
const minOutagesPerUnit = 3;
/** On average, or a unit within a class is but the unit again. */
const minLabelsPerUnit = 1.2;

/**
 * The plan for a table: the unit is the column of role `group` with the most labels that still recur;
 * classes are the other groups, then label columns of few labels; columns that say the same as one
 * already taken (a name beside its code) are left out. Null without a start date. O(cells).
 */
export function planHistory(
  table: Table,
  roles: readonly RoleAssignment[],
  longThreshold: number | null,
  leadDays = 0,
): HistoryPlan | null {
  const startColumn = findRoleColumn({ table, roles }, 'start', 'date');
  if (startColumn === undefined) return null;
  const start = startColumn.name;
  const columns = chooseColumns(table, roles);
  const groups = [...columns.map((_, position) => [position]), ...findPairs(columns)];
  const taken = new Set(roles.map(({ column }) => column));
  const name = (about: string, part: HistoryPart): string => {
    let feature = `${about} [${part}]`;
    while (taken.has(feature)) feature += '′';
    taken.add(feature);
    return feature;
  };
  const isSteady = leadDays > 0 && measureSpanDays(startColumn.values) < MIN_SPAN_DAYS;
  const features = groups.flatMap((positions, group): HistoryFeature[] => {
    const names = positions.flatMap((position) => columns[position]?.name ?? []);
    const [column = ''] = names;
    return chooseParts(positions, longThreshold, isSteady).map((part) => ({
      feature: name(names.join(' × '), part),
      column,
      group,
      part,
    }));
  });
  const ofFleet = fleetParts.map((part) => ({
    feature: name(start, part),
    column: start,
    group: null,
    part,
  }));
  return {
    start,
    columns: columns.map(({ name: column }) => column),
    groups,
    longThreshold,
    ...(leadDays > 0 && { leadDays }),
    features: [...features, ...ofFleet],
  };
}

function chooseParts(
  positions: readonly number[],
  longThreshold: number | null,
  isSteady: boolean,
): readonly HistoryPart[] {
  if (positions.length > 1) return pairParts;
  if (positions[0] !== 0 || isSteady) return classParts;
  return longThreshold === null ? unitParts : [...unitParts, ...longParts];
}

/** The unit with each class that it has several labels of. */
function findPairs([unit, ...classes]: readonly CategoryColumn[]): number[][] {
  if (unit === undefined) return [];
  const nUnits = countDistinct(unit, unit);
  return classes.flatMap((column, position) =>
    countDistinct(unit, column) >= minLabelsPerUnit * nUnits ? [[0, position + 1]] : [],
  );
}

export function chooseColumns(table: Table, roles: readonly RoleAssignment[]): CategoryColumn[] {
  const labelColumns = (role: ColumnRole) =>
    listRoleColumns({ table, roles }, [role], 'category').map(({ column }) => column);
  const groups = labelColumns('group').toSorted((a, b) => b.categories.length - a.categories.length);
  const recurring = groups.filter(
    ({ categories }) => categories.length > 1 && table.nRows >= minOutagesPerUnit * categories.length,
  );
  const [unit] = recurring;
  if (unit === undefined) return [];
  const chosen = [unit];
  for (const column of [...recurring.slice(1), ...labelColumns('context')]) {
    const nLabels = column.categories.length;
    if (chosen.length > maxClasses || nLabels < 2 || nLabels > maxClassLabels) continue;
    if (!chosen.some((other) => saysTheSame(column, other))) chosen.push(column);
  }
  return chosen;
}

/** Each label of one goes with exactly one label of the other. */
function saysTheSame(a: CategoryColumn, b: CategoryColumn): boolean {
  const nPairs = countDistinct(a, b);
  return nPairs === countDistinct(a, a) && nPairs === countDistinct(b, b);
}

/** How many different pairs of labels the rows have; missing is a label. */
function countDistinct(a: CategoryColumn, b: CategoryColumn): number {
  const stride = b.categories.length + 1;
  return new Set(a.codes.map((code, row) => (code + 1) * stride + (b.codes[row] ?? -1) + 1)).size;
}
