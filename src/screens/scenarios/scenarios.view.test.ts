import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DateFormFeature, FormFeature, NumberFormFeature } from '#inference/contract.ts';
import { countDecimals, sliderStep } from '#inference/number-step.ts';
import { tellOddities } from '#report/reach-sentences.ts';
import { wordsIn } from '#language/words.ts';
import {
  describeContradiction,
  describeDate,
  describeNumber,
  findEnd,
  groupFields,
  isToCome,
  listContradicted,
  listOutside,
  nameReference,
} from './scenarios.view.ts';
import { readDate } from '../read-date.ts';
import { categoryFeature, dateFeature, numberFeature } from '#inference/testing/form-features.ts';

const words = wordsIn('fr');

function number(changes: Partial<NumberFormFeature>): NumberFormFeature {
  return numberFeature('Effectif', 5, 49, {
    role: 'lever',
    typical: 27,
    p5: 7,
    median: 27,
    p95: 47,
    ...changes,
  });
}

/** The hint of a form that asks for this feature alone. */
function hintOf(feature: NumberFormFeature | DateFormFeature, value: number | null) {
  const scenario = { cells: [value], prediction: null, origin: null, isOwn: false };
  const note = groupFields([feature], scenario, null)[0]?.fields[0]?.note ?? null;
  return feature.type === 'date'
    ? describeDate(feature, value, note, words)
    : describeNumber(feature, note, words);
}

describe('the form', () => {
  it('asks levers first and marks what differs from the reference', () => {
    const features = [number({ role: 'context', name: 'Complexité' }), number({})];
    const scenario = { cells: [8, 20], prediction: null, origin: null, isOwn: false };
    const reference = { cells: [5, 20], prediction: null, origin: null, isOwn: false };
    const groups = groupFields(features, scenario, reference);
    expect(groups.map(({ group }) => group)).toEqual(['lever', 'context']);
    expect(groups.map(({ fields }) => fields[0]?.isChanged)).toEqual([false, true]);
    expect(groups[0]?.fields[0]?.index).toBe(1);
  });

  it('says of a cell that does not go with another what it would be', () => {
    const unit: FormFeature = categoryFeature('Tranche', ['T1', 'T2'], {
      role: 'group',
      determines: [
        {
          feature: 1,
          cells: [
            ['T1', 900],
            ['T2', 1300],
          ],
        },
      ],
    });
    const features = [unit, number({ name: 'Puissance', role: 'context', max: 1500 })];
    const fieldsOf = (power: number) => {
      const scenario = { cells: ['T2', power], prediction: null, origin: null, isOwn: false };
      return groupFields(features, scenario, null).flatMap(({ fields }) => fields);
    };
    const said = (power: number) => fieldsOf(power).map((field) => describeContradiction(field, words));
    expect(said(1300)).toEqual([null, null]);
    expect(said(900)[1]).toMatch(/«\sTranche\s»/u);
    expect(said(900)[1]).toMatch(/1.300$/u);
  });

  it('moves by one over whole numbers, else by about a two-hundredth of the range', () => {
    expect(sliderStep(number({}))).toBe(1);
    expect(sliderStep(number({ isInteger: false, min: 0, max: 1 }))).toBe(0.01);
    expect(sliderStep(number({ isInteger: false, min: 3, max: 3 }))).toBe(1);
    const bound = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(bound, (span) => {
        const step = sliderStep(number({ isInteger: false, min: 0, max: span }));
        expect(span / step).toBeGreaterThan(50);
        expect(span / step).toBeLessThan(200);
      }),
    );
  });

  it('writes a value as finely as the slider moves: two decimals for a share', () => {
    expect(countDecimals(number({}))).toBe(0);
    expect(countDecimals(number({ isInteger: false, min: 0, max: 1 }))).toBe(2);
    expect(countDecimals(number({ isInteger: false, min: 0, max: 1000 }))).toBe(0);
  });

  it('reads back the date that it writes, and dates as people type them', () => {
    const noon = Date.UTC(2026, 3, 12, 22, 15);
    for (const language of ['fr', 'en'] as const) {
      const { format } = wordsIn(language);
      expect(readDate(format.date(noon, true))).toBe(noon);
      expect(readDate(format.date(noon))).toBe(Date.UTC(2026, 3, 12));
    }
    expect(readDate('2026-04-12')).toBe(Date.UTC(2026, 3, 12));
    expect(readDate('12/04/2026 22h15')).toBe(noon);
    for (const text of ['31/02/2026', '12/04', '12/04/20266', '04/13/2026', 'demain', '']) {
      expect(readDate(text)).toBeNull();
    }
  });
});

const start: DateFormFeature = dateFeature('Début', Date.UTC(2015, 0, 1), Date.UTC(2023, 11, 31));

describe('a date', () => {
  const tell = (feature: DateFormFeature, ...day: [number, number, number]) =>
    hintOf(feature, Date.UTC(...day));

  it('is warned of outside the period learnt from; an outage to come only long after it', () => {
    expect(tell(start, 2014, 11, 31)).toMatchObject({ isWarning: true });
    expect(tell(start, 2020, 5, 1)).toEqual({ text: 'appris du 01/01/2015 au 31/12/2023', isWarning: false });
    expect(tell(start, 2024, 5, 1)).toMatchObject({ isWarning: false });
    expect(tell(start, 2024, 5, 1).text).toContain('à venir');
    expect(tell(start, 2026, 5, 1)).toMatchObject({ isWarning: true });
    const other = { ...start, role: 'date' } as const;
    expect(tell(other, 2024, 5, 1)).toMatchObject({ isWarning: false });
    expect(tell(other, 2024, 5, 1).text).toContain('Après la période apprise');
    expect(tell(other, 2026, 5, 1)).toMatchObject({ isWarning: true });
    expect(hintOf(start, null).isWarning).toBe(false);
  });

  it('gives the day an outage is over by', () => {
    const features = [number({}), start];
    const scenario = { cells: [20, Date.UTC(2026, 2, 1, 12)] };
    expect(findEnd(features, scenario, 42.3, 'day')).toBe(Date.UTC(2026, 3, 12, 19, 12));
    expect(findEnd(features, scenario, 36, 'hour')).toBe(Date.UTC(2026, 2, 3));
    expect(findEnd(features, scenario, 36, 'unknown')).toBeNull();
    expect(findEnd(features, { cells: [20, null] }, 36, 'day')).toBeNull();
    expect(findEnd([number({})], { cells: [20] }, 36, 'day')).toBeNull();
  });
});

describe('an outage to come', () => {
  it('starts after those learnt from; without a start there is no telling', () => {
    const features = [number({}), start];
    expect(isToCome(features, { cells: [20, start.max + 1] })).toBe(true);
    expect(isToCome(features, { cells: [20, start.max] })).toBe(false);
    expect(isToCome(features, { cells: [20, null] })).toBe(false);
    expect(isToCome([number({ max: 3 })], { cells: [20] })).toBe(false);
  });
});

describe('the reference', () => {
  it('is named by the outage it is, or by what it was made of', () => {
    const origin = { row: 11, actual: 40 };
    expect(nameReference({ origin: null, isOwn: false }, words)).toBe('arrêt à venir');
    expect(nameReference({ origin, isOwn: false }, words)).toBe('arrêt de la ligne 12');
    expect(nameReference({ origin: null, isOwn: true }, words)).toMatch(/^cas modifié.* arrêt à venir$/u);
    expect(nameReference({ origin, isOwn: true }, words)).toMatch(/^cas modifié.*ligne 12$/u);
  });
});

describe('a value', () => {
  it('is warned of outside what the model has learnt, with the limits', () => {
    expect(hintOf(number({}), 4)).toEqual({
      text: 'En dessous de ce que le modèle a appris (5 à 49)',
      isWarning: true,
    });
    expect(hintOf(number({}), 50).isWarning).toBe(true);
    expect(hintOf(number({}), 49)).toEqual({ text: 'appris de 5 à 49', isWarning: false });
  });

  it('may be left unknown without a warning', () => {
    const { text, isWarning } = hintOf(number({}), null);
    expect(isWarning).toBe(false);
    expect(text).toContain('laissé inconnu');
    const notes = [
      { feature: 0, code: 'missing' },
      { feature: 1, code: 'unknown-category' },
    ] as const;
    expect(listOutside(notes, [number({}), number({ name: 'Type' })])).toEqual(['Type']);
  });

  it('has years without a thousands separator', () => {
    expect(hintOf(number({ min: 2011, max: 2023 }), 2015).text).toBe('appris de 2011 à 2023');
  });
});

describe('what follows from another field', () => {
  const date: DateFormFeature = dateFeature('Début', Date.UTC(2015, 0, 1), Date.UTC(2023, 11, 31), {
    determines: [{ feature: 1, part: 'month', shift: 0 }],
  });
  const features: readonly FormFeature[] = [date, number({ name: 'Mois', min: 1, max: 12 })];
  const followsOf = (month: number | null, typed: readonly number[] = []) => {
    const scenario = {
      cells: [Date.UTC(2023, 4, 3), month],
      prediction: null,
      origin: null,
      isOwn: false,
      typed,
    };
    const fields = groupFields(features, scenario, null).flatMap(({ fields: own }) => own);
    return fields.find(({ index }) => index === 1)?.follows;
  };

  it('is shown as such, until it contradicts, is unknown or was typed', () => {
    expect(followsOf(5)).toEqual(['Début']);
    expect(followsOf(6)).toBeNull();
    expect(followsOf(null)).toBeNull();
    expect(followsOf(5, [1])).toBeNull();
  });

  it('is counted once where it is outside with what it follows, and as a contradiction where it is one', () => {
    const notes = [
      { feature: 0, code: 'above-training-range' as const },
      { feature: 1, code: 'above-training-range' as const },
    ];
    expect(listOutside(notes, features)).toEqual(['Début']);
    expect(listContradicted(features, [Date.UTC(2023, 4, 3), 6])).toEqual(['Mois']);
    expect(tellOddities(2, ['Mois'], words)).toMatch(/^2\svaleurs jamais vues, 1\scontradiction \(Mois\)$/u);
    expect(tellOddities(0, [], words)).toBeNull();
  });
});
