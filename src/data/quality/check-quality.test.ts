import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { exactExp } from '#base/exact-math.ts';
import { daysFromCivil, MS_PER_DAY } from '../dates.ts';
import { applyRecipe, applyRoleSteps } from '../recipe/apply-recipe.ts';
import type { Recipe, RecipeAction } from '../recipe/recipe-step.ts';
import type { ColumnRole, RoleAssignment } from '../roles.ts';
import {
  selectRows,
  type CategoryColumn,
  type Column,
  type DateColumn,
  type NumberColumn,
} from '../table.ts';
import { checkQuality } from './check-quality.ts';
import type { FindingCode, QualityFinding } from './finding.ts';

const instant = (year: number, month = 1, day = 1) => daysFromCivil(year, month, day) * MS_PER_DAY;
const now = instant(2025, 6, 1);

type Planted = readonly [column: Column, role: ColumnRole];

const numbers = (name: string, values: ArrayLike<number>): NumberColumn => ({
  type: 'number',
  name,
  values: Float64Array.from(values),
});
const dates = (name: string, values: ArrayLike<number>): DateColumn => ({
  ...numbers(name, values),
  type: 'date',
  hasTime: false,
});
function labels(name: string, values: readonly (string | null)[]): CategoryColumn {
  const categories = [...new Set(values.filter((value) => value !== null))];
  return {
    type: 'category',
    name,
    categories,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : categories.indexOf(value))),
  };
}

function tableOf(...planted: readonly Planted[]) {
  const columns = planted.map(([column]) => column);
  const [first] = columns;
  return { nRows: first!.type === 'category' ? first!.codes.length : first!.values.length, columns };
}

function rolesOf(...planted: readonly Planted[]): RoleAssignment[] {
  return planted.map(([{ name }, role]) => ({ column: name, role, reason: 'user' }));
}

function check(...planted: readonly Planted[]): QualityFinding[] {
  return checkQuality(tableOf(...planted), rolesOf(...planted), { now });
}

const findAll = (findings: readonly QualityFinding[], code: FindingCode) =>
  findings.filter((finding) => finding.code === code);

/** The single finding of that code; its proposal, applied, must silence it and no other row or cell must need it. */
function settle(code: FindingCode, ...planted: readonly Planted[]): QualityFinding {
  const found = findAll(check(...planted), code);
  expect(found).toHaveLength(1);
  const [finding] = found;
  const recipe = recipeOf(finding!.proposal!);
  const cleaned = applyRecipe(tableOf(...planted), recipe);
  const after = checkQuality(cleaned.table, applyRoleSteps(rolesOf(...planted), recipe), {
    now,
    rowOrigins: cleaned.rowOrigins,
  });
  expect(findAll(after, code).filter(({ proposal }) => proposal !== null)).toEqual([]);
  return finding!;
}

function recipeOf(action: RecipeAction): Recipe {
  return { version: 1, steps: [{ id: '1', action, reason: 'finding', isEnabled: true }] };
}

const n = 200;
const rng = createRng(11);
const normals = Array.from({ length: n }, () => rng.nextNormal());
const heavy = normals.map((z) => 10 * exactExp(1.2 * z));
const startsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => instant(2020) + i * 3 * MS_PER_DAY);
const fill = <T>(count: number, value: (i: number) => T) => Array.from({ length: count }, (_, i) => value(i));
const replaced = <T>(values: readonly T[], ...changes: readonly [number, T][]) =>
  changes.reduce<readonly T[]>((list, [row, value]) => list.with(row, value), values);

describe('checkQuality', () => {
  it('has nothing to say of sound data, heavy tail included', () => {
    const crew = fill(n, () => rng.nextBelow(40) + 5);
    const share = fill(n, () => rng.nextFloat());
    const starts = startsOf(n);
    const findings = check(
      [
        labels(
          'unit',
          fill(n, (i) => `U${i % 10}`),
        ),
        'group',
      ],
      [
        labels(
          'series',
          fill(n, (i) => ['P4', "P'4"][i % 2]!),
        ),
        'context',
      ],
      [dates('start', starts), 'start'],
      [numbers('crew', crew), 'lever'],
      [numbers('share available', share), 'lever'],
      [numbers('duration (days)', heavy), 'target'],
    );
    expect(findings).toEqual([]);
  });

  it('flags durations that are not positive, or absurd in their unit', () => {
    const finding = settle('duration-not-positive', [
      numbers('Durée (jours)', replaced(heavy, [3, 0], [7, -2])),
      'target',
    ]);
    expect(finding.rows).toEqual({ count: 2, first: [3, 7] });
    expect(finding.details).toEqual({ min: -2 });
    const hours = settle('duration-absurd', [
      numbers('duration_hours', replaced(heavy, [5, 700_008])),
      'target',
    ]);
    expect(hours.rows.first).toEqual([5]);
    expect(hours.details).toMatchObject({ unit: 'hour', limit: 87_660, max: 700_008 });
    expect(
      findAll(check([numbers('duration_hours', replaced(heavy, [5, 80_000])), 'target']), 'duration-absurd'),
    ).toEqual([]);
  });

  it('flags ends before starts, and empty spans where the duration comes from them', () => {
    const starts = startsOf(n);
    const ends = starts.map((start, i) => start + (i + 1) * MS_PER_DAY);
    const timed = (name: string, values: ArrayLike<number>) => ({ ...dates(name, values), hasTime: true });
    const planted: Planted[] = [
      [timed('start', starts), 'start'],
      [timed('end', replaced(ends, [4, starts[4]! - MS_PER_DAY], [9, starts[9]!])), 'end'],
    ];
    expect(settle('end-before-start', ...planted).rows.first).toEqual([4]);
    expect(settle('duration-not-positive', ...planted).rows.first).toEqual([9]);
    const byDay = planted.map(([column, role]): Planted => [
      { ...column, hasTime: false } as DateColumn,
      role,
    ]);
    expect(findAll(check(...byDay), 'duration-not-positive')).toEqual([]);
  });

  it('tells 2099 from an end that is merely still to come', () => {
    const starts = startsOf(n);
    const ends = replaced(
      starts.map((start) => start + MS_PER_DAY),
      [1, instant(2099, 12, 31)],
      [2, instant(2026)],
      [3, NaN],
    );
    const planted: Planted[] = [
      [dates('start', starts), 'start'],
      [dates('end', ends), 'end'],
    ];
    expect(settle('end-in-far-future', ...planted)).toMatchObject({
      rows: { count: 1, first: [1] },
      details: { latest: '2099-12-31' },
    });
    const [ongoing] = findAll(check(...planted), 'ongoing-outages');
    expect(ongoing).toMatchObject({
      rows: { count: 3, first: [1, 2, 3] },
      details: { nWithoutEnd: 1, nEndsInFuture: 2 },
      proposal: null,
    });
    const built = dates(
      'commissioned',
      fill(n, (i) => (i === 6 ? instant(1900) : instant(1985))),
    );
    expect(settle('date-implausible', [built, 'date']).rows.first).toEqual([6]);
  });

  it('flags shares outside their scale: clips a meter’s noise, empties a mistake', () => {
    const share = fill(n, (i) => i / n);
    const mistake = settle('share-outside', [
      numbers('Ressources disponibles', replaced(share, [0, 87], [1, -3])),
      'lever',
    ]);
    expect(mistake).toMatchObject({
      severity: 'warning',
      details: { scale: 1, nPercent: 1, min: -3, max: 87 },
    });
    expect(mistake.proposal!.kind).toBe('set-missing-outside');
    const percent = share.map((value) => value * 100);
    const noise = settle('share-outside', [
      numbers('Puissance (%)', replaced(percent, [0, 102.3], [1, -1])),
      'context',
    ]);
    expect(noise).toMatchObject({ severity: 'info', details: { scale: 100 }, rows: { count: 2 } });
    expect(noise.proposal!.kind).toBe('clip');
    expect(
      findAll(check([numbers('available_mw', replaced(percent, [0, 102.3])), 'context']), 'share-outside'),
    ).toEqual([]);
  });

  it('flags planted outliers and no value of a heavy tail', () => {
    const finding = settle('outliers', [numbers('cost', replaced(heavy, [8, 1e7])), 'context']);
    expect(finding.rows).toEqual({ count: 1, first: [8] });
    expect(finding.details).toMatchObject({ isLogScale: true });
    const even = settle('outliers', [
      numbers('temperature', replaced(normals, [2, -40], [5, 60])),
      'context',
    ]);
    expect(even.rows.first).toEqual([2, 5]);
    expect(even.details).toMatchObject({ isLogScale: false });
  });

  it('tells exact duplicates from entries of one outage under two identifiers', () => {
    const ids = fill(n, (i) => `id${i === 5 ? 2 : i}`);
    const twin = (values: readonly number[]) => replaced(values, [5, values[2]!], [9, values[3]!]);
    const planted: Planted[] = [
      [labels('id', ids), 'identifier'],
      [numbers('crew', twin(normals)), 'lever'],
      [numbers('duration (days)', twin(heavy)), 'target'],
    ];
    expect(settle('exact-duplicates', ...planted).rows).toEqual({ count: 1, first: [5] });
    expect(settle('near-duplicates', ...planted)).toMatchObject({
      columns: ['id'],
      rows: { count: 1, first: [9] },
    });
  });

  it('finds one outage of a unit entered twice with other figures, not two outages in a row', () => {
    const starts = replaced(startsOf(n), [7, startsOf(n)[3]! + MS_PER_DAY / 2]);
    const planted: Planted[] = [
      [
        labels(
          'unit',
          fill(n, (i) => (i === 7 ? 'U3' : `U${i % 9}`)),
        ),
        'group',
      ],
      [dates('start', starts), 'start'],
      [
        numbers(
          'duration (days)',
          fill(n, (i) => (i === 7 ? 20.5 : 20 + (i % 5) / 100)),
        ),
        'target',
      ],
      [numbers('crew', normals), 'lever'],
    ];
    const finding = settle('near-duplicates', ...planted);
    expect(finding.details).toEqual({ rule: 'same-unit-and-time' });
    expect(finding.rows.first).toEqual([7]);
  });

  it('tells revisions of an outage from its lines', () => {
    const starts = startsOf(n);
    const planted: Planted[] = [
      [
        labels(
          'id',
          fill(n, (i) => `id${Math.floor(i / 2)}`),
        ),
        'identifier',
      ],
      [dates('start', starts), 'start'],
      [
        dates(
          'end',
          starts.map((start) => start + MS_PER_DAY),
        ),
        'end',
      ],
    ];
    const lines = settle('several-rows-per-outage', ...planted);
    expect(lines).toMatchObject({ severity: 'error', rows: { count: n }, details: { nOutages: n / 2 } });
    const revisions = settle('several-versions', ...planted, [
      numbers(
        'version',
        fill(n, (i) => (i % 2) + 1),
      ),
      'version',
    ]);
    expect(revisions.proposal).toEqual({ kind: 'keep-latest-version', identifier: 'id', version: 'version' });
  });

  it('proposes to merge labels that differ by case, accent or space, and keeps P4 from P’4', () => {
    const variants = ['Préventive', 'preventive ', 'PRÉVENTIVE', 'P4', "P'4", 'Tranche 1 1', 'Tranche 11'];
    const values = fill(n, (i) => (i < 100 ? 'Préventive' : variants[i % variants.length]!));
    const finding = settle('label-variants', [labels('type', values), 'context']);
    expect(finding.proposal).toMatchObject({ kind: 'merge-labels', into: 'Préventive' });
    expect(finding.details['labels']).toEqual(
      expect.arrayContaining(['Préventive', 'preventive ', 'PRÉVENTIVE']),
    );
    expect(finding.details['labels']).toHaveLength(3);
  });

  it('pools rare labels, and drops a column that labels each row', () => {
    const rare = settle('rare-categories', [
      labels(
        'cause',
        fill(n, (i) => (i < 4 ? `rare ${i}` : 'common')),
      ),
      'context',
    ]);
    expect(rare).toMatchObject({
      rows: { count: 4, first: [0, 1, 2, 3] },
      details: { nRare: 4, nLabels: 5 },
    });
    const unique = settle('too-many-categories', [
      labels(
        'comment',
        fill(n, (i) => `text ${i}`),
      ),
      'context',
    ]);
    expect(unique.proposal).toEqual({ kind: 'set-role', column: 'comment', role: 'ignore' });
    const many = fill(3000, (i) => `plant ${i % 300 < 250 ? i % 250 : i % 300}`);
    const pooled = settle('too-many-categories', [labels('plant', many), 'context']);
    expect(pooled.details).toMatchObject({ nLabels: 300, isNearlyUnique: false });
    expect(findAll(check([labels('plant', many), 'group']), 'too-many-categories')[0]!.proposal).toBeNull();
  });

  it('flags constant and hardly filled columns, and outages without a duration', () => {
    expect(
      settle('constant-column', [
        labels(
          'country',
          fill(n, (i) => (i === 3 ? null : 'FR')),
        ),
        'context',
      ]).details,
    ).toEqual({ value: 'FR', isExcluded: false, isTarget: false });
    // To leave out the duration to predict would settle nothing.
    const target: Planted = [
      numbers(
        'duration (days)',
        fill(n, () => 30.5),
      ),
      'target',
    ];
    expect(findAll(check(target), 'constant-column')).toMatchObject([
      { severity: 'error', details: { value: 30.5, isTarget: true }, proposal: null },
    ]);
    const sparse = fill(n, (i) => (i % 40 === 0 ? i : NaN));
    expect(settle('many-missing', [numbers('budget', sparse), 'context']).details).toEqual({ share: 0.975 });
    const [missing] = findAll(
      check([numbers('duration (days)', replaced(heavy, [2, NaN])), 'target']),
      'target-missing',
    );
    expect(missing!.rows).toEqual({ count: 1, first: [2] });
  });

  it('flags what is known only afterwards while it is used, and tells it when it is kept out', () => {
    const mw = fill(n, (i) => 900 + (i % 7) * 50);
    const energy: Planted = [
      numbers(
        'energie_mwh',
        heavy.map((days, i) => days * 24 * mw[i]!),
      ),
      'context',
    ];
    const others: Planted[] = [
      [numbers('puissance_mw', mw), 'context'],
      [numbers('duration (days)', heavy), 'target'],
    ];
    expect(settle('leak', energy, ...others)).toMatchObject({
      columns: ['energie_mwh'],
      severity: 'error',
      details: { kind: 'power-times-duration', through: 'puissance_mw', isExcluded: false },
    });
    const [kept] = findAll(check([energy[0], 'ignore'], ...others), 'leak');
    expect(kept).toMatchObject({ severity: 'info', details: { isExcluded: true }, proposal: null });
  });

  it('puts the gravest first and names rows of the file on a cleaned table', () => {
    const planted: Planted[] = [[numbers('duration (days)', replaced(heavy, [3, -1], [150, -2])), 'target']];
    const rowOrigins = Int32Array.from(fill(100, (i) => n - 1 - i));
    const cleaned = selectRows(tableOf(...planted), rowOrigins);
    const [finding] = checkQuality(cleaned, rolesOf(...planted), { now, rowOrigins });
    expect(finding!.rows.first).toEqual([150]);
    const rank = { error: 0, warning: 1, info: 2 };
    const ranks = check(
      [
        labels(
          'id',
          fill(n, (i) => `id${i % 50}`),
        ),
        'identifier',
      ],
      [
        numbers(
          'x',
          fill(n, () => 1),
        ),
        'context',
      ],
      ...planted,
    ).map(({ severity }) => rank[severity]);
    expect(ranks).toEqual([0, 1, 2]);
  });

  it('says nothing of a table without rows', () => {
    const empty: Planted[] = [
      [labels('unit', []), 'group'],
      [dates('start', []), 'start'],
      [dates('end', []), 'end'],
      [numbers('duration (days)', []), 'target'],
    ];
    expect(check(...empty)).toEqual([]);
  });
});

describe('values that say that nothing is known', () => {
  const hours = Array.from({ length: 100 }, (_, i) => 3 + ((i * 37) % 400));
  const withValue = (value: number, rows: readonly number[]) =>
    hours.map((each, i) => (rows.includes(i) ? value : each));
  const check = (values: readonly number[], role: ColumnRole = 'target') => {
    const planted = [numbers('Durée (h)', values), role] as const;
    return checkQuality(tableOf(planted), rolesOf(planted), { now }).find(({ code }) => code === 'sentinel');
  };

  it.each([9999, 99_999, 9999.99, -1, -9, -999, -9999, 65_535])('points at %d', (value) => {
    expect(check(withValue(value, [3, 50]))).toMatchObject({
      rows: { count: 2, first: [3, 50] },
      details: { value },
      proposal: { kind: 'exclude-outside' },
    });
  });

  it('empties the cells of a column that is no target', () => {
    expect(check(withValue(9999, [3, 50]), 'lever')?.proposal).toMatchObject({
      kind: 'set-missing-outside',
      bounds: { max: Math.max(...hours) },
    });
  });

  it('leaves other large values, nines among their like, and negative ones of a column that has several', () => {
    expect(check(withValue(5000, [3, 50]))).toBeUndefined();
    expect(check(withValue(999, [3, 50]))).toBeUndefined(); // not far beyond 402
    expect(check(withValue(99, [3, 50]))).toBeUndefined();
    expect(check(withValue(-1, [3, 50]).with(7, -4))).toBeUndefined();
  });
});

describe('several columns that may be the target', () => {
  const length = 60;
  const one = numbers(
    'Durée (h)',
    Array.from({ length }, (_, i) => 3 + ((i * 37) % 400)),
  );
  const two = numbers(
    'Durée (h) (2)',
    Array.from({ length }, (_, i) => 3 + ((i * 41) % 400)),
  );
  const find = (...planted: readonly Planted[]) =>
    checkQuality(
      tableOf(...planted),
      rolesOf(...planted).map((role) => ({ ...role, reason: 'name' })),
      { now },
    ).filter(({ code }) => code === 'several-targets' || code === 'repeated-names');

  it('asks which it is, the one that is predicted first, and says that names come twice', () => {
    expect(find([one, 'ignore'], [two, 'target'])).toMatchObject([
      { code: 'several-targets', columns: ['Durée (h) (2)', 'Durée (h)'] },
      { code: 'repeated-names', columns: ['Durée (h) (2)'] },
    ]);
  });

  it('does not ask where the name says it, nor of an announced duration', () => {
    expect(find([one, 'ignore'], [{ ...two, name: 'Durée réelle (h)' }, 'target'])).toEqual([]);
    expect(find([{ ...one, name: 'Durée prévue (h)' }, 'announced'], [two, 'target'])).toEqual([]);
  });
});
