import { describe, expect, it } from 'vitest';
import { createRng, deriveSeed } from '#base/random.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { boundShare } from './confidence-sequence.ts';
import { recordCoverage } from './coverage-record.ts';
import { answerDue } from './due-question.ts';
import { estimateMedian, recordErrors } from './error-record.ts';
import { studyCoverage } from './testing/coverage-study.ts';
import { announceStream, plantStream, world } from './testing/streams.ts';

describe('bounds that hold whenever one looks', () => {
  it('are those of another program', () => {
    const { low, high } = boundShare(33, 40);
    expect(low).toBeCloseTo(0.59074, 5);
    expect(high).toBeCloseTo(0.95813, 5);
    expect(boundShare(0, 0)).toMatchObject({ share: null, low: 0, high: 1 });
    expect(boundShare(10, 10).high).toBe(1);
  });

  it('leave the truth out in 5 % of histories at most, though one looks at every outage', () => {
    let nOut = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const rng = createRng(deriveSeed(seed, 3));
      let held = 0;
      let isOut = false;
      for (let n = 1; n <= 150; n++) {
        if (rng.nextFloat() < 0.8) held++;
        const { low, high } = boundShare(held, n);
        isOut ||= low > 0.8 || high < 0.8;
      }
      if (isOut) nOut++;
    }
    expect(nOut).toBeLessThanOrEqual(8);
  });
});

describe('coverage', () => {
  it('judged when the P80 passes it is the truth; among ended outages it flatters', () => {
    const { judged, ended, usable } = studyCoverage(120, 1_500);
    expect(Math.abs(judged - 0.8)).toBeLessThan(0.01);
    expect(ended).toBeGreaterThan(0.94);
    expect(usable).toBeGreaterThan(0.3);
    expect(usable).toBeLessThan(0.4);
  });

  it('counts an outage that goes on past its P80 as missed, and one whose P80 is to come not at all', () => {
    const [outage] = announceStream(plantStream(1, { n: 1 }));
    if (!outage) throw new Error('no outage');
    const p80 = outage.levels.find(({ share }) => share > 0.79)?.duration ?? 0;
    const running = [{ ...outage, lasted: null }];
    expect(recordCoverage(running, outage.start + p80 - 1).p80.n).toBe(0);
    expect(recordCoverage(running, outage.start + p80)).toMatchObject({
      p80: { n: 1, held: 0 },
      p80OfEnded: null,
    });
  });
});

describe('what is due', () => {
  const stream = announceStream(plantStream(2, { n: 60 }));
  const until = world.origin + 400 * MS_PER_DAY;

  it('comes in the order in which it becomes known, each level once, until the outage is over', () => {
    const answers = answerDue(stream, until);
    expect(answers.every(({ at }, i) => at >= (answers[i - 1]?.at ?? -Infinity) && at <= until)).toBe(true);
    for (const outage of stream) {
      const own = answers.filter((answer) => answer.outage === outage);
      own.forEach(({ from, isFirst }, i) => {
        expect(from).toBe(own[i - 1]?.to ?? 0);
        expect(isFirst).toBe(i === 0);
      });
      expect(own.slice(0, -1).every(({ hasEnded }) => !hasEnded)).toBe(true);
    }
  });

  it('is not changed by what comes later, nor by the order of the outages', () => {
    const before = answerDue(stream, until - 100 * MS_PER_DAY);
    expect(answerDue(stream.toReversed(), until).slice(0, before.length)).toEqual(before);
  });
});

describe('error and bias', () => {
  it('are told of whole cohorts: late outages that go on are among them', () => {
    const late = announceStream(plantStream(3, { n: 200, change: { at: 0, shift: 0.5, widening: 1 } }));
    const until = world.origin + 1_000 * MS_PER_DAY;
    const seen = late.map((outage) =>
      outage.start + (outage.lasted ?? 0) > until ? { ...outage, lasted: null } : outage,
    );
    const announced = seen.map((outage) => ({
      ...outage,
      announcement: { ...outage.announcement, value: world.median, planned: 60, classMedian: null },
    }));
    const errors = recordErrors(announced, until, 'day');
    // Half a spread: e^0.4 − 1.
    expect(errors?.ratio.value).toBeGreaterThan(0.3);
    expect(errors?.ratio.value).toBeLessThan(0.75);
    expect(errors?.planned?.n).toBe(errors?.n);
    expect(errors?.classMedian).toBeNull();
    expect(recordErrors(announced, world.origin, 'day')).toBeNull();
  });

  it('give a median its interval by the sign test, and none on few', () => {
    expect(estimateMedian([1, 2, 3])).toEqual({ value: 2, low: null, high: null, n: 3 });
    const { low, high } = estimateMedian(Array.from({ length: 101 }, (_, i) => i));
    expect(low).toBeGreaterThan(35);
    expect(high).toBeLessThan(65);
  });
});
