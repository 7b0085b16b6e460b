import { describe, expect, it } from 'vitest';
import { wordsIn } from '#language/words.ts';
import { tellReadingNotes } from './reading-notes.ts';

const note = { column: 'Fin', count: 35, examples: ['en cours'], rows: [] } as const;
const nothing = { notes: [], arrangements: [], doubtful: [], codes: [], columns: [], workbook: null };
const texts = (said: Partial<Parameters<typeof tellReadingNotes>[0]>, language: 'fr' | 'en') =>
  tellReadingNotes({ ...nothing, ...said }, wordsIn(language)).map(({ text }) =>
    text.replaceAll(/[\u00a0\u202f]/gu, ' '),
  );

describe('what a person is told of the cells', () => {
  it('says what became of words, in both languages', () => {
    const notes = [{ ...note, kind: 'ongoing' }] as const;
    expect(texts({ notes }, 'fr')).toEqual([
      '« Fin » : 35 cases (« en cours ») sans fin à ce jour, laissées vides ; ces arrêts comptent comme en cours.',
    ]);
    expect(texts({ notes }, 'en')).toEqual([
      '“Fin”: 35 cells (“en cours”) without an end so far, left empty; these outages count as ongoing.',
    ]);
  });

  it('puts what needs a look first, and offers to take apart what was put together', () => {
    const arrangement = {
      kind: 'unit-column',
      from: ['Downtime', 'Unit'],
      into: ['Downtime'],
      unit: 'hour',
    } as const;
    const told = tellReadingNotes(
      {
        ...nothing,
        notes: [
          { ...note, kind: 'flagged' },
          { ...note, kind: 'censored', examples: ['>9'] },
        ],
        arrangements: [{ ...arrangement, nIncomplete: 2 }],
        doubtful: [{ column: 'Début', called: 'date', nLabels: 40, examples: ['12 brumaire'] }],
      },
      wordsIn('en'),
    );
    expect(told.map(({ needsLook }) => needsLook)).toEqual([true, true, true, false]);
    expect(told.map(({ arranged }) => arranged)).toEqual([[], [], ['Downtime', 'Unit'], []]);
    expect(told[2]?.text).toBe(
      '“Downtime” is converted to hours by “Unit”. 2 cells without a unit, left empty.',
    );
  });
});
