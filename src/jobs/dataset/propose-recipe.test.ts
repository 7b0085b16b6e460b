import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createWorkbench } from '../workbench.ts';

const silent = createSilentContext();
const today = Date.UTC(2026, 0, 1);
const day = (n: number) => new Date(Date.UTC(2022, 0, 1 + n)).toISOString().slice(0, 10);

async function open(text: string) {
  const workbench = createWorkbench();
  const file = { name: 'f.csv', bytes: new TextEncoder().encode(text) };
  const summary = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
  const request = { datasetId: 'd', roles: summary.roles, today };
  const preparation = await workbench.run('prepare', request, silent);
  const findings = await workbench.run('check-quality', request, silent);
  return { summary, preparation, codes: findings.map(({ code }) => code), workbench, request };
}

const rows = (n: number, row: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => row(i)).join('\n');

describe('the cleaning proposed of a file', () => {
  it.each([
    ['Statut', 'Terminée', 'Annulée'],
    ['Status', 'Closed', 'Withdrawn by the operator'],
    ['Zustand', 'Abgeschlossen', 'Storniert'],
    ['Estado', 'Finalizada', 'Anulada'],
    ['docStatus', 'A05', 'A09'],
  ])(
    'leaves out what %s says was cancelled, and gives it back when the step is undone',
    async (name, done, no) => {
      const text = `${name},unit,start,end\n${rows(80, (i) => `${i % 5 ? done : no},U${i % 4},${day(9 * i)},${day(9 * i + 1 + (i % 7))}`)}\n`;
      const { preparation, summary, workbench, request } = await open(text);
      expect(preparation.nKept).toBe(64);
      expect(preparation.setAside).toMatchObject([{ reason: 'excluded', count: 16 }]);
      expect(summary.recipe.steps.map(({ id }) => id)).toEqual(['cancelled-lines']);
      await workbench.run('apply-recipe', { datasetId: 'd', recipe: { version: 1, steps: [] } }, silent);
      expect((await workbench.run('prepare', request, silent)).nKept).toBe(80);
    },
  );

  it('leaves a label alone that only sounds like it', async () => {
    const text = `Cause,unit,start,end\n${rows(80, (i) => `${['Annulée', 'Turbine', 'Pompe'][i % 3]},U${i % 4},${day(9 * i)},${day(9 * i + 1 + (i % 7))}`)}\n`;
    expect((await open(text)).preparation.nKept).toBe(80);
  });

  it('fills empty durations with what the dates give, but not where they say something else', async () => {
    const text = (factor: number) =>
      `unit,start,end,duration (days)\n${rows(60, (i) => `U${i % 4},${day(9 * i)},${day(9 * i + 1 + (i % 7))},${i % 3 ? (1 + (i % 7)) * factor : ''}`)}\n`;
    const given = await open(text(1));
    expect(given.preparation).toMatchObject({ nKept: 60, target: { max: 7 } });
    expect(given.summary.cleaning.report).toMatchObject([{ status: 'applied', nCellsChanged: 20 }]);
    expect((await open(text(1.5))).preparation.nKept).toBe(40);
  });

  it('warns of a merge that takes more than a fifth of the rows', async () => {
    const text = (nPeriods: (i: number) => number) =>
      `mRID,unit,start,end\n${Array.from({ length: 60 }, (_, i) =>
        Array.from(
          { length: nPeriods(i) },
          (_part, p) => `K${i},U${i % 4},${day(9 * i + p)},${day(9 * i + p + 1)}`,
        ),
      )
        .flat()
        .join('\n')}\n`;
    expect((await open(text(() => 2))).codes).toContain('many-merged');
    const few = await open(text((i) => (i < 6 ? 2 : 1)));
    expect(few.preparation.nKept).toBe(60);
    expect(few.codes).not.toContain('many-merged');
  });
});
