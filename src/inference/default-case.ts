import type { Instant } from '#base/instant.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import type { FormFeature, ModelSummary } from './contract.ts';
import { determineDependents, findCell, findLeaders } from './dependent-inputs.ts';
import { roundAsTyped } from './number-step.ts';

/** Of a model what a case to come is made by, and the day it is asked on. */
export interface Asking extends Pick<ModelSummary, 'features' | 'horizon'> {
  /** The day of announcement. */
  readonly today: Instant;
}

/**
 * The case that a form begins with: the outage to come. The unit and the class are those of the training outage most
 * like the others; beside them what is usual for the class, the unit's own facts, and the next start. The numbers are as
 * their boxes write them. O(features²).
 */
export function buildDefaultCase(asking: Asking): CellRow {
  const { features } = asking;
  const typical = features.map((feature) => asTyped(feature, feature.typical));
  const usual = features.reduce<CellRow>((cells, _, i) => addUsual(features, i, cells, new Set()), typical);
  return settleAll(features, moveStart(asking, usual, new Set()));
}

/**
 * The case after a person changed one cell: what the cell determines follows; another class brings what is usual for it,
 * another unit its next start. What was typed before stays. O(features²).
 */
export function changeCell(
  asking: Asking,
  cells: CellRow,
  changed: number,
  value: CellValue,
  typed: ReadonlySet<number>,
): CellRow {
  const { features } = asking;
  const feature = features[changed];
  const settled = determineDependents(features, cells, changed, value, typed);
  if (feature?.type !== 'category' || value === cells[changed]) return settled;
  const refilled = addUsual(features, changed, settled, typed);
  if (!feature.due) return refilled;
  return settleAll(features, moveStart(asking, refilled, typed), typed);
}

/** With the cells that are usual for the label of a class. */
function addUsual(
  features: readonly FormFeature[],
  leader: number,
  cells: CellRow,
  typed: ReadonlySet<number>,
): CellRow {
  const feature = features[leader];
  if (feature?.type !== 'category' || !feature.suggests) return cells;
  const filled = [...cells];
  for (const suggested of feature.suggests) {
    const follower = features[suggested.feature];
    const usual = findCell(suggested, cells[leader] ?? null);
    if (usual === undefined || follower === undefined || typed.has(suggested.feature)) continue;
    filled[suggested.feature] = asTyped(follower, usual);
  }
  return filled;
}

/**
 * With its next start: when the unit's next outage is due, or as long from today as the model looks ahead, whichever is
 * later; at the time of day of the typical one. Other dates that nothing determines keep their distance to it.
 */
function moveStart(
  { features, horizon, today }: Asking,
  cells: CellRow,
  typed: ReadonlySet<number>,
): CellRow {
  const position = features.findIndex(({ type, role }) => type === 'date' && role === 'start');
  const before = cells[position];
  if (typeof before !== 'number' || typed.has(position)) return cells;
  const due = features.flatMap((feature, i) =>
    feature.type === 'category' ? (feature.due?.find(([label]) => label === cells[i])?.[1] ?? []) : [],
  );
  const leadDays = horizon.kind === 'plan' ? horizon.leadDays : 0;
  const day = Math.ceil(Math.max(today + leadDays * MS_PER_DAY, ...due) / MS_PER_DAY) * MS_PER_DAY;
  const start = day + (before - Math.floor(before / MS_PER_DAY) * MS_PER_DAY);
  const leaders = findLeaders(features);
  return cells.map((cell, i) => {
    const isFree = features[i]?.type === 'date' && !leaders.has(i) && !typed.has(i);
    return isFree && typeof cell === 'number' ? cell + start - before : cell;
  });
}

/** With all that follows: what labels determine first, as dates and counts of time may be among it. */
function settleAll(
  features: readonly FormFeature[],
  cells: CellRow,
  typed: ReadonlySet<number> = new Set(),
): CellRow {
  const byKind = (kind: FormFeature['type']) =>
    features.flatMap(({ type }, position) => (type === kind ? [position] : []));
  // A column that another one determines has no say over that one.
  const leaders = findLeaders(features);
  return [...byKind('category'), ...byKind('date')].reduce<CellRow>((settled, leader) => {
    const kept = new Set([...typed, ...(leaders.get(leader) ?? [])]);
    return determineDependents(features, settled, leader, settled[leader] ?? null, kept);
  }, cells);
}

function asTyped(feature: FormFeature, cell: CellValue): CellValue {
  return feature.type === 'number' && typeof cell === 'number' ? roundAsTyped(feature, cell) : cell;
}
