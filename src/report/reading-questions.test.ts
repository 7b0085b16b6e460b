import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import { encodeUtf8 } from '#data/csv/read-text.ts';
import { readDataset } from '#jobs/dataset/read-dataset.ts';
import { wordsIn } from '#language/words.ts';
import { titleQuestions, viewQuestions } from './reading-questions.ts';

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/gu, ' ');

async function ask(text: string, language: 'fr' | 'en' = 'fr', overrides: Partial<Dialect> = {}) {
  const file = { name: 'f.csv', bytes: encodeUtf8(text) };
  const { summary } = await readDataset({ datasetId: 'd', file, overrides }, createSilentContext());
  const questions = viewQuestions(summary, wordsIn(language));
  return {
    summary,
    asked: questions.map(({ title, options }) => [plain(title), ...options.map(({ label }) => plain(label))]),
    options: questions.flatMap(({ options }) => options),
  };
}

const text = 'Début;Durée\n03/04/2025;1,234\n05/06/2025;5,678\n';

describe('what a file leaves open', () => {
  it('is asked with what each answer makes of the file’s own values', async () => {
    expect((await ask(text)).asked).toEqual([
      ['Comment lire « 1,234 » ?', '1,234 : marque décimale', '1 234 : marque des milliers'],
      ['Comment lire « 03/04/2025 » ?', '3 avril 2025 (jour/mois/année)', '4 mars 2025 (mois/jour/année)'],
    ]);
    expect((await ask(text, 'en')).asked).toEqual([
      ['How is “1,234” to be read?', '1.234: decimal mark', '1,234: thousands mark'],
      ['How is “03/04/2025” to be read?', '3 April 2025 (day/month/year)', '4 March 2025 (month/day/year)'],
    ]);
    expect(titleQuestions(2, wordsIn('fr'))).toBe('Deux vérifications avant d’aller plus loin');
    expect(titleQuestions(1, wordsIn('fr'))).toBe('Une vérification avant d’aller plus loin');
  });

  it('is no longer asked once it is answered, either way', async () => {
    for (const { overrides } of (await ask(text)).options) {
      const [field] = Object.keys(overrides);
      const { summary } = await ask(text, 'fr', overrides);
      expect(summary.questions.map((question) => question.field)).not.toContain(field);
      expect(summary.dialect).toMatchObject(overrides);
    }
  });

  it('tells a header of several lines', async () => {
    const { asked } = await ask(
      'Bilan;;\nTranche;;Calendrier\nNom;Site;Durée\n;;j\nA 1;S;12\n;;\nB 2;S\nC 3;S;8\n',
    );
    expect(asked).toEqual([['À vérifier : Ligne des titres', 'titres des lignes 2 à 4', 'sans la ligne 2']]);
  });
});
