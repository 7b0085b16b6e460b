import { expect, test } from 'vitest';
import { listCancelled } from './status-words.ts';

function column(name: string, cells: readonly string[]) {
  const categories = [...new Set(cells.filter((cell) => cell !== ''))];
  return {
    type: 'category' as const,
    name,
    categories,
    codes: Int32Array.from(cells, (cell) => categories.indexOf(cell)),
  };
}

test.each([
  ['Annulé', ['oui', 'non', 'non'], ['oui']],
  ['Annulée ?', ['', 'X', ''], ['X']],
  ['Cancelled', ['No', 'Yes', 'No'], ['Yes']],
  ['Storniert', ['nein', 'ja', 'nein'], ['ja']],
  ['État', ['Réalisé', 'Reporté', 'Supprimé'], ['Reporté', 'Supprimé']],
  // What was put off may have taken place later.
  ['Reporté', ['oui', 'non', 'non'], []],
  // All were, or nobody says what a number means: nothing would be left, or be known.
  ['Annulé', ['oui', 'oui', 'oui'], []],
  ['Annulé', ['2', 'non', 'non'], []],
  ['Prolongé', ['oui', 'non', 'non'], []],
  ['Annulation possible', ['oui', 'non', 'non'], []],
])('« %s » of %j: cancelled are %j', (name, cells, cancelled) => {
  expect(listCancelled(column(name, cells))).toEqual(cancelled);
});
