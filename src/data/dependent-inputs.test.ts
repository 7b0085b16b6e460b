import { describe, expect, test } from 'vitest';
import { findDependentInputs } from './dependent-inputs.ts';
import type { CategoryColumn, NumberColumn, Table } from './table.ts';

function labels(name: string, cells: readonly (string | null)[]): CategoryColumn {
  const categories = [...new Set(cells.flatMap((cell) => cell ?? []))];
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : categories.indexOf(cell)));
  return { type: 'category', name, codes, categories };
}

function numbers(name: string, cells: readonly number[]): NumberColumn {
  return { type: 'number', name, values: Float64Array.from(cells) };
}

/** Four units of two sites, ten outages each. */
const units = Array.from({ length: 40 }, (_, row) => `T${row % 4}`);
const siteOf = (unit: string) => (unit < 'T2' ? 'Nord' : 'Sud');
const powerOf = (unit: string) => 900 + 100 * Number(unit.slice(1));

function fleet(change: (cells: { sites: (string | null)[]; powers: number[] }) => void = () => {}): Table {
  const cells = { sites: units.map(siteOf) as (string | null)[], powers: units.map(powerOf) };
  change(cells);
  const columns = [labels('Tranche', units), labels('Site', cells.sites), numbers('Puissance', cells.powers)];
  return { nRows: 40, columns };
}

describe('columns that another determines', () => {
  test('a unit determines its site and its power; a site of two units determines neither', () => {
    const found = findDependentInputs(fleet());
    expect(found.map(({ leader, column }) => [leader, column])).toEqual([
      ['Tranche', 'Site'],
      ['Tranche', 'Puissance'],
    ]);
    expect(found[0]?.cells).toEqual(units.slice(0, 4).map((unit) => [unit, siteOf(unit)]));
    expect(found[1]?.cells).toEqual(units.slice(0, 4).map((unit) => [unit, powerOf(unit)]));
  });

  test('missing cells do not matter, nor does one wrong row in a hundred', () => {
    const holes = fleet(({ sites, powers }) => {
      for (let row = 0; row < 40; row += 5) [sites[row], powers[row]] = [null, NaN];
    });
    expect(findDependentInputs(holes)).toHaveLength(2);
    const wrong = Array.from({ length: 200 }, (_, row) => (row === 7 ? 'Sud' : siteOf(`T${row % 4}`)));
    const long = {
      nRows: 200,
      columns: [
        labels(
          'Tranche',
          Array.from(wrong, (_, i) => `T${i % 4}`),
        ),
        labels('Site', wrong),
      ],
    };
    expect(findDependentInputs(long)[0]?.cells).toEqual(
      units.slice(0, 4).map((unit) => [unit, siteOf(unit)]),
    );
  });

  test('what differs within a unit, a constant, and labels seen once or twice say nothing', () => {
    const varying = fleet(({ powers }) => powers.forEach((_, row) => (powers[row] = row)));
    expect(findDependentInputs(varying).map(({ column }) => column)).toEqual(['Site']);
    const constant = fleet(({ powers }) => powers.fill(900));
    expect(findDependentInputs(constant).map(({ column }) => column)).toEqual(['Site']);
    const rare = {
      nRows: 4,
      columns: [labels('Tranche', ['a', 'b', 'c', 'd']), labels('Site', ['x', 'x', 'y', 'y'])],
    };
    expect(findDependentInputs(rare)).toEqual([]);
  });
});
