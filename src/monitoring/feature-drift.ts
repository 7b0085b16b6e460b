import type { Instant } from '#base/instant.ts';
import { deriveSeed } from '#base/random.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import type { FollowedColumn, LedgerModel } from './contract.ts';
import { compareLabels, compareNumbers, type Distance, measureDistance } from './drift-distance.ts';
import {
  describeMix,
  describeMove,
  type DriftFinding,
  findFrozen,
  findNewLabels,
  findRescaled,
} from './drift-findings.ts';

/** What is followed of one column. */
export interface ColumnDrift {
  readonly column: string;
  readonly isInput: boolean;
  /** `calendar`: it moves by itself. `too-few`: so many outages show next to nothing. */
  readonly status: 'drift' | 'quiet' | 'calendar' | 'too-few';
  /** W₁ over the middle half of the reference, or total variation; null where too few tell. */
  readonly measure: 'w1' | 'tv';
  readonly distance: Distance | null;
  readonly threshold: number;
  readonly nReference: number;
  readonly nCurrent: number;
  /** How far the column moves predictions, in the target's unit. */
  readonly importance: number;
  /** What can be named, the gravest first. */
  readonly findings: readonly DriftFinding[];
}

export interface AnnouncedRows {
  /** In the order of their starts. */
  readonly rows: readonly CellRow[];
  readonly starts: readonly (Instant | null)[];
}

/** A smaller shift changes little of what is announced, however sure it is. */
export const DRIFT_THRESHOLD = { w1: 0.2, tv: 0.15, missing: 0.1 } as const;
/** Fewer outages show no shift that a person would not see. */
export const LEAST_CURRENT = 20;
const LEAST_REFERENCE = 20;
/** Columns wrongly called drifted, among those that are. */
const FALSE_DISCOVERIES = 0.05;
/** The latest year is compared, all its seasons; all there is where it has fewer outages. */
const YEAR_MS = 365 * 86_400_000;
const LEAST_OF_YEAR = 100;

/**
 * How far what is announced lies from what the model learnt, column by column: an effect with its bounds, called drift where
 * the lower one exceeds the threshold and Benjamini & Hochberg's rule agrees. The reference is weighted to the seasons of
 * what is compared. Ordered by effect × how much the model looks at the column, drift first. O(columns × rows).
 */
export function followFeatures(
  model: Pick<LedgerModel, 'columns' | 'reference' | 'importance' | 'keys'>,
  announced: AnnouncedRows,
): readonly ColumnDrift[] {
  const recent = takeRecent(announced);
  const { columns, reference, importance, keys } = model;
  const start = columns.findIndex(({ name }) => name === keys.start);
  const weights = weighSeasons(reference, start, recent.starts);
  const siblings = columns.flatMap(({ isCalendar }, i) => (isCalendar || i === start ? [] : [i]));
  const drifts = columns.flatMap((column, at): Measured[] => {
    if (at === start) return [];
    const named = nameChanges(model, announced, at, siblings);
    return [{ at, named, ...compareColumn(column, at, reference, weights, recent.rows, columns.length) }];
  });
  const isDiscovered = discover(drifts.map(({ distance }) => distance?.chance ?? 1));
  return drifts
    .map((drift, i): ColumnDrift => {
      const { at, named, findings, measure, distance, ...rest } = drift;
      const column = columns[at];
      const isShifted =
        distance !== null &&
        distance.low > rest.threshold &&
        (isDiscovered[i] ?? false) &&
        !column?.isCalendar;
      const told = [...named, ...(isShifted ? findings : findings.filter(({ kind }) => kind === 'missing'))];
      const calm = column?.isCalendar ? 'calendar' : distance === null ? 'too-few' : 'quiet';
      return {
        column: column?.name ?? '',
        isInput: column?.isInput ?? false,
        status: told.length > 0 ? 'drift' : calm,
        measure,
        distance,
        ...rest,
        importance: importance[at] ?? 0,
        findings: told,
      };
    })
    .sort((a, b) => rank(b) - rank(a) || (a.column < b.column ? -1 : 1));
}

/** Drift first; then by how much it matters. */
function rank({ status, distance, importance }: ColumnDrift): number {
  const effect = (distance?.value ?? 0) * (importance + 1e-9);
  return (status === 'drift' ? 1e12 : 0) + effect;
}

type Comparison = Pick<ColumnDrift, 'measure' | 'distance' | 'threshold' | 'nReference' | 'nCurrent'> & {
  readonly findings: readonly DriftFinding[];
};
type Measured = Comparison & { readonly at: number; readonly named: readonly DriftFinding[] };

function takeRecent({ rows, starts }: AnnouncedRows): AnnouncedRows {
  const last = starts.reduce<number>((most, start) => Math.max(most, start ?? most), -Infinity);
  const isRecent = starts.map((start) => start !== null && start > last - YEAR_MS);
  if (isRecent.filter(Boolean).length < LEAST_OF_YEAR) return { rows, starts };
  return { rows: rows.filter((_, i) => isRecent[i]), starts: starts.filter((_, i) => isRecent[i]) };
}

/** One weight a row of the reference, so that each quarter of the year has the share that it has among the announced. */
function weighSeasons(
  reference: readonly CellRow[],
  start: number,
  starts: readonly (Instant | null)[],
): readonly number[] {
  const seasonOf = (instant: CellValue): number =>
    typeof instant === 'number' ? Math.floor(new Date(instant).getUTCMonth() / 3) : -1;
  const own = reference.map((row) => seasonOf(row[start] ?? null));
  const wanted = starts.map(seasonOf);
  const share = (seasons: readonly number[], season: number) =>
    seasons.filter((each) => each === season).length / Math.max(1, seasons.length);
  const factor = new Map(
    [...new Set(own)].map((season) => [season, share(wanted, season) / share(own, season)]),
  );
  const weights = own.map((season) => factor.get(season) ?? 1);
  // Seasons that the reference does not know are no reason to know nothing.
  return weights.some((weight) => weight > 0) ? weights : own.map(() => 1);
}

function compareColumn(
  { type }: FollowedColumn,
  at: number,
  reference: readonly CellRow[],
  weights: readonly number[],
  current: readonly CellRow[],
  nCompared: number,
): Comparison {
  const measure = type === 'category' ? 'tv' : 'w1';
  const threshold = DRIFT_THRESHOLD[measure];
  const [before, now] = [reference.map((row) => row[at] ?? null), current.map((row) => row[at] ?? null)];
  const known = before.flatMap((cell, i) => (cell === null ? [] : [{ cell, weight: weights[i] ?? 0 }]));
  const cells = now.filter((cell) => cell !== null);
  const counts = { nReference: known.length, nCurrent: cells.length };
  const missing = now.length < LEAST_CURRENT ? [] : findMissing(before, now);
  const base = { measure, threshold, ...counts } as const;
  if (cells.length < LEAST_CURRENT || known.length < LEAST_REFERENCE) {
    return { ...base, distance: null, findings: missing };
  }
  const weighted = known.map(({ weight }) => weight);
  const seed = deriveSeed(1, at);
  if (measure === 'tv') {
    const codeOf = new Map<CellValue, number>();
    const code = (cell: CellValue) => {
      const found = codeOf.get(cell) ?? codeOf.size;
      codeOf.set(cell, found);
      return found;
    };
    const codes = [known.map(({ cell }) => code(cell)), cells.map(code)] as const;
    const distance = measureDistance(
      compareLabels(codes[0], weighted, codes[1], codeOf.size),
      threshold,
      seed,
      nCompared,
    );
    const labels = known.map(({ cell }) => cell);
    return { ...base, distance, findings: [...missing, describeMix(labels, cells)] };
  }
  const numbers = known.map(({ cell }) => Number(cell));
  const values = cells.map(Number);
  const distance = measureDistance(compareNumbers(numbers, weighted, values), threshold, seed, nCompared);
  const move = findRescaled(numbers, values) ?? describeMove(numbers, values);
  return { ...base, distance, findings: [...missing, move] };
}

/** Cells are empty much more often, or less: by the normal bound of the difference. */
function findMissing(before: readonly CellValue[], now: readonly CellValue[]): readonly DriftFinding[] {
  const share = (cells: readonly CellValue[]) => cells.filter((cell) => cell === null).length / cells.length;
  const [reference, current] = [share(before), share(now)];
  const variance = (reference * (1 - reference)) / before.length + (current * (1 - current)) / now.length;
  const low = Math.abs(current - reference) - 2 * Math.sqrt(variance);
  return low > DRIFT_THRESHOLD.missing ? [{ kind: 'missing', reference, current }] : [];
}

function nameChanges(
  { columns, reference }: Pick<LedgerModel, 'columns' | 'reference'>,
  { rows, starts }: AnnouncedRows,
  at: number,
  siblings: readonly number[],
): readonly DriftFinding[] {
  const column = columns[at];
  if (!column || reference.length < LEAST_REFERENCE) return [];
  const before = reference.map((row) => row[at] ?? null);
  const cells = rows.map((row) => row[at] ?? null);
  const frozen = findFrozen(before, { cells, starts }, column.isCalendar);
  const others = siblings.filter((position) => position !== at);
  const labels = column.type === 'category' ? findNewLabels(reference, rows, starts, at, others) : [];
  return [...(frozen ? [frozen] : []), ...labels];
}

/** Benjamini & Hochberg 1995: which of the chances are discoveries. */
function discover(chances: readonly number[]): readonly boolean[] {
  const sorted = chances.toSorted((a, b) => a - b);
  const last = sorted.findLastIndex((chance, i) => chance <= ((i + 1) / sorted.length) * FALSE_DISCOVERIES);
  const limit = sorted[last] ?? -1;
  return chances.map((chance) => chance <= limit);
}
