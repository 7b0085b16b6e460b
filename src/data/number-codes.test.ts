import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { inferReading } from './csv/infer-type.ts';
import type { CellMarks } from './csv/cell-reader.ts';
import { findNumberCodes } from './number-codes.ts';

const marks: CellMarks = { dateOrder: 'dmy', decimalMark: '.', thousandsMark: '' };

/** So many rows that draw from the values. */
function draw(values: readonly (number | string)[], nRows = 300, seed = 3): string[] {
  const rng = createRng(seed);
  return Array.from({ length: nRows }, () => String(values[rng.nextBelow(values.length)]));
}

const typeOf = (name: string, cells: readonly string[]) => inferReading(name, cells, marks)?.type;

const plants = [55077, 117, 3452, 56532, 7, 10123, 55698, 401, 60345, 7654, 55333, 299];
const small = [1, 2, 3, 4, 5, 6];

describe('numbers that name things', () => {
  test.each([
    ['plant_id', plants],
    ['PlantID', plants],
    ['Plant Code', plants],
    ['ORIS code', plants],
    ['facilityId', plants],
    ['unit', small],
    ['Unit No.', small],
    ['Tranche', small],
    ['N° de tranche', small],
    ['Numéro de réacteur', small],
    ['Code site', plants],
    ['cause_code', [12, 13, 27, 98, 101]],
    ['code postal', [10400, 26130, 37420, 76450]],
    ['id_prestataire', [3, 17, 40, 112]],
    ['Block', small],
    ['Anlage Nr', small],
    ['plant_id', ['55077.0', '117.0', '3452.0']],
    ['unit', [1, 2, 3, '4A', '4B']],
    ['ouvrage', plants],
    // No name says so: five digits, not rounded, again and again.
    ['secteur', [55077, 10117, 34523, 56532, 71071, 10123, 55698, 40189, 60345, 76541]],
  ])('%s holds labels', (name, values) => {
    expect(typeOf(name, draw(values))).toBe('category');
  });

  test.each([
    ['age', Array.from({ length: 40 }, (_, i) => i)],
    ['Âge de la tranche', small],
    ['unit age', small],
    ['Puissance', [900, 1300, 1450]],
    ['unit_capacity_mw', [880, 905, 915, 1300, 1310]],
    ['puissance tranche', [890, 915, 1310]],
    ['units_down', small],
    ['Nombre de tranches arrêtées', small],
    ['number of units', small],
    ['nb_reacteurs', small],
    ['units', small],
    ['Année', [2015, 2016, 2017, 2018]],
    ['year', [2015, 2016, 2017, 2018]],
    ['année de mise en service de la centrale', [1977, 1984, 1990]],
    ['classe', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['Complexité', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['priority code', [1, 2, 3]],
    ['code gravité', [0, 1, 2]],
    ['niveau', [1, 2, 3]],
    ['Effectif', plants],
    ['crew number', small],
    ['month', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    ['mois', [202401, 202402, 202403, 202404, 202405, 202406, 202407, 202408, 202409, 202410]],
    ['budget travaux', [10000, 12500, 20000, 25000, 30000, 40000, 50000, 60000, 75000, 80000]],
    ['unit', [1.5, 2, 3]],
    ['unit temperature', [280, 281, 282]],
    ['Durée (jours)', small],
    ['unit', [-1, 1, 2]],
  ])('%s holds numbers', (name, values) => {
    expect(typeOf(name, draw(values))).toBe('number');
  });

  test('are no names where hardly any comes back: an identifier of outages stays what it is', () => {
    const cells = Array.from({ length: 300 }, (_, i) => String(40_000 + 7 * i));
    expect(typeOf('outage id', cells)).toBe('number');
    expect(typeOf('plant_id', cells)).toBe('number');
  });

  test('stay numbers under any name where some are fractions or below 0', () => {
    const anyName = fc.constantFrom('unit', 'plant_id', 'code', 'secteur', 'age');
    fc.assert(
      fc.property(
        anyName,
        fc.array(fc.integer({ min: 0, max: 99_999 }), { minLength: 1 }),
        (name, values) => {
          const cells = [...values, ...values, 0.5, 0.5].map(String);
          expect(typeOf(name, cells)).not.toBe('category');
        },
      ),
    );
  });

  test('are numbers again where a person says so, and nothing is said of them any more', () => {
    const cells = draw(plants);
    expect(inferReading('plant_id', cells, marks, null, 'number')?.type).toBe('number');
    const column = {
      type: 'category' as const,
      name: 'plant_id',
      codes: Int32Array.from(cells, (cell) => plants.indexOf(Number(cell))),
      categories: plants.map(String),
    };
    const table = {
      nRows: cells.length,
      columns: [column, { ...column, name: 'site', categories: ['A', 'B'] }],
    };
    expect(findNumberCodes(table, new Set())).toMatchObject([{ column: 'plant_id', nLabels: plants.length }]);
    expect(findNumberCodes(table, new Set(['plant_id']))).toEqual([]);
  });
});
