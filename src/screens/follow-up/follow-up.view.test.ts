import { describe, expect, it } from 'vitest';
import { matchOutcomes } from '#monitoring/outcome-match.ts';
import { day, plantAnnouncement, plantFile, plantOutcome } from '#monitoring/testing/planted-ledger.ts';
import { drawPath, listAnnouncements, listReplayYears, writePower } from './follow-up.view.ts';

describe('the follow-up as it is shown', () => {
  it('lists the latest announcements first, with what became of each', () => {
    const announced = [plantAnnouncement('A', day(0), 'x'), plantAnnouncement('B', day(9))];
    const outcomes = [plantOutcome('A', day(0), 21, 'x'), plantOutcome('B', day(9), null)];
    const { outages } = matchOutcomes(announced, [plantFile(outcomes, day(40))]);
    expect(listAnnouncements(outages, 'day')).toMatchObject([
      { outage: 'B', p50: 20, p80: 26, actual: null, state: 'running' },
      { outage: 'x', p50: 20, p80: 26, actual: 21, state: 'ended' },
    ]);
  });

  it('draws the highest of points that lie close together, and the line of the alarm', () => {
    const path = Array.from({ length: 4_000 }, (_, i) => ({ at: day(i), value: i === 1_234 ? 1e6 : 0 }));
    const { points, threshold } = drawPath({ path, watch: { threshold: 100 } as never });
    expect(points.length).toBeLessThanOrEqual(400);
    expect(Math.max(...points.map(({ y }) => y))).toBe(6);
    expect(Math.min(...points.map(({ y }) => y))).toBe(-2);
    expect(threshold).toBe(2);
    expect([writePower(6), writePower(-2), writePower(0.5)]).toEqual(['10⁶', '10⁻²', '']);
  });

  it('offers the years between the first start and the last', () => {
    expect(listReplayYears({ min: Date.UTC(2011, 5), max: Date.UTC(2014, 1) })).toEqual([2011, 2012, 2013]);
    expect(listReplayYears(null)).toEqual([]);
  });
});
