import { describe, expect, it } from 'vitest';
import { bets, listHandicaps, payAnswer, payPlace } from './bets.ts';
import { createEProcess } from './e-process.ts';
import { createShiryaevRoberts } from './shiryaev-roberts.ts';
import { scoreDetector } from './testing/detector-scores.ts';
import { describeDetector } from './testing/detector-suite.ts';
import { studyCalendar, studyCohorts, studyPlaces } from './testing/detector-study.ts';

describeDetector(createEProcess);
describeDetector(createShiryaevRoberts);

describe('bets', () => {
  it('pay what another program says of the same formulas', () => {
    expect(payPlace(0.3)[1]).toBeCloseTo(0.64, 12);
    expect(payPlace(0.9)[6]).toBeCloseTo(1.437, 12);
    // By numerical integration.
    expect(bets[6]?.averageOver(0.1, 0.25)).toBeCloseTo(1.13775, 5);
    expect(bets[6]?.averageOver(0.25, 1)).toBeCloseTo(0.88125, 5);
  });

  it('are fair: whatever is asked, the mean over both answers is 1', () => {
    for (const [from, to] of [
      [0, 0.1],
      [0.25, 0.5],
      [0.9, 0.99],
    ] as const) {
      const share = (to - from) / (1 - from);
      const ended = payAnswer({ from, to, hasEnded: true });
      const goesOn = payAnswer({ from, to, hasEnded: false });
      ended.forEach((pay, i) => expect(share * pay + (1 - share) * (goesOn[i] ?? 0)).toBeCloseTo(1, 12));
    }
  });

  it('lose nothing by being asked level by level', () => {
    const steps = [
      { from: 0, to: 0.25, hasEnded: false },
      { from: 0.25, to: 0.5, hasEnded: false },
      { from: 0.5, to: 0.8, hasEnded: true },
    ].map(payAnswer);
    bets.forEach((bet, i) => {
      const product = steps.reduce((all, pays) => all * (pays[i] ?? 0), 1);
      expect(product).toBeCloseTo(bet.averageOver(0.5, 0.8), 12);
    });
  });

  it('pay less on few past outages, and the same on ever more of them', () => {
    expect(Math.max(...listHandicaps(100, 1))).toBeLessThan(1);
    listHandicaps(1e12, 1).forEach((handicap) => expect(handicap).toBeCloseTo(1, 5));
  });
});

describe('the judge of detectors', () => {
  it('counts an alarm before any change as false, and asks only the others how late they were', () => {
    const score = scoreDetector([
      { alarmAt: 5, changeAt: 10 },
      { alarmAt: 13, changeAt: 10 },
      { alarmAt: null, changeAt: 10 },
      { alarmAt: 17, changeAt: 10 },
      { alarmAt: 3, changeAt: null },
    ]);
    expect(score).toEqual({ falseAlarms: 0.4, found: 2 / 3, medianDelay: 7, p90Delay: Infinity });
  });

  it('says nothing of delays where nothing changed, and of no stream', () => {
    const none = { found: null, medianDelay: null, p90Delay: null };
    expect(scoreDetector([{ alarmAt: null, changeAt: null }])).toEqual({ falseAlarms: 0, ...none });
    expect(scoreDetector([])).toEqual({ falseAlarms: 0, ...none });
  });
});

describe('how soon a change is found (short; npm run study:monitoring has the whole table)', () => {
  const seeds = Array.from({ length: 60 }, (_, i) => i + 1);
  const settings = { n: 200, change: { at: 70, shift: 1, widening: 1 } };

  it('a whole spread late: a watch after some 14 outages, a proof after some 37', () => {
    const watch = studyPlaces(createShiryaevRoberts(), settings, seeds);
    const proof = studyPlaces(createEProcess(), settings, seeds);
    expect(watch.medianDelay).toBeGreaterThan(10);
    expect(watch.medianDelay).toBeLessThan(17);
    expect(proof.medianDelay).toBeGreaterThan(31);
    expect(proof.medianDelay).toBeLessThan(44);
  });

  it('by the calendar a change is found sooner than by waiting for cohorts', () => {
    const few = seeds.slice(0, 30);
    const calendar = studyCalendar(createShiryaevRoberts(), settings, few);
    const cohorts = studyCohorts(createShiryaevRoberts(), settings, few);
    expect(calendar.medianDelay).toBeLessThan((cohorts.medianDelay ?? 0) - 10);
  });

  it('on levels of 100 past outages, a proof is no more often false', () => {
    const calibrated = { n: 350, nCalibration: 100 };
    expect(studyPlaces(createEProcess(), calibrated, seeds, 1.5).falseAlarms).toBeLessThan(0.12);
    expect(studyPlaces(createEProcess(), calibrated, seeds, 0).falseAlarms).toBeGreaterThan(0.15);
  });
});
