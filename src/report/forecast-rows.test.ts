import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';
import { readCell } from '#data/cell.ts';
import { requireColumn } from '#data/require-columns.ts';
import type { FileForecast, ForecastRow } from '#jobs/prediction/contract.ts';
import { wordsIn } from '#language/words.ts';
import { exportForecast, listForecastColumns, tellNotes } from './forecast-rows.ts';

const about = {
  unitColumn: 'Tranche',
  identifierColumn: null,
  startColumn: 'Date de début',
  hasTime: false,
  hasPlan: true,
} satisfies Omit<FileForecast, 'rows'>;

const day = fc.integer({ min: 20_000, max: 22_000 }).map((n) => n * 86_400_000);
const duration = fc.option(fc.double({ min: 0.5, max: 400, noNaN: true }), { nil: null, freq: 4 });
const row = fc
  .record({ start: day, p10: duration, p50: duration, p80: duration, plan: duration })
  .map((drawn): ForecastRow => ({
    ...drawn,
    row: 0 as ForecastRow['row'],
    unit: 'Éparges 3',
    identifier: null,
    value: drawn.p50,
    end: drawn.p80 === null ? null : drawn.start + drawn.p80 * 86_400_000,
    notes: [{ kind: 'wide', columns: ['Effectif'] }],
  }));

describe('the table of outages to come as a file', () => {
  it.each(['excel-french', 'international'] as const)('is read back equal, in %s', async (dialect) => {
    const columns = listForecastColumns(about, 'day', true, wordsIn('fr'));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 3, maxLength: 12 }), async (drawn) => {
        // A file whose columns are empty, or whose days all lie below 13, tells less than this.
        const sure = {
          ...drawn[0],
          start: Date.UTC(2027, 0, 31),
          p10: 9.25,
          p50: 12.75,
          p80: 20.5,
          plan: 15.5,
        };
        const rows = [{ ...sure, end: Date.UTC(2027, 1, 20) } as ForecastRow, ...drawn].map((each, i) => ({
          ...each,
          row: i as ForecastRow['row'],
        }));
        const { text } = exportForecast('à venir.xlsx', columns, rows, dialect);
        const source = createByteSource('a.csv', new TextEncoder().encode(text));
        const { table, evidence } = await readTable(source, {}, createSilentContext());
        expect(evidence.filter(({ isAmbiguous }) => isAmbiguous)).toEqual([]);
        for (const { name, valueOf } of columns) {
          const column = requireColumn(table, name);
          expect(rows.map((_, i) => readCell(column, i))).toEqual(rows.map(valueOf));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has no more digits than a tenth, and no time of day where the starts have none', () => {
    const columns = listForecastColumns(about, 'day', true, wordsIn('en'));
    const [one] = fc.sample(row, 1) as [ForecastRow];
    const shown = { ...one, p80: 20.123_456_7, end: Date.UTC(2027, 1, 20, 2, 57) };
    const of = (id: string) => columns.find((column) => column.id === id)?.valueOf(shown);
    expect([of('p80'), of('end')]).toEqual([20.1, Date.UTC(2027, 1, 20)]);
  });

  it('says why there is a blank, in both languages', () => {
    const notes = [
      { kind: 'no-level', level: 'P10', n: 3, needed: 9 },
      { kind: 'unread', column: 'Début', raw: 'bientôt' },
    ] as const;
    const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/gu, ' ');
    expect(plain(tellNotes(notes, wordsIn('fr')))).toBe(
      'P10 : trop peu d’arrêts : 3, il en faut 9. Début : « bientôt » ne se lit pas, laissé vide.',
    );
    expect(plain(tellNotes(notes, wordsIn('en')))).toBe(
      'P10: too few outages: 3, it takes 9. Début: “bientôt” cannot be read, left empty.',
    );
  });
});
