import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '#data/profile.ts';
import type { RecipeAction } from '#data/recipe/recipe-step.ts';
import { wordsIn } from '#language/words.ts';
import { describeAction } from './recipe-sentences.ts';

const fr = wordsIn('fr');
const profile = (name: string, type: ColumnProfile['type']): ColumnProfile => ({
  name,
  type,
  nRows: 10,
  nMissing: 0,
  nDistinct: 5,
  nUnread: 0,
  examples: [],
});
const profiles = [profile('Durée', 'number'), profile('Fin', 'date'), profile('Site', 'category')];

/** Spaces of any width and kind as plain ones. */
const plain = (text: string) => text.replaceAll(/\s/gu, ' ');

const actions: readonly (readonly [RecipeAction, string])[] = [
  [{ kind: 'exclude-rows', rows: [1] }, 'Exclure 1 ligne'],
  [{ kind: 'exclude-outside', column: 'Durée', bounds: { above: 0 } }, 'Exclure les lignes où « Durée » ≤ 0'],
  [
    { kind: 'exclude-outside', column: 'Fin', bounds: { max: Date.UTC(2031, 10, 27) } },
    'Exclure les lignes où « Fin » > 27/11/2031',
  ],
  [
    { kind: 'set-missing-outside', column: 'Durée', bounds: { min: 0, max: 1 } },
    'Vider « Durée » où la valeur est hors de 0 à 1',
  ],
  [
    { kind: 'exclude-span-outside', start: 'Début', end: 'Fin', bounds: { min: 0 } },
    'Exclure les lignes où « Fin » − « Début » < 0 (jours)',
  ],
  [
    { kind: 'merge-labels', column: 'Site', from: ['ete', 'ETE'], into: 'Été' },
    'Écrire « Été » au lieu de « ete », « ETE » dans « Site »',
  ],
  [{ kind: 'merge-rows', identifier: 'id', start: 'd', end: 'f' }, 'Fusionner par identifiant (« id »)'],
  [{ kind: 'clip', column: 'Durée', min: 0 }, 'Ramener « Durée » entre 0 et ∞'],
  [{ kind: 'set-role', column: 'Site', role: 'ignore' }, 'Laisser « Site » de côté'],
  [{ kind: 'set-role', column: 'Site', role: 'lever' }, 'Utiliser « Site » comme « Levier »'],
  [{ kind: 'fill-missing', column: 'Site', value: 'x' }, 'Remplir les cases vides de « Site » par « x »'],
  [{ kind: 'exclude-duplicates', ignoring: [] }, 'Ne garder qu’une des lignes répétées'],
];

describe('a step in words', () => {
  it.each(actions)('%j is an order a planner understands', (action, expected) => {
    expect(plain(describeAction(action, profiles, fr))).toBe(expected);
  });
});
