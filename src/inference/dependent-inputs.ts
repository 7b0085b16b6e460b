import { civilFromInstant, MS_PER_DAY } from '#data/dates.ts';
import { findUsual } from '#data/factors/climatology.ts';
import { foldLabel } from '#data/factors/factor-plan.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import { isElapsed, writeElapsed } from '#data/elapsed-columns.ts';
import type { DeterminedInput, ElapsedInput, FormFeature, JoinedInput } from './contract.ts';

const none: ReadonlySet<number> = new Set();

/**
 * The case with one cell changed, and with it the cells it determines: another unit brings its site and its power, another
 * start its month, and both the unit's age. What stands in `kept` stays as it is.
 */
export function determineDependents(
  features: readonly FormFeature[],
  cells: CellRow,
  changed: number,
  value: CellValue,
  kept: ReadonlySet<number> = none,
): CellRow {
  const settled = cells.map((cell, feature) => (feature === changed ? value : cell));
  const moved = new Set([changed]);
  const settle = (feature: number, cell: CellValue | undefined) => {
    if (cell === undefined || feature === changed || kept.has(feature)) return;
    settled[feature] = cell;
    moved.add(feature);
  };
  const leader = features[changed];
  if (leader?.type === 'category') {
    for (const determined of leader.determines) settle(determined.feature, findCell(determined, value));
  }
  for (const position of Array.from(moved)) {
    for (const [feature, cell] of readParts(features[position], settled[position] ?? null))
      settle(feature, cell);
  }
  for (const [feature, { elapsed }] of listElapsed(features)) {
    if (listSources(elapsed).some((source) => moved.has(source))) {
      settle(feature, countElapsed(elapsed, settled) ?? undefined);
    }
  }
  for (const [feature, joined] of listJoined(features)) {
    if (listPlaces(joined).some((place) => moved.has(place))) settle(feature, findUsualCell(joined, settled));
  }
  return settled;
}

function listJoined(features: readonly FormFeature[]) {
  return features.flatMap((feature, position) =>
    feature.type === 'number' && feature.joined ? [[position, feature.joined] as const] : [],
  );
}

function listPlaces({ date, leader }: JoinedInput): readonly number[] {
  return leader === null ? [date] : [date, leader];
}

/** What a joined value usually is for a case; null where nothing tells. */
export function findUsualCell(
  { date, leader, leadDays, climatology }: JoinedInput,
  cells: CellRow,
): number | null {
  const start = cells[date];
  const label = leader === null ? '' : cells[leader];
  if (typeof start !== 'number' || typeof label !== 'string') return null;
  const usual = findUsual(climatology, 0, foldLabel(label), start, start - leadDays * MS_PER_DAY);
  return Number.isNaN(usual) ? null : usual;
}

/** The cell that goes with a label; undefined where the label is unknown. */
export function findCell({ cells }: DeterminedInput, label: CellValue): CellValue | undefined {
  return cells.find(([known]) => known === label)?.[1];
}

/** The parts of a date that other features repeat, by their positions. */
function readParts(
  feature: FormFeature | undefined,
  cell: CellValue,
): readonly (readonly [number, number])[] {
  if (feature?.type !== 'date' || typeof cell !== 'number') return [];
  const time = civilFromInstant(cell);
  return feature.determines.map((determined) => [
    determined.feature,
    time[determined.part] + determined.shift,
  ]);
}

function listElapsed(features: readonly FormFeature[]) {
  return features.flatMap((feature, position) =>
    feature.type === 'number' && feature.elapsed ? [[position, { elapsed: feature.elapsed }] as const] : [],
  );
}

/** What a count of time is made of; the date it counts to comes first. */
function listSources({ date, since }: ElapsedInput): readonly [number, number] {
  return [date, 'date' in since ? since.date : since.leader];
}

/** Null where one end is not known. */
function countElapsed(elapsed: ElapsedInput, cells: CellRow): number | null {
  const [from, to] = findSpan(elapsed, cells);
  return typeof from === 'number' && typeof to === 'number' ? writeElapsed(elapsed, from, to) : null;
}

function findSpan({ date, since }: ElapsedInput, cells: CellRow) {
  const from =
    'date' in since
      ? cells[since.date]
      : since.instants.find(([label]) => label === cells[since.leader])?.[1];
  return [from, cells[date]] as const;
}

/** What each feature follows, by position: the unit of a site, the date of a month. What follows nothing is absent. */
export function findLeaders(features: readonly FormFeature[]): ReadonlyMap<number, readonly number[]> {
  const leaders = new Map<number, readonly number[]>();
  for (const [leader, feature] of features.entries()) {
    if (feature.type === 'number') continue;
    for (const determined of feature.determines) {
      // Two columns that determine each other: the first leads, or neither could be chosen.
      if (leaders.get(leader)?.includes(determined.feature)) continue;
      leaders.set(determined.feature, [...(leaders.get(determined.feature) ?? []), leader]);
    }
  }
  for (const [feature, { elapsed }] of listElapsed(features)) {
    if (!leaders.has(feature)) leaders.set(feature, listSources(elapsed));
  }
  for (const [feature, joined] of listJoined(features)) leaders.set(feature, listPlaces(joined));
  return leaders;
}

/** A cell that does not go with another one: the site of a unit that stands elsewhere. */
export interface Contradiction {
  readonly feature: number;
  readonly leader: number;
  readonly expected: CellValue;
}

/** The cells that would be others if those that settle them were chosen anew; what is left unknown contradicts nothing. */
export function findContradictions(
  features: readonly FormFeature[],
  cells: CellRow,
): readonly Contradiction[] {
  const unlike = (feature: number, leader: number, expected: CellValue | undefined): Contradiction[] => {
    const cell = cells[feature] ?? null;
    if (cell === null || expected === undefined || cell === expected) return [];
    return [{ feature, leader, expected }];
  };
  const direct = features.flatMap((feature, leader) => {
    const cell = cells[leader] ?? null;
    if (feature.type === 'category') {
      return feature.determines.flatMap((each) => unlike(each.feature, leader, findCell(each, cell)));
    }
    return readParts(feature, cell).flatMap(([follower, expected]) => unlike(follower, leader, expected));
  });
  const counted = listElapsed(features).flatMap(([feature, { elapsed }]) => {
    const [from, to] = findSpan(elapsed, cells);
    const cell = cells[feature];
    if (typeof from !== 'number' || typeof to !== 'number' || typeof cell !== 'number') return [];
    const expected = isElapsed(elapsed, cell, from, to) ? cell : writeElapsed(elapsed, from, to);
    return unlike(feature, elapsed.date, expected);
  });
  return [...direct, ...counted];
}
