import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng, deriveSeed } from '#base/random.ts';
import type { CellRow } from '#data/cell.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import type { FollowedColumn } from './contract.ts';
import { computeAuc, separateDomains } from './domain-classifier.ts';
import { DRIFT_THRESHOLD, followFeatures } from './feature-drift.ts';
import { compareLabels, compareNumbers, measureDistance } from './drift-distance.ts';

const column = (name: string, type: FollowedColumn['type'], isCalendar = false): FollowedColumn => ({
  name,
  type,
  isInput: true,
  isCalendar,
});
const columns = [
  column('Début', 'date'),
  column('Charge', 'number'),
  column('Série', 'category'),
  column('Tranche', 'category'),
  column('Site', 'category'),
];
const series = ['CP0', 'CP1', 'CP2', 'N4'];
const origin = Date.UTC(2015, 0, 1);

/** Rows as a fleet has them: a number, a series, a unit with its site. */
function plantRows(seed: number, n: number, from = origin): CellRow[] {
  const rng = createRng(deriveSeed(seed, 5));
  return Array.from({ length: n }, (_, i): CellRow => {
    const unit = rng.nextBelow(8);
    return [
      from + Math.floor((i / n) * 4 * 365) * MS_PER_DAY,
      50 + 10 * rng.nextNormal(),
      series[rng.nextBelow(4)] ?? null,
      `T${unit}`,
      `S${Math.floor(unit / 2)}`,
    ];
  });
}
const reference = plantRows(1, 1_000);
const follow = (rows: readonly CellRow[], before = reference) =>
  followFeatures(
    {
      columns,
      reference: before,
      importance: [0, 5, 3, 1, 1],
      keys: { identifier: null, unit: 'Tranche', start: 'Début' },
    },
    { rows, starts: rows.map(([start]) => Number(start)) },
  );
const later = origin + 5 * 365 * MS_PER_DAY;
const current = plantRows(2, 300, later);
const statusOf = (drifts: ReturnType<typeof follow>, name: string) =>
  drifts.find((drift) => drift.column === name);

describe('drift of columns', () => {
  it('is not called on equal data, few or 100,000', () => {
    for (let seed = 10; seed < 13; seed++) {
      expect(follow(plantRows(seed, 60, later)).filter(({ status }) => status === 'drift')).toEqual([]);
    }
    const many = follow(plantRows(3, 100_000, later), plantRows(4, 20_000));
    expect(many.map(({ status }) => status)).toEqual(['quiet', 'quiet', 'quiet', 'quiet']);
    expect(statusOf(many, 'Charge')?.distance?.value).toBeLessThan(0.03);
  });

  it('says too few of 8 rows, and what so many could show of more', () => {
    expect(new Set(follow(plantRows(2, 8, later)).map(({ status }) => status))).toEqual(new Set(['too-few']));
    const visible = (n: number) => statusOf(follow(plantRows(2, n, later)), 'Série')?.distance?.visible ?? 0;
    expect(visible(25)).toBeGreaterThan(visible(200));
    expect(visible(200)).toBeGreaterThan(DRIFT_THRESHOLD.tv);
  });

  it('shows a shift as large as it says it can, in four samples of five', () => {
    const before = reference.map((row) => Number(row[1]));
    const measure = (seed: number, shift: number) => {
      const now = plantRows(seed, 80, later).map((row) => Number(row[1]) + shift);
      return measureDistance(
        compareNumbers(
          before,
          before.map(() => 1),
          now,
        ),
        0.2,
        seed,
        4,
      );
    };
    // A middle half of 10 spreads is 13.49.
    const shift = measure(2, 0).visible * 13.49;
    const found = Array.from({ length: 20 }, (_, i) => measure(100 + i, shift).chance <= 0.05 / 4);
    expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(15);
  });

  it('comes first, by how much it matters, with what moved', () => {
    const moved = current.map((row) => row.with(1, Number(row[1]) + 20).with(2, 'CP0'));
    const [first, second] = follow(moved);
    expect(first).toMatchObject({ column: 'Charge', status: 'drift', findings: [{ kind: 'moved' }] });
    expect(second?.column).toBe('Série');
    expect(second?.distance?.low).toBeGreaterThan(0.6);
  });

  it('names a column that stands still since a day', () => {
    const frozen = current.map((row, i) => (i < 200 ? row : row.with(1, 51.5)));
    expect(statusOf(follow(frozen), 'Charge')?.findings[0]).toEqual({
      kind: 'frozen',
      value: 51.5,
      since: current[200]?.[0],
      n: 100,
    });
    // A few alike in a row are nothing.
    expect(
      statusOf(follow(current.map((row, i) => (i < 296 ? row : row.with(2, 'CP0')))), 'Série')?.status,
    ).toBe('quiet');
  });

  it('names a unit whose code changed, one that is new, and a column told in another unit', () => {
    const half = (row: CellRow, i: number, label: string) =>
      row[3] === 'T3' && i > 100 ? row.with(3, label) : row;
    // Its site alone would be that of two units: power tells them apart.
    const recoded = current.map((row, i) => half(row, i, 'TR-03'));
    const [finding] = statusOf(follow(recoded), 'Tranche')?.findings ?? [];
    expect(finding).toMatchObject({ kind: 'recoded', from: 'T3', to: 'TR-03' });
    const added = current.map((row, i) => (i % 20 === 0 ? row.with(3, 'T99').with(4, 'S9') : row));
    expect(statusOf(follow(added), 'Tranche')?.findings[0]).toMatchObject({
      kind: 'new-labels',
      labels: ['T99'],
    });
    const rescaled = current.map((row) => row.with(1, Number(row[1]) * 24));
    expect(statusOf(follow(rescaled), 'Charge')?.findings[0]).toEqual({ kind: 'rescaled', factor: 24 });
  });

  it('tells empty cells, and leaves what follows the calendar alone', () => {
    const empty = current.map((row, i) => (i % 2 ? row : row.with(1, null)));
    expect(statusOf(follow(empty), 'Charge')?.findings[0]).toMatchObject({ kind: 'missing', reference: 0 });
  });

  it('weighs the reference to the seasons that are compared', () => {
    // The load follows the season; half a year of it is no drift.
    const seasonal = (rows: readonly CellRow[]) =>
      rows.map((row) => row.with(1, Number(row[1]) + (new Date(Number(row[0])).getUTCMonth() < 6 ? 40 : 0)));
    const summer = seasonal(current).filter((row) => new Date(Number(row[0])).getUTCMonth() < 6);
    const first = summer.slice(0, 60);
    expect(statusOf(follow(first, seasonal(reference)), 'Charge')?.status).toBe('quiet');
  });
});

describe('distances', () => {
  it('are those of definitions: a shift in spreads of the middle half, and the share that moved', () => {
    const numbers = Array.from({ length: 101 }, (_, i) => i);
    const ones = numbers.map(() => 1);
    const shifted = compareNumbers(
      numbers,
      ones,
      numbers.map((value) => value + 25),
    );
    expect(measureDistance(shifted, 0.2, 1).value).toBeCloseTo(0.5, 2);
    const labels = compareLabels([0, 0, 1, 1], [1, 1, 1, 1], [0, 1, 1, 1], 2);
    expect(measureDistance(labels, 0.15, 1).value).toBeCloseTo(0.25, 12);
  });

  it('of an AUC: ties half, all apart 1', () => {
    expect(
      computeAuc([
        { score: 1, label: 0 },
        { score: 1, label: 1 },
      ]).auc,
    ).toBe(0.5);
    expect(
      computeAuc([
        { score: 1, label: 0 },
        { score: 2, label: 1 },
      ]).auc,
    ).toBe(1);
  });
});

describe('the classifier of domains', () => {
  it('tells apart what no column shows alone, and not what is alike', async () => {
    const context = createSilentContext();
    const model = { columns, reference };
    const alike = await separateDomains(model, { rows: current, starts: [] }, context);
    expect(alike?.isDrift).toBe(false);
    const crossed = current.map((row) => row.with(2, Number(row[1]) > 50 ? 'CP0' : 'N4'));
    expect((await separateDomains(model, { rows: crossed, starts: [] }, context))?.low).toBeGreaterThan(0.6);
    expect(await separateDomains(model, { rows: current.slice(0, 8), starts: [] }, context)).toBeNull();
  }, 30_000);
});
