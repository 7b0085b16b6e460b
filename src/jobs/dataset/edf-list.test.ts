import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { encodeWindows1252 } from '#data/csv/encode-text.ts';
import type { DatasetSummary } from './contract.ts';
import { createWorkbench, type Workbench } from '../workbench.ts';

/** EDF's list of unavailabilities as its readers know it: Latin-1, a title line, several versions per outage. */
const header =
  'Status;Identifiant;Numéro de version;Nom;Filière;Date de début;Date de fin;Type;Cause;Information complémentaire;Puissance maximale (MW);Puissance disponible (MW);Date de publication';
const title = 'Liste des indisponibilités des moyens de production au 12/03/2024 14:05:11';

const nOutages = 40;
/** Two versions of every outage, the later of which ends two days later; the last outage is under way. */
const versions = Array.from({ length: nOutages }, (_, i) =>
  [1, 2].map((version) => writeLine(i, version)),
).flat();

function writeLine(outage: number, version: number): string {
  const isOngoing = outage === nOutages - 1;
  const day = String((outage % 28) + 1).padStart(2, '0');
  const month = String((outage % 9) + 1).padStart(2, '0');
  const end = isOngoing ? '' : `${String((outage % 20) + 6 + 2 * version).padStart(2, '0')}/12/2023 18:30`;
  return [
    isOngoing ? 'Active' : 'Terminée',
    `EDF-2023-${1000 + outage}`,
    version,
    `TRICASTIN ${(outage % 4) + 1}`,
    'Nucléaire',
    `${day}/${month}/2023 06:00`,
    end,
    outage % 3 === 0 ? 'Fortuite' : 'Planifiée',
    'Maintenance',
    outage % 5 === 0 ? '"Arrêt ""VP"" ; prolongé"' : '',
    '915',
    '0',
    `0${version}/01/2023 09:15`,
  ].join(';');
}

const bytes = encodeWindows1252([title, header, ...versions, ''].join('\r\n'));
const context = createSilentContext();
const today = Date.UTC(2024, 2, 12);

describe('EDF’s list of unavailabilities', () => {
  let workbench: Workbench;
  let summary: DatasetSummary;
  beforeAll(async () => {
    workbench = createWorkbench();
    const file = { name: 'Export_indisponibilites.csv', bytes };
    summary = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, context);
  });

  it('is read below its title line, in its encoding, with nothing to ask and nothing lost', () => {
    expect(summary.titles).toEqual([title]);
    expect(summary.dialect).toMatchObject({
      encoding: 'windows-1252',
      delimiter: ';',
      dateOrder: 'dmy',
      headerRow: 1,
    });
    expect(summary.ledger).toMatchObject({ titles: 1, headers: 1, kept: 2 * nOutages, rejected: 0 });
    expect(summary.questions).toEqual([]);
    expect(summary.unread.count).toBe(0);
    expect(summary.columns.map(({ name }) => name).join(';')).toBe(header);
  });

  it('proposes the roles a planner would give', () => {
    const roles = Object.fromEntries(summary.roles.map(({ column, role }) => [column, role]));
    expect(roles).toMatchObject({
      Identifiant: 'identifier',
      'Numéro de version': 'version',
      Nom: 'group',
      'Date de début': 'start',
      'Date de fin': 'end',
      Type: 'context',
    });
  });

  it('keeps the latest version of each outage, says how many, and which one is under way', async () => {
    const { roles } = summary;
    const request = { datasetId: 'd', roles, today };
    const prepared = await workbench.run('prepare', request, context);
    expect(prepared).toMatchObject({ nRead: 2 * nOutages, nKept: nOutages - 1, problem: null });
    const counts = Object.fromEntries(prepared.setAside.map(({ reason, count }) => [reason, count]));
    expect(counts).toEqual({ 'older-version': nOutages });
    expect(prepared.underWay?.n).toBe(1);
    const { recipe, cleaning } = summary;
    expect(recipe.steps.map(({ action }) => action)).toEqual([
      { kind: 'keep-latest-version', identifier: 'Identifiant', version: 'Numéro de version' },
    ]);
    expect(cleaning).toMatchObject({
      nRows: nOutages,
      report: [{ status: 'applied', nRowsRemoved: nOutages }],
    });
    const findings = await workbench.run('check-quality', request, context);
    expect(findings.find(({ code }) => code === 'ongoing-outages')?.details).toEqual({
      nWithoutEnd: 1,
      nEndsInFuture: 0,
    });
  });

  it('learns the duration that the latest version says', async () => {
    const page = await workbench.run('table-page', { datasetId: 'd', from: 0, count: 1 }, context);
    const end = summary.columns.findIndex(({ name }) => name === 'Date de fin');
    expect(page.rows[0]?.[end]).toBe(Date.UTC(2023, 11, 10, 18, 30));
    const prepared = await workbench.run('prepare', { datasetId: 'd', roles: summary.roles, today }, context);
    // The longest: 9 January 06:00 to 26 December 18:30.
    expect(prepared.target?.max).toBeCloseTo(351.52, 2);
  });
});
