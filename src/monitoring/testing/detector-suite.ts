import { describe, expect, it } from 'vitest';
import type { Detector, DetectorState, Observation } from '../detector.ts';
import { findAlarm, observePlaces, studyPlaces } from './detector-study.ts';
import { plantStream } from './streams.ts';
import { payPlace } from '../bets.ts';

const change = { at: 70, shift: 0.9, widening: 1 };
const seeds = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** The laws of `Detector`, for every one of them. */
export function describeDetector(create: () => Detector): void {
  const detector = create();
  const run = (observations: readonly Observation[], from = detector.start()) =>
    observations.reduce(detector.update, from);

  describe(`${detector.name}, a detector`, () => {
    it('L1: a longer history never changes what was said of a shorter one', () => {
      const observations = observePlaces(3, { n: 200, change });
      let state = detector.start();
      const told = observations.map((observation) => {
        state = detector.update(state, observation);
        return detector.evidence(state);
      });
      for (const n of [1, 40, 99, 200]) {
        expect(detector.evidence(run(observations.slice(0, n)))).toEqual(told[n - 1]);
      }
    });

    it('L2: a state that went through JSON goes on as if it had not, and no update changes its input', () => {
      const observations = observePlaces(5, { n: 120, change });
      const half = run(observations.slice(0, 60));
      const text = JSON.stringify(half);
      const read = JSON.parse(text) as DetectorState;
      expect(run(observations.slice(60), read)).toEqual(run(observations));
      expect(JSON.stringify(half)).toBe(text);
    });

    it('L3: a first alarm is never taken back', () => {
      const late = observePlaces(1, { n: 150, change: { at: 0, shift: 1.5, widening: 1 } });
      const before = run(late);
      const after = run(observePlaces(2, { n: 400 }), before);
      expect(before.alarm).not.toBeNull();
      expect(after.alarm).toEqual(before.alarm);
      // A watch is on while its evidence lasts; a proof stays one.
      const stays = detector.promise.kind === 'false-alarm-ever' ? ['proven'] : ['watch', 'quiet'];
      expect(stays).toContain(detector.evidence(after).state);
    });

    it('L4: while levels hold, it keeps its promise however often one looks', () => {
      const nStreams = 160;
      const n = 350;
      const { falseAlarms } = studyPlaces(detector, { n }, seeds(nStreams));
      // Two standard errors of so many streams.
      const margin = 2 * Math.sqrt(0.05 / nStreams);
      const { kind, value } = detector.promise;
      // One that alarms after 350 outages on average does so within 350 in some 63 of 100 histories.
      const [least, most] = kind === 'false-alarm-ever' ? [-1, value + margin] : [0.3, 0.7];
      expect(falseAlarms).toBeGreaterThan(least);
      expect(falseAlarms).toBeLessThan(most);
      expect(studyPlaces(detector, { n: 70 }, seeds(nStreams)).falseAlarms).toBeLessThan(0.2);
    });

    it('says later of late outages, and earlier of the same turned around', () => {
      const { outages } = plantStream(11, { n: 120, change: { at: 0, shift: 1, widening: 1 } });
      const observe = (places: readonly number[]) =>
        places.map((place, i): Observation => ({ at: i, nOpened: 1, factors: payPlace(place) }));
      const late = run(observe(outages.map(({ place }) => place)));
      const early = run(observe(outages.map(({ place }) => 1 - place)));
      expect(late.alarm?.direction).toBe('later');
      expect(early.alarm).toEqual({ ...late.alarm, direction: 'earlier' });
      expect(early.value / late.value).toBeCloseTo(1, 9);
    });

    it('names the way: wider, and narrower', () => {
      const name = (widening: number) => {
        const named = seeds(15).map(
          (seed) =>
            run(observePlaces(seed, { n: 300, change: { at: 0, shift: 0, widening } })).alarm?.direction,
        );
        const countOf = (direction: unknown) => named.filter((each) => each === direction).length;
        return named.toSorted((a, b) => countOf(b) - countOf(a))[0];
      };
      expect(name(1.8)).toBe('wider');
      expect(name(0.4)).toBe('narrower');
    });

    it('tells since when, near the change', () => {
      const observations = observePlaces(8, { n: 200, change: { at: 70, shift: 1.2, widening: 1 } });
      const state = run(observations);
      expect(findAlarm(detector, observations)).toBe(state.alarm?.at);
      expect(state.alarm?.since).toBeGreaterThan(50);
      expect(state.alarm?.since).toBeLessThan(85);
      expect(state.alarm?.n).toBe((state.alarm?.at ?? 0) - (state.alarm?.since ?? 0) + 1);
    });
  });
}
