import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from './csv/byte-source.ts';
import { readTable } from './csv/read-table.ts';
import { guessRoles } from './guess-roles.ts';
import { applyHorizon, atStart, findKnownWhen } from './known-when.ts';
import type { RoleAssignment } from './roles.ts';
import type { Table } from './table.ts';

const folder = new URL('../../../shared/data/', import.meta.url);

async function atStartOf(file: string): Promise<readonly string[]> {
  const source = createByteSource(file, readFileSync(new URL(file, folder)));
  const { table } = await readTable(source, {}, createSilentContext());
  const known = findKnownWhen(table, guessRoles(table));
  return [...known].flatMap(([column, when]) => (when === 'at-start' ? [column] : []));
}

describe.skipIf(!existsSync(folder))('when a column is known (skipped without ../shared/data)', () => {
  it('tells what a planner cannot know of the French shutdowns, alike in both languages of the file', async () => {
    expect(await atStartOf('arrets_tranche_2011_2023.csv')).toEqual([
      'jour_semaine',
      'heure_debut',
      'jours_depuis_arret_precedent',
      'jours_equivalent_pleine_puissance',
      'duree_arret_precedent_jours',
      'puissance_moy_24h_avant_pct',
      'puissance_moy_7j_avant_pct',
      'puissance_1h_avant_pct',
      'tranches_arretees_parc',
      'tranches_arretees_site',
    ]);
    expect(await atStartOf('arrets_tranche_2011_2023_fr_cp1252.csv')).toHaveLength(10);
  });

  it('tells the curtailed power and the hour of Californian plants, not what a plant can give', async () => {
    expect(await atStartOf('caiso_plant_outages_2024.csv')).toEqual([
      'curtailment_mw_first',
      'fraction_curtailed_first',
      'weekday',
      'hour',
    ]);
  });
});

describe('when a column is known', () => {
  const nothing = { nRows: 0, columns: [] };
  const guess = (column: string) =>
    findKnownWhen(nothing, [{ column, role: 'context', reason: 'default' }]).get(column);

  it.each([
    ['Effectif', 'long-before'],
    ['Type d’arrêt', 'long-before'],
    ['Mois', 'long-before'],
    ['Âge de la tranche (ans)', 'long-before'],
    ['Nombre de tâches', 'long-before'],
    ['Puissance nominale (MW)', 'long-before'],
    ['Charge avant arrêt', 'at-start'],
    ['Cause', 'at-start'],
    ['Units down', 'at-start'],
    ['Commentaire', 'afterwards'],
    ['Motif de prolongation', 'afterwards'],
  ])('%s: %s', (column, when) => {
    expect(guess(column)).toBe(when);
  });

  it.each(['Commentaire', 'Retard'])(
    '%s, made a feature by a person: by the start at the latest',
    (column) => {
      const leak = { column, kind: 'copy-of-target' } as const;
      const roles: readonly RoleAssignment[] = [{ column, role: 'context', reason: 'user', leak }];
      expect(findKnownWhen(nothing, roles).get(column)).toBe('at-start');
      expect(applyHorizon(nothing, roles, atStart)).toEqual(roles);
      expect(applyHorizon(nothing, roles, { kind: 'plan', leadDays: 30 })[0]?.role).toBe('ignore');
    },
  );

  it('takes what each unit always has for a fact of it; what a person says goes before', () => {
    const table: Table = {
      nRows: 8,
      columns: [
        {
          type: 'category',
          name: 'Unit',
          codes: Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1),
          categories: ['A', 'B'],
        },
        { type: 'number', name: 'Power', values: Float64Array.of(900, 1300, 900, 1300, 900, NaN, 900, 1300) },
        { type: 'number', name: 'Power before', values: Float64Array.of(80, 90, 70, 90, 80, 90, 80, 90) },
        { type: 'number', name: 'Total', values: new Float64Array(8) },
        { type: 'number', name: 'Down', values: new Float64Array(8) },
      ],
    };
    const roles: readonly RoleAssignment[] = [
      { column: 'Unit', role: 'group', reason: 'name' },
      { column: 'Power', role: 'context', reason: 'default' },
      { column: 'Power before', role: 'context', reason: 'default' },
      { column: 'Total', role: 'ignore', reason: 'known-after' },
      { column: 'Down', role: 'context', reason: 'user', knownWhen: 'long-before' },
    ];
    expect([...findKnownWhen(table, roles).values()]).toEqual([
      'long-before',
      'long-before',
      'at-start',
      'afterwards',
      'long-before',
    ]);
    const planned = applyHorizon(table, roles, { kind: 'plan', leadDays: 180 });
    expect(planned.filter(({ reason }) => reason === 'known-later').map(({ column }) => column)).toEqual([
      'Power before',
    ]);
    expect(applyHorizon(table, roles, atStart)).toEqual(roles);
  });
});
