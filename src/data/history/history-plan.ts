import type { RoleAssignment } from '../roles.ts';
import { findColumn, type CategoryColumn, type Table } from '../table.ts';

/** What history says of the group's own label: a unit has all of them, a class the first two. */
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
 * One feature from the past. Durations are in the target's unit, the others in days or counts.
 *
 * past-median, past-count: of the finished outages of the label. days-since-last: since the last end.
 * previous-duration, second-previous-duration: by order of ends. outages-last-year: ended within
 * 365 days. days-since-long: since the end of the last long outage; long-duration: what that one took;
 * outages-since-long: how many ended after it; days-between-longs: from the end of the long one before
 * it to its start. under-way: outages of the fleet begun within two years and not over. week: 1–53.
 */
export interface HistoryFeature {
  readonly feature: string;
  /** The column of the file the feature is shown under: the group's, or the start's. */
  readonly column: string;
  readonly part: HistoryPart;
}

/** Which columns the past is told by, and which features come of it. Plain JSON. */
export interface HistoryPlan {
  readonly start: string;
  /** The unit's column first (the finest group), then the classes. Empty: only the fleet is known. */
  readonly groups: readonly string[];
  /** An outage at least this long, in the target's unit, is a long one; null where there is no telling. */
  readonly longThreshold: number | null;
  readonly features: readonly HistoryFeature[];
}

const maxClasses = 3;
const maxClassLabels = 60;
/** A unit must come back this often on average, or it has no past to speak of. */
const minOutagesPerUnit = 3;

/**
 * The plan for a table: the unit is the column of role `group` with the most labels that still recur;
 * classes are the other groups, then label columns of few labels; columns that say the same as one
 * already taken (a name beside its code) are left out. Null without a start date. O(cells).
 */
export function planHistory(
  table: Table,
  roles: readonly RoleAssignment[],
  longThreshold: number | null,
): HistoryPlan | null {
  const start = roles.find(({ role }) => role === 'start')?.column;
  if (start === undefined || findColumn(table, start)?.type !== 'date') return null;
  const columns = chooseGroups(table, roles);
  const taken = new Set(roles.map(({ column }) => column));
  const name = (column: string, part: HistoryPart): HistoryFeature => {
    let feature = `${column} [${part}]`;
    while (taken.has(feature)) feature += '′';
    taken.add(feature);
    return { feature, column, part };
  };
  const features = columns.flatMap(({ name: column }, position): HistoryFeature[] => {
    if (position > 0) return classParts.map((part) => name(column, part));
    const parts = longThreshold === null ? unitParts : [...unitParts, ...longParts];
    return parts.map((part) => name(column, part));
  });
  return {
    start,
    groups: columns.map(({ name: column }) => column),
    longThreshold,
    features: [...features, ...fleetParts.map((part) => name(start, part))],
  };
}

function chooseGroups(table: Table, roles: readonly RoleAssignment[]): CategoryColumn[] {
  const labelColumns = (...wanted: readonly RoleAssignment['role'][]) =>
    roles.flatMap(({ column: name, role }) => {
      const column = wanted.includes(role) ? findColumn(table, name) : undefined;
      return column?.type === 'category' ? [column] : [];
    });
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
  const partnerOfA = new Map<number, number>();
  const partnerOfB = new Map<number, number>();
  for (let row = 0; row < a.codes.length; row++) {
    const left = a.codes[row] as number;
    const right = b.codes[row] as number;
    if ((partnerOfA.get(left) ?? right) !== right || (partnerOfB.get(right) ?? left) !== left) return false;
    partnerOfA.set(left, right);
    partnerOfB.set(right, left);
  }
  return true;
}
