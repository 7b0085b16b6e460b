import { expect, it } from 'vitest';
import { wordsIn } from '#language/words.ts';
import { tellRecovery } from './recovery.view.ts';

const whole = {
  kind: 'emptied',
  nModels: 2,
  files: ['parc.csv'],
  nLostModels: 0,
  lostFiles: [],
  isBehind: false,
} as const;
const { t } = wordsIn('en');
const tell = (changes: Partial<Omit<typeof whole, 'kind'> | { nLostModels: number; lostFiles: string[] }>) =>
  tellRecovery({ ...whole, ...changes }, wordsIn('en'));

it('says that nothing is missing only where nothing is', () => {
  expect(tell({})).toEqual(['Put back from the second copy: 2 models, parc.csv.', t('shell.recovery.whole')]);
  const part = tell({ nLostModels: 3, lostFiles: ['large.csv'] });
  expect(part).not.toContain(t('shell.recovery.whole'));
  expect(part.join(' ')).toMatch(/large\.csv.*3/u);
});

it('never says that something is back where nothing is', () => {
  const sentences = tellRecovery({ ...whole, nModels: 0, files: [], isBehind: true }, wordsIn('en'));
  expect(sentences).toEqual([t('shell.recovery.nothing')]);
});
