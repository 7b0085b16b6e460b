import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { answerClasses, arePoolable, type ClassSample } from './class-answers.ts';
import { calibrateIntervals, type CalibrationInput } from './calibration.ts';
import { intervalCalibrationSchema } from './parse-calibration.ts';
import { predictInterval } from './prediction-interval.ts';
import { calibrateWorld, coverWorlds, plantAlike } from './testing/planted-worlds.ts';

describe('which classes may answer together', () => {
  test('eight small ones and more, thirty outages and more, none with most of them', () => {
    expect(arePoolable([4, 4, 4, 4, 4, 4, 4, 4])).toBe(true);
    expect(arePoolable([4, 4, 4, 4, 4, 4, 6])).toBe(false);
    expect(arePoolable([3, 3, 3, 4, 4, 4, 4, 4])).toBe(false);
    expect(arePoolable([49, 7, 7, 7, 7, 7, 7, 6])).toBe(false);
    expect(arePoolable([49, 7, 7, 7, 7, 7, 7, 7])).toBe(true);
    // Large ones answer alone, and do not count.
    expect(arePoolable([500, 50, 4, 4, 4, 4, 4, 4])).toBe(false);
    expect(arePoolable([])).toBe(false);
  });
});

describe('who answers', () => {
  const even = (label: string, n: number, from = 0, to = 1): ClassSample => ({
    label,
    scores: Array.from({ length: n }, (_, i) => from + ((to - from) * (i + 0.5)) / n),
  });
  const usual = Array.from({ length: 12 }, (_, i) => even(`u${i}`, 20));
  const ask = (odd: ClassSample) => answerClasses([...usual, odd]);

  test('a large class by its own scores, wherever they lie; they leave the pool', () => {
    const { alike, answers } = ask(even('large', 50));
    expect(answers.at(-1)).toBe('own');
    expect(alike).toHaveLength(240);
  });

  test('a small one unlike the others is refused, and its scores stay with them as long as that may be chance', () => {
    const { alike, answers } = ask({ label: 'three', scores: [0.95, 0.97, 0.99] });
    expect(answers.at(-1)).toBe('unlike');
    expect(alike).toHaveLength(243);
    // Of thirteen classes none lies that far up.
    const surely = ask(even('three', 3, 2, 3));
    expect(surely.answers.at(-1)).toBe('unlike');
    expect(surely.alike).toHaveLength(240);
    expect(ask(even('two', 2, 2, 3)).answers.at(-1)).toBe('alike');
    expect(ask(even('usual', 3)).answers.at(-1)).toBe('alike');
  });

  test('one of twenty unlike the others answers by its own, which leave', () => {
    const { alike, answers } = ask(even('twenty', 20, 0.5, 1));
    expect(answers.at(-1)).toBe('own');
    expect(alike).toHaveLength(240);
    expect(ask(even('hardly', 20, 0.3, 1)).answers.at(-1)).toBe('alike');
  });

  test('without enough classes each by its own: three of a type are not answered by 220 others', () => {
    const types = [even('a', 100), even('b', 80), even('c', 40), even('visit', 3, 2, 3)];
    expect(answerClasses(types)).toEqual({ alike: null, answers: ['own', 'own', 'own', 'own'] });
    const calibration = calibrateIntervals({
      predicted: types.flatMap(({ scores }) => scores.map(() => 0)),
      actual: types.flatMap(({ scores }) => scores),
      classes: types.flatMap(({ label, scores }) => scores.map(() => label)),
      scale: 'identity',
    });
    expect(predictInterval(calibration, 0, 'visit').p80).toMatchObject({
      notClaimable: true,
      n: 3,
      needed: 4,
      overall: { basis: 'overall', n: 223 },
      ofClass: { label: 'visit', n: 3 },
    });
  });
});

test('whoever stands first: the order of classes changes nothing, and no score is lost but of classes unlike the others', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 24 });
  fc.assert(
    fc.property(sizes, fc.integer(), (ns, seed) => {
      const rng = createRng(seed);
      const classes = ns.map((n, i): ClassSample => {
        const scores = Float64Array.from({ length: n }, () => rng.nextNormal() + (i === 0 ? 3 : 0)).sort();
        return { label: `${i}`, scores: Array.from(scores) };
      });
      const { alike, answers } = answerClasses(classes);
      const reversed = answerClasses(classes.toReversed());
      expect(reversed).toEqual({ alike, answers: answers.toReversed() });
      const count = (answer: string) =>
        ns.filter((_, i) => answers[i] === answer).reduce((sum, n) => sum + n, 0);
      const nPooled = alike?.length ?? 0;
      expect(nPooled).toBeGreaterThanOrEqual(count('alike'));
      expect(nPooled).toBeLessThanOrEqual(count('alike') + count('unlike'));
    }),
  );
});

describe('planted worlds', () => {
  test('60 classes of four, of one distribution: eight in ten within P80, nearly all answered', () => {
    const { p80, p10p90, claimed } = coverWorlds(() => plantAlike(60, () => 4), 40);
    expect(p80).toBeGreaterThan(0.79);
    expect(p80).toBeLessThan(0.82);
    expect(p10p90).toBeGreaterThan(0.79);
    expect(p10p90).toBeLessThan(0.82);
    expect(claimed).toBeGreaterThanOrEqual(0.98);
  });

  test('60 of twenty and three of another kind, two spreads longer: these are refused', () => {
    let nRefused = 0;
    for (let seed = 0; seed < 50; seed++) {
      const classes = [...plantAlike(60, () => 20), { label: 'visit', n: 3, shift: 2 }];
      const { p10, p50, p80, p90 } = predictInterval(calibrateWorld(classes, seed + 1), 0, 'visit');
      const refusals = [p10, p50, p80, p90].filter((bound) => 'isUnlike' in bound);
      expect([0, 4]).toContain(refusals.length);
      if (refusals.length > 0) nRefused += 1;
    }
    expect(nRefused).toBeGreaterThanOrEqual(32);
  });

  test('20 of fifteen and one three spreads shorter: refused, it widens no interval of the others', () => {
    const short = { label: 'short', n: 15, shift: -3 };
    const { p80, p10p90 } = coverWorlds(() => [...plantAlike(20, () => 15), short], 60);
    expect(Math.abs(p80 - 0.8)).toBeLessThan(0.01);
    // With its scores among theirs .79 and .84.
    expect(Math.abs(p10p90 - 0.8)).toBeLessThan(0.01);
  });

  test('300 of five to forty', () => {
    const { p80, claimed } = coverWorlds((seed) => {
      const rng = createRng(seed + 1000);
      return plantAlike(300, () => 5 + rng.nextBelow(36));
    }, 10);
    expect(Math.abs(p80 - 0.8)).toBeLessThan(0.01);
    expect(claimed).toBeGreaterThanOrEqual(0.98);
  });
});

describe('what a case is answered by', () => {
  const rng = createRng(2);
  const n = 480;
  const units = Array.from({ length: n }, (_, i) => `unit ${i % 24}`);
  const typeOf = (i: number) => (i % 160 === 0 ? 2 : i % 2);
  const types = {
    type: 'category' as const,
    name: 'Type',
    categories: ['VP', 'ASR', 'VD'],
    codes: Int32Array.from({ length: n }, (_, i) => typeOf(i)),
  };
  const input: CalibrationInput = {
    predicted: new Float64Array(n).fill(10),
    actual: Float64Array.from({ length: n }, (_, i) => 20 + rng.nextNormal() + (typeOf(i) === 2 ? 80 : 0)),
    classes: units,
    categories: [types],
    scale: 'identity',
    spread: 'constant',
  };
  const calibration = calibrateIntervals(input);

  test('a label never met: like those with few outages, where these answer together', () => {
    const { p80, p90 } = predictInterval(calibration, 10, 'unit never met');
    expect(p80).toMatchObject({ basis: 'alike', n: 480, ofClass: { label: 'unit never met', n: 0 } });
    expect(p90).toMatchObject({ basis: 'alike' });
    // Where they do not: refused, for nothing was seen of it.
    const few = calibrateIntervals({ ...input, classes: units.map((_, i) => `t${i % 3}`), categories: [] });
    expect(predictInterval(few, 10, 'new').p80).toMatchObject({ notClaimable: true, n: 0, needed: 4 });
    // An empty cell is no label.
    expect(predictInterval(few, 10, null).p80).toMatchObject({ basis: 'overall', n: 480 });
  });

  test('of few outages no category is rare for being as small as all are: levels are still claimed', () => {
    const few = Array.from({ length: 40 }, (_, i) => i);
    const cause = { ...types, name: 'Cause', categories: ['a', 'b', 'c', 'd', 'e'] };
    const codes = Int32Array.from(few, (i) => (i === 0 ? 2 : i % 2));
    const { rare } = calibrateIntervals({
      predicted: few.map(() => 10),
      actual: few.map((i) => 10 + i),
      categories: [
        { ...cause, codes: Int32Array.from(few, (i) => i % 5) },
        { ...types, codes },
      ],
      scale: 'identity',
    });
    expect(rare).toMatchObject([{ column: 'Type', label: 'VD', scores: { n: 1 } }]);
  });

  test('a rare category among few answers for itself, whatever the unit', () => {
    expect(calibration.rare).toMatchObject([{ column: 'Type', label: 'VD', scores: { n: 3 } }]);
    // As it stands in a file.
    const reread: unknown = JSON.parse(JSON.stringify(calibration));
    expect(v.parse(intervalCalibrationSchema, reread)).toEqual(calibration);
    const [rare] = calibration.rare;
    expect(predictInterval(calibration, 10, rare).p80).toMatchObject({
      notClaimable: true,
      n: 3,
      ofClass: { label: 'VD', n: 3 },
    });
  });
});
