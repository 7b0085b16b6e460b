import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import type { Table } from '#data/table.ts';
import { defaultHyperparameters } from '#models/hyperparameters.ts';
import { fitModel } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import reference from './fixtures/permutation-importance.json' with { type: 'json' };
import { computePermutationImportance } from './permutation-importance.ts';

const context = createSilentContext();

function numberTable(columns: Readonly<Record<string, Float64Array>>): Table {
  return {
    nRows: Object.values(columns)[0]?.length ?? 0,
    columns: Object.entries(columns).map(([name, values]) => ({ type: 'number', name, values })),
  };
}

function valuesOf(table: Table, name: string): Float64Array {
  const column = table.columns.find((each) => each.name === name);
  if (column?.type !== 'number') throw new Error(`no number column ${name}`);
  return column.values;
}

const ownOrigins = (table: Table) => table.columns.map(({ name }) => ({ feature: name, column: name }));

test('agrees with scikit-learn on a known law', async () => {
  const [a, b, c, d] = reference.columns.map((column) => Float64Array.from(column));
  const table = numberTable({ a: a!, b: b!, c: c!, d: d! });
  const law = (t: Table) => {
    const [x, y, z] = ['a', 'b', 'c'].map((name) => valuesOf(t, name)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    return x.map((value, i) => 3 * value + 10 * Math.abs(y[i]!) + value * z[i]!);
  };
  const nRepeats = 2000;
  const target = Float64Array.from(reference.target);
  const { columns } = await computePermutationImportance(
    law,
    table,
    target,
    ownOrigins(table),
    { nRepeats, seed: 1 },
    context,
  );
  ['a', 'b', 'c', 'd'].forEach((name, i) => {
    const ours = columns.find(({ column }) => column === name);
    const sd = reference.sd[i] as number;
    // Both means are of random shuffles: four standard errors of their difference.
    const tolerance = 4 * sd * Math.sqrt(1 / nRepeats + 1 / 3000) + 1e-6;
    expect(Math.abs((ours?.mean ?? NaN) - (reference.mean[i] as number))).toBeLessThanOrEqual(tolerance);
    expect(Math.abs((ours?.sd ?? NaN) - sd)).toBeLessThanOrEqual(0.1 * sd + 1e-6);
  });
});

describe('with a planted signal', () => {
  const training = plantOutages(400, 2, 1);
  const held = plantOutages(300, 2, 2);
  const spec = {
    name: 'gradient-boosting' as const,
    scale: 'identity' as const,
    hyperparameters: defaultHyperparameters,
    seed: 1,
  };

  test('the signal stands far above the floor of chance, a column of noise within its error of it', async () => {
    const model = await fitModel(spec, training.features, training.target, {}, context);
    const { columns, floor, baseError } = await computePermutationImportance(
      model.predict,
      held.features,
      held.target,
      ownOrigins(held.features),
      { seed: 3, probe: { spec, ...training } },
      context,
    );
    const bar = (name: string) => columns.find(({ column }) => column === name)!;
    expect(columns[0]?.column).toBe('Complexité');
    expect(bar('Complexité').mean).toBeGreaterThan(1);
    expect(bar('Type').mean).toBeGreaterThan(10 * floor!);
    // "Tranche" is drawn without any link to the duration.
    expect(bar('Tranche').mean).toBeLessThan(floor! + 2 * bar('Tranche').sd + 0.05);
    expect(floor).toBeGreaterThanOrEqual(0);
    expect(floor).toBeLessThan(0.2);
    expect(baseError).toBeLessThan(2.5);
  });

  test('without a probe there is no floor; a seed gives the same bars, another one others', async () => {
    const model = await fitModel(
      { ...spec, name: 'linear' },
      training.features,
      training.target,
      {},
      context,
    );
    const run = (seed: number) =>
      computePermutationImportance(
        model.predict,
        held.features,
        held.target,
        ownOrigins(held.features),
        { seed },
        context,
      );
    expect((await run(1)).floor).toBeNull();
    expect(await run(1)).toEqual(await run(1));
    expect((await run(1)).columns).not.toEqual((await run(2)).columns);
  });
});

test('features made from one column are shuffled together, as one bar', async () => {
  const rng = createRng(2);
  const month = new Float64Array(200).map(() => rng.nextBelow(12));
  const table = numberTable({
    month,
    twin: month.slice(),
    other: new Float64Array(200).map(() => rng.nextFloat()),
  });
  // The model looks at whether the twins agree: shuffled apart they never would.
  const predict = (t: Table) =>
    valuesOf(t, 'month').map((value, i) => (value === valuesOf(t, 'twin')[i] ? value : 1000));
  const origins = [
    { feature: 'month', column: 'Début' },
    { feature: 'twin', column: 'Début' },
    { feature: 'other', column: 'other' },
  ];
  const { columns } = await computePermutationImportance(
    predict,
    table,
    month,
    origins,
    { seed: 1 },
    context,
  );
  expect(columns.map(({ column }) => column)).toEqual(['Début', 'other']);
  expect(columns[0]?.mean).toBeGreaterThan(2);
  expect(columns[0]?.mean).toBeLessThan(12);
  expect(columns[1]?.mean).toBe(0);
});
