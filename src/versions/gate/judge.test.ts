import { describe, expect, it } from 'vitest';
import { countShadowAlarms, countVerdicts, createGateQuestion } from '../testing/gate-worlds.ts';
import { judgeChallenger } from './judge.ts';
import type { GateQuestion } from './question.ts';

const equal = { name: 'equal', gain: 0, shared: 0, n: 60 };

/** The new model errs by `factor` times what the old one errs by. */
function createScaled(factor: (row: number) => number, n = 100): GateQuestion {
  const question = createGateQuestion({ ...equal, n }, 3);
  const { actual, old } = question;
  const predicted = actual.map((value, i) => value - factor(i) * (value - (old.predicted[i] ?? 0)));
  return { ...question, new: { ...question.new, predicted } };
}

/** The old model errs by 4 of each outage, the new one by 4 + `difference`. */
function createOff(difference: (row: number) => number, n: number): GateQuestion {
  const question = createGateQuestion({ ...equal, n }, 3);
  const { actual, old } = question;
  const off = (by: (row: number) => number) => actual.map((value, i) => value + by(i));
  return {
    ...question,
    units: null,
    old: { ...old, predicted: off(() => 4) },
    new: { ...old, predicted: off((i) => 4 + difference(i)) },
  };
}

describe('the four verdicts', () => {
  it('proven better: deployed', () => {
    expect(judgeChallenger(createScaled(() => 0.9))).toMatchObject({
      verdict: 'proven-better',
      deploy: true,
    });
  });

  it.each([
    ['not-worse', 100, [-0.1, 0.08], 32],
    ['cannot-tell', 20, [-1, 0.7], 2936],
  ] as const)(
    '%s: smaller errors, not proven, and the outages it would take',
    (verdict, n, differences, needed) => {
      const report = judgeChallenger(createOff((i) => differences[i % 2] ?? 0, n));
      expect(report).toMatchObject({ verdict, deploy: false, n, needed });
    },
  );

  it('not better: equal, worse, and better in the mean but not in squares', () => {
    for (const factor of [1, 1.02]) {
      expect(judgeChallenger(createScaled(() => factor))).toMatchObject({
        verdict: 'not-better',
        deploy: false,
      });
    }
    const rare = judgeChallenger(createScaled((i) => (i === 0 ? 20 : 0.8)));
    expect(rare.new?.mse).toBeGreaterThan(rare.old?.mse ?? NaN);
    expect(rare.verdict).toBe('not-better');
  });

  it('of nine outages none, of ten one', () => {
    expect(judgeChallenger(createScaled(() => 0.5, 9)).verdict).toBe('too-few');
    expect(judgeChallenger(createScaled(() => 0.5, 10)).verdict).toBe('proven-better');
  });
});

describe('outages that a model was trained on', () => {
  const question = createScaled(() => 0.9);
  const learnt = Array.from(question.actual, (_, i) => i < 5);
  const planted = { ...question, old: { ...question.old, learnt } };

  it('are refused, and counted', () => {
    expect(judgeChallenger(planted)).toMatchObject({
      verdict: 'overlap',
      deploy: false,
      n: 95,
      rows: { learntByOld: 5 },
    });
  });

  it('are left out where that was asked for, and change nothing of the rest', () => {
    const rest = judgeChallenger({ ...planted, dropsLearnt: true });
    expect(rest).toMatchObject({ verdict: 'proven-better', n: 95, rows: { learntByOld: 5 } });
    const shifted = planted.new.predicted.map((value, i) => (i < 5 ? value + 1e6 : value));
    const other = judgeChallenger({
      ...planted,
      dropsLearnt: true,
      new: { ...planted.new, predicted: shifted },
    });
    expect(other).toEqual(rest);
  });

  it('that nothing is known of are left out', () => {
    const unknown = Array.from(question.actual, (_, i) => (i < 5 ? null : false));
    expect(judgeChallenger({ ...question, new: { ...question.new, learnt: unknown } })).toMatchObject({
      n: 95,
      rows: { unanswered: 5 },
    });
  });
});

describe('the guardrails', () => {
  const question = createScaled(() => 0.8, 200);
  const withLevels = (question: GateQuestion, share: number): GateQuestion => {
    const level = (held: boolean) => (value: number) => value + (held ? 1 : -1);
    const p80 = question.actual.map((value, i) => level(i % 100 < 100 * share)(value));
    const levels = { p10: question.actual.map(() => 0), p50: p80, p80, p90: p80 };
    return { ...question, new: { ...question.new, levels } };
  };

  it('hold a P80 that is kept 80 % of the time, not one kept 60 %', () => {
    expect(judgeChallenger(withLevels(question, 0.8))).toMatchObject({ deploy: true });
    const broken = judgeChallenger(withLevels(question, 0.6));
    expect(broken).toMatchObject({ verdict: 'proven-better', deploy: false });
    expect(broken.guardrails[0]).toMatchObject({ level: 'P80', held: 120, n: 200, holds: false });
  });

  it('let no class of thirty lose behind a smaller mean, and judge none of twenty-nine', () => {
    for (const [n, isJudged] of [
      [30, true],
      [29, false],
    ] as const) {
      const losing = createScaled((i) => (i < n ? 1.5 : 0.5), 200);
      const classes = Array.from(losing.actual, (_, i) => (i < n ? 'VD' : null));
      const report = judgeChallenger({ ...losing, classes });
      expect(report.guardrails.filter(({ kind }) => kind === 'class')).toHaveLength(isJudged ? 1 : 0);
      expect(report.deploy).toBe(!isJudged);
    }
  });

  it('let no lean replace a spread', () => {
    const { actual, old } = question;
    const bothSides = actual.map((value, i) => value + (i % 2 === 0 ? 4 : -4));
    const lean = actual.map((value) => value + 3);
    const report = judgeChallenger({
      ...question,
      old: { ...old, predicted: bothSides },
      new: { ...question.new, predicted: lean },
    });
    expect(report).toMatchObject({ verdict: 'proven-better', deploy: false });
  });
});

it('says the same of the same question, and mirrors it', () => {
  const question = createGateQuestion({ ...equal, n: 80 }, 5);
  const report = judgeChallenger(question);
  expect(judgeChallenger(question)).toEqual(report);
  const mirrored = judgeChallenger({ ...question, old: question.new, new: question.old });
  expect(mirrored.difference?.value).toBeCloseTo(-(report.difference?.value ?? NaN), 12);
  expect(mirrored.difference?.high).toBeCloseTo(-(report.difference?.low ?? NaN), 12);
});

// Bands of three standard errors of so many worlds; the whole study: `npm run study:gate`.
describe('over seeded worlds', () => {
  it('equal models are proven better in one of twenty at most, though every second has the smaller error', () => {
    const { smaller, proven, bounded } = countVerdicts(equal, 300, 1, 399);
    expect(smaller).toBeGreaterThan(0.41);
    expect(smaller).toBeLessThan(0.59);
    expect(bounded).toBeLessThan(0.088);
    expect(proven).toBeLessThanOrEqual(bounded);
  });

  it('a 2 % worse one hardly ever, a 10 % better one mostly', () => {
    expect(countVerdicts({ ...equal, gain: 0.02, n: 100 }, 150, 2, 399).proven).toBeLessThan(0.06);
    expect(countVerdicts({ ...equal, gain: -0.1, n: 150 }, 60, 3, 399).bounded).toBeGreaterThan(0.9);
  });

  it('a shadow over 300 outages calls an equal model better or worse in one of twenty at most', () => {
    const { better, worse } = countShadowAlarms(300, 300, 0, 4);
    expect(better).toBeLessThan(0.088);
    expect(worse).toBeLessThan(0.088);
    expect(countShadowAlarms(60, 600, -0.1, 5).better).toBeGreaterThan(0.95);
  });
});
