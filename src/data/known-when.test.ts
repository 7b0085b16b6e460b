import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from './csv/byte-source.ts';
import { readTable } from './csv/read-table.ts';
import { findFollowers } from './followers.ts';
import { guessRoles } from './guess-roles.ts';
import { guessKnownWhen } from './known-when.ts';

const folder = new URL('../../../shared/data/', import.meta.url);

async function atStartOf(file: string): Promise<readonly string[]> {
  const source = createByteSource(file, readFileSync(new URL(file, folder)));
  const { table } = await readTable(source, {}, createSilentContext());
  const known = guessKnownWhen(guessRoles(table), findFollowers(table));
  return [...known].flatMap(([column, when]) => (when === 'at-start' ? [column] : []));
}

describe.skipIf(!existsSync(folder))('when a column is known (skipped without ../shared/data)', () => {
  it('tells what a planner cannot know of the French shutdowns, alike in both languages of the file', async () => {
    expect(await atStartOf('arrets_tranche_2011_2023.csv')).toEqual([
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
    expect(await atStartOf('arrets_tranche_2011_2023_fr_cp1252.csv')).toHaveLength(9);
  });

  it('tells the curtailed power and the hour of Californian plants, not what a plant can give', async () => {
    expect(await atStartOf('caiso_plant_outages_2024.csv')).toEqual([
      'curtailment_mw_first',
      'fraction_curtailed_first',
      'hour',
    ]);
  });
});

describe('when a column is known', () => {
  const guess = (column: string) =>
    guessKnownWhen([{ column, role: 'context', reason: 'default' }]).get(column);

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

  it('takes what each unit always has for a fact of it, and what a person set aside as known afterwards for that', () => {
    const roles = [
      { column: 'Power', role: 'context', reason: 'default' },
      { column: 'Total', role: 'ignore', reason: 'known-after' },
    ] as const;
    expect(guessKnownWhen(roles, [{ column: 'Power' }])).toEqual(
      new Map([
        ['Power', 'long-before'],
        ['Total', 'afterwards'],
      ]),
    );
  });
});
