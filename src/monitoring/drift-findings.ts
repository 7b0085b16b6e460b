import type { Instant } from '#base/instant.ts';
import { median, quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import type { CellRow, CellValue } from '#data/cell.ts';

/** What can be named of a column that moved: each is a fault of data as often as a change of the fleet. */
export type DriftFinding =
  /** One value since then, n times in a row; the reference had others. */
  | { readonly kind: 'frozen'; readonly value: CellValue; readonly since: Instant | null; readonly n: number }
  /** A label that the reference never had stands for one that is gone. */
  | {
      readonly kind: 'recoded';
      readonly from: string;
      readonly to: string;
      readonly since: Instant | null;
      readonly n: number;
    }
  | { readonly kind: 'new-labels'; readonly labels: readonly string[]; readonly n: number }
  /** All its values so many times as large: told in another unit. */
  | { readonly kind: 'rescaled'; readonly factor: number }
  | { readonly kind: 'missing'; readonly reference: number; readonly current: number }
  | { readonly kind: 'moved'; readonly reference: number; readonly current: number }
  | {
      readonly kind: 'mix';
      readonly labels: readonly {
        readonly label: string;
        readonly reference: number;
        readonly current: number;
      }[];
    };

/** Rows in the order of their starts. */
export interface DatedCells {
  readonly cells: readonly CellValue[];
  readonly starts: readonly (Instant | null)[];
}

/** So many outages in a row, at least, and so improbable among those of the reference. */
const FROZEN = { least: 10, chance: 1e-6 } as const;
/** A column that tells the calendar stands still for a year by right. */
const CALENDAR_YEAR = 400 * MS_PER_DAY;

/** The last cells are all one, longer than the reference lets expect; null where they are not. */
export function findFrozen(
  reference: readonly CellValue[],
  { cells, starts }: DatedCells,
  isCalendar: boolean,
): Extract<DriftFinding, { kind: 'frozen' }> | null {
  const value = cells.at(-1) ?? null;
  if (value === null || new Set(reference).size < 2) return null;
  const first = cells.findLastIndex((cell) => cell !== value) + 1;
  const n = cells.length - first;
  const share = Math.max(1, reference.filter((cell) => cell === value).length) / reference.length;
  const since = starts[first] ?? null;
  const lasts = (starts.at(-1) ?? 0) - (since ?? 0);
  const isLong = !isCalendar || (since !== null && lasts > CALENDAR_YEAR);
  const isOdd = n >= FROZEN.least && n * Math.log(share) < Math.log(FROZEN.chance / cells.length);
  return isLong && isOdd ? { kind: 'frozen', value, since, n } : null;
}

/** Outages that bear a label, fewer of which may be a slip of the pen. */
const LEAST_OF_LABEL = 3;
/** Labels seen so seldom in the reference, of all outages, are to be expected anew. */
const RARE = 2;

/**
 * Labels that the reference never had, and for each whether it stands for one that is gone: whose other cells are the same,
 * and which no outage bears any more. `at` is the position of the column. Nothing where the reference itself keeps meeting
 * new labels.
 */
export function findNewLabels(
  reference: readonly CellRow[],
  current: readonly CellRow[],
  starts: readonly (Instant | null)[],
  at: number,
  siblings: readonly number[],
): readonly DriftFinding[] {
  const known = countLabels(reference, at);
  const seen = countLabels(current, at);
  const nOnce = [...known.values()].filter((n) => n < RARE).length;
  const fresh = [...seen].filter(([label, n]) => !known.has(label) && n >= LEAST_OF_LABEL);
  // New labels to be expected, by those met once (Good & Turing).
  const nNew = fresh.reduce((sum, [, n]) => sum + n, 0);
  if (nNew === 0 || nNew <= 2 * (nOnce / Math.max(1, reference.length)) * current.length) return [];
  const recoded = fresh.flatMap(([to, n]): DriftFinding[] => {
    const first = current.findIndex((row) => row[at] === to);
    const same = [...known.keys()].filter((from) => {
      const isGone = current.findLastIndex((row) => row[at] === from) < first;
      const told = siblings.flatMap((position) => {
        const cell = onlyCell(reference, at, from, position);
        return cell === undefined ? [] : [onlyCell(current, at, to, position) === cell];
      });
      return isGone && told.length > 0 && told.every(Boolean);
    });
    const [from] = same;
    return same.length === 1 && from !== undefined
      ? [{ kind: 'recoded', from, to, since: starts[first] ?? null, n }]
      : [];
  });
  const named = new Set(recoded.flatMap((finding) => (finding.kind === 'recoded' ? [finding.to] : [])));
  const rest = fresh.filter(([label]) => !named.has(label));
  const n = rest.reduce((sum, [, each]) => sum + each, 0);
  return rest.length === 0
    ? recoded
    : [...recoded, { kind: 'new-labels', labels: rest.map(([label]) => label), n }];
}

function countLabels(rows: readonly CellRow[], at: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const cell = row[at] ?? null;
    if (typeof cell === 'string') counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}

/** The one cell that all rows of a label have in another column; undefined where there are several. */
function onlyCell(
  rows: readonly CellRow[],
  at: number,
  label: string,
  position: number,
): CellValue | undefined {
  const cells = new Set(rows.filter((row) => row[at] === label).map((row) => row[position] ?? null));
  const [only] = cells;
  return cells.size === 1 ? only : undefined;
}

/** Factors between units that people mix up: minutes, hours, days, weeks; kilo and mega; shares and percents. */
const FACTORS = [7, 10, 24, 60, 100, 168, 1_000, 1_440, 1_000_000].flatMap((factor) => [factor, 1 / factor]);
const SAME_FACTOR = 0.15;

/** Whether numbers are all told in another unit: the ratios of several quantiles are one of the usual factors. */
export function findRescaled(
  reference: readonly number[],
  current: readonly number[],
): Extract<DriftFinding, { kind: 'rescaled' }> | null {
  const [a, b] = [sortedFinite(reference), sortedFinite(current)];
  const shares = [0.25, 0.5, 0.75, 0.9];
  const ratios = shares.map((share) => quantileOfSorted(b, share) / quantileOfSorted(a, share));
  const factor = FACTORS.find((each) => ratios.every((ratio) => Math.abs(ratio / each - 1) < SAME_FACTOR));
  return factor === undefined ? null : { kind: 'rescaled', factor };
}

/** The medians of numbers. */
export function describeMove(reference: readonly number[], current: readonly number[]): DriftFinding {
  return { kind: 'moved', reference: median(reference), current: median(current) };
}

/** Labels named in a mix that changed. */
const MOST_LABELS = 3;

/** The labels whose shares changed most. */
export function describeMix(reference: readonly CellValue[], current: readonly CellValue[]): DriftFinding {
  const share = (cells: readonly CellValue[], label: string) =>
    cells.filter((cell) => cell === label).length / Math.max(1, cells.length);
  const all = new Set([...reference, ...current].filter((cell) => typeof cell === 'string'));
  const labels = [...all]
    .map((label) => ({ label, reference: share(reference, label), current: share(current, label) }))
    .sort((a, b) => Math.abs(b.current - b.reference) - Math.abs(a.current - a.reference));
  return { kind: 'mix', labels: labels.slice(0, MOST_LABELS) };
}
