import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isBalanced } from './csv/ledger.ts';
import { readBytes } from './csv/read-text.ts';
import { guessRoles } from './guess-roles.ts';
import { prepareOutages } from './outages.ts';

const folder = new URL('../../../shared/data/', import.meta.url);
const isHere = existsSync(folder);
if (!isHere) console.warn('skipped: the operators’ files (../shared/data) are not here');

const open = (name: string) => readBytes(readFileSync(new URL(name, folder)));
const now = Date.UTC(2026, 0, 1);

describe.skipIf(!isHere)('the operators’ files', () => {
  it('reads the French shutdowns and their international twin as the same table', async () => {
    const french = await open('arrets_tranche_2011_2023_fr_cp1252.csv');
    const international = await open('arrets_tranche_2011_2023.csv');
    expect(french.dialect).toMatchObject({
      encoding: 'windows-1252',
      delimiter: ';',
      decimalMark: ',',
      dateOrder: 'dmy',
    });
    const nameless = ({ table }: typeof french) => table.columns.map((column) => ({ ...column, name: '' }));
    expect(nameless(french)).toEqual(nameless(international));
    expect(french.table.nRows).toBe(2033);
    expect(french.unread.count + international.unread.count).toBe(0);
    expect(french.evidence.filter(({ isAmbiguous }) => isAmbiguous)).toEqual([]);
    const rolesOf = (result: typeof french) => guessRoles(result.table).map(({ role }) => role);
    expect(rolesOf(french)).toEqual(rolesOf(international));
  });

  it('proposes the duration as target and says that the end gives it away', async () => {
    const { table } = await open('arrets_tranche_2011_2023_fr_cp1252.csv');
    const roles = guessRoles(table);
    const roleOf = (name: string) => roles.find(({ column }) => column === name);
    expect(roleOf('Durée (jours)')?.role).toBe('target');
    expect(roleOf('Date de début')?.role).toBe('start');
    expect(roleOf('Tranche')?.role).toBe('group');
    expect(roleOf("Durée de l'arrêt précédent (j)")?.role).toBe('context');
    expect(roleOf('Date de fin')).toMatchObject({
      role: 'end',
      reason: 'known-after',
      leak: { kind: 'end-date', through: 'Date de début' },
    });
    const outages = prepareOutages(table, roles, { now });
    expect(outages).toMatchObject({ unit: 'day', targetName: 'Durée (jours)' });
    expect(outages.target).toHaveLength(2033);
    expect(outages.features.columns.map(({ name }) => name)).not.toContain('Date de fin');
    // The file has month, weekday and hour of its own.
    expect(outages.featureOrigins.filter(({ column }) => column === 'Date de début')).toEqual([]);
  });

  it('finds in ENTSO-E’s outages the end, the energy and the absurd ends', async () => {
    const { table, ledger } = await open('entsoe_fr_outages.csv');
    expect(isBalanced(ledger) && ledger.kept).toBe(13_083);
    const roles = guessRoles(table);
    const roleOf = (name: string) => roles.find(({ column }) => column === name);
    expect(roleOf('duration_hours')?.role).toBe('target');
    expect(roleOf('outage_end')).toMatchObject({ role: 'end', leak: { kind: 'end-date' } });
    expect(roleOf('mwh_unavailable')).toMatchObject({
      role: 'ignore',
      leak: { kind: 'power-times-duration', through: 'mw_unavailable' },
    });
    expect(roleOf('last_updated')).toMatchObject({
      role: 'ignore',
      reason: 'known-after',
      leak: { kind: 'name', through: 'outage_start' },
    });
    expect(roleOf('revision')?.role).toBe('version');
    const { unit, setAside } = prepareOutages(table, roles, { now });
    expect(unit).toBe('hour');
    expect(setAside.some(({ reason }) => reason === 'ends-in-future')).toBe(true);
  });

  it('finds the target and the leak of the Californian plants', async () => {
    const { table } = await open('caiso_plant_outages_2024.csv');
    const roles = guessRoles(table);
    const withRole = (role: string) =>
      roles.filter((entry) => entry.role === role).map(({ column }) => column);
    expect(withRole('target')).toEqual(['duration_hours']);
    expect(withRole('end')).toEqual(['end']);
    expect(withRole('identifier')).toEqual(['outage_mrid']);
    expect(withRole('group')).toEqual(['resource_id', 'resource_name']);
  });

  it('reads the sample and proposes its levers', async () => {
    const { table } = await open('arrets_synthetiques_1000.csv');
    expect(guessRoles(table).map(({ role }) => role)).toEqual([
      'context',
      'context',
      'lever',
      'lever',
      'target',
    ]);
    const { target } = prepareOutages(table, guessRoles(table), { now });
    expect(target.filter((days) => days <= 0)).toHaveLength(12);
  });
});
