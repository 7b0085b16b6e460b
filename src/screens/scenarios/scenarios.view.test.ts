import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumberFormFeature } from '#jobs/prediction.ts';
import { wordsIn } from '../test-words.ts';
import {
  countDecimals,
  countOutside,
  describeField,
  groupFields,
  fromDateBox,
  sliderStep,
  toDateBox,
} from './scenarios.view.ts';

const words = wordsIn('fr');

function number(changes: Partial<NumberFormFeature>): NumberFormFeature {
  return {
    type: 'number',
    name: 'Effectif',
    role: 'lever',
    typical: 27,
    min: 5,
    p5: 7,
    median: 27,
    p95: 47,
    max: 49,
    isInteger: true,
    ...changes,
  };
}

describe('the form', () => {
  it('asks levers first and marks what differs from the reference', () => {
    const features = [number({ role: 'context', name: 'Complexité' }), number({})];
    const scenario = { cells: [8, 20], prediction: null, origin: null };
    const reference = { cells: [5, 20], prediction: null, origin: null };
    const groups = groupFields(features, scenario, reference);
    expect(groups.map(({ group }) => group)).toEqual(['lever', 'context']);
    expect(groups.map(({ fields }) => fields[0]?.isChanged)).toEqual([false, true]);
    expect(groups[0]?.fields[0]?.index).toBe(1);
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

  it('reads back the date that it wrote, with or without the hour', () => {
    const noon = Date.UTC(2026, 10, 23, 12);
    expect(toDateBox(noon, true)).toBe('2026-11-23T12:00');
    expect(fromDateBox('2026-11-23T12:00')).toBe(noon);
    expect(fromDateBox(toDateBox(noon, false))).toBe(Date.UTC(2026, 10, 23));
    expect(fromDateBox(toDateBox(null, true))).toBeNull();
  });
});

describe('a value', () => {
  it('is warned of outside what the model has learnt, with the limits', () => {
    expect(describeField(number({}), 4, words)).toEqual({
      text: 'En dessous de ce que le modèle a appris (5 à 49)',
      isWarning: true,
    });
    expect(describeField(number({}), 50, words).isWarning).toBe(true);
    expect(describeField(number({}), 49, words)).toEqual({ text: 'appris de 5 à 49', isWarning: false });
  });

  it('may be left unknown without a warning', () => {
    const { text, isWarning } = describeField(number({}), null, words);
    expect(isWarning).toBe(false);
    expect(text).toContain('laissé inconnu');
    expect(
      countOutside([
        { feature: 0, code: 'missing' },
        { feature: 1, code: 'unknown-category' },
      ]),
    ).toBe(1);
  });

  it('has years without a thousands separator', () => {
    expect(describeField(number({ min: 2011, max: 2023 }), 2015, words).text).toBe('appris de 2011 à 2023');
  });
});
