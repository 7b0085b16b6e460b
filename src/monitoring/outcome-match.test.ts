import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from './contract.ts';
import { defaultMatching, matchOutcomes } from './outcome-match.ts';
import { day, plantAnnouncement, plantFile, plantOutcome } from './testing/planted-ledger.ts';

const asOf = day(400);
const match = (announced: Parameters<typeof matchOutcomes>[0], outcomes: readonly Outcome[], until = asOf) =>
  matchOutcomes(announced, [plantFile(outcomes, until)]);
const states = (report: ReturnType<typeof match>) => report.outages.map(({ state }) => state.kind);

describe('what became of an announced outage', () => {
  it('is found by its identifier, whatever its dates did, and else by unit and start', () => {
    const announced = [plantAnnouncement('A', day(0), 'x1'), plantAnnouncement('B', day(10))];
    const report = match(announced, [plantOutcome('b', day(12), 25), plantOutcome('A', day(30), 22, 'X1 ')]);
    expect(states(report)).toEqual(['ended', 'ended']);
    expect(report.outages.map(({ join }) => join)).toEqual([
      { by: 'identifier', shiftDays: 30 },
      { by: 'unit-and-date', shiftDays: 2 },
    ]);
  });

  it('does not depend on the order of the rows', () => {
    const announced = Array.from({ length: 12 }, (_, i) =>
      plantAnnouncement(i % 2 ? 'A' : 'B', day(20 * i), i % 3 === 0 ? `n${i}` : null),
    );
    const outcomes = announced.map(({ outage }, i) =>
      plantOutcome(
        outage.unit,
        (outage.start ?? 0) + (i % 4),
        i === 5 ? null : 10 + i,
        outage.identifier,
        i + 1,
      ),
    );
    const all = [
      ...outcomes,
      plantOutcome('A', day(20), 99, null, 13),
      plantOutcome('C', day(7), 3, null, 14),
    ];
    const told = match(announced, all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        const again = match(announced, shuffled);
        expect(again.outages.map(({ state }) => state)).toEqual(told.outages.map(({ state }) => state));
        expect(again.unannounced.length).toBe(told.unannounced.length);
      }),
      { numRuns: 30 },
    );
  });

  it('told twice alike counts once; told twice otherwise is a conflict, with both rows', () => {
    const announced = [plantAnnouncement('A', day(0)), plantAnnouncement('B', day(0))];
    const report = match(announced, [
      plantOutcome('A', day(0), 20, null, 1),
      plantOutcome('A', day(0), 20.01, null, 2),
      plantOutcome('B', day(0), 20, null, 3),
      plantOutcome('B', day(0), 31, null, 4),
    ]);
    expect(states(report)).toEqual(['ended', 'conflict']);
    expect(report.nDuplicates).toBe(2);
    expect(report.conflicts).toMatchObject([{ reason: 'outcomes-differ', rows: [{ row: 3 }, { row: 4 }] }]);
  });

  it('goes on where its row has no end, or one to come; an end told later counts', () => {
    const announced = [plantAnnouncement('A', day(380)), plantAnnouncement('B', day(390))];
    const running = [plantOutcome('A', day(380), null), plantOutcome('B', day(390), 50)];
    expect(states(match(announced, running))).toEqual(['running', 'running']);
    expect(states(match(announced, [...running, plantOutcome('A', day(380), 19)]))).toEqual([
      'ended',
      'running',
    ]);
  });

  it('is not known, and no miss, where its unit has begun another outage since', () => {
    const announced = [plantAnnouncement('A', day(300)), plantAnnouncement('A', day(350))];
    const report = match(announced, [plantOutcome('A', day(300), null), plantOutcome('A', day(350), 12)]);
    expect(states(report)).toEqual(['unknown', 'ended']);
  });

  it('counts as going on where files cover its unit and say nothing, unless that is refused', () => {
    const announced = [
      plantAnnouncement('A', day(300)),
      plantAnnouncement('B', day(380)),
      plantAnnouncement('Z', day(380)),
      plantAnnouncement('A', day(420)),
    ];
    const outcomes = [plantOutcome('A', day(300), 12), plantOutcome('B', day(100), 12)];
    const report = match(announced, outcomes);
    expect(states(report)).toEqual(['ended', 'running', 'unknown', 'to-come']);
    expect(report.outages[1]?.state).toMatchObject({ isSilent: true });
    const refused = matchOutcomes(announced, [plantFile(outcomes, asOf)], {
      ...defaultMatching,
      isSilenceRunning: false,
    });
    expect(states(refused)[1]).toBe('unknown');
  });

  it('is joined to nothing where an identifier is that of another unit, or of another year', () => {
    const announced = [plantAnnouncement('A', day(0), 'x1'), plantAnnouncement('B', day(0), 'x2')];
    const report = match(announced, [
      plantOutcome('C', day(0), 22, 'x1'),
      plantOutcome('B', day(365), 22, 'x2'),
    ]);
    expect(states(report)).toEqual(['conflict', 'conflict']);
    expect(report.conflicts.map(({ reason }) => reason)).toEqual(['unit-differs', 'dates-differ']);
  });

  it('is joined to nothing where two announced outages are as near', () => {
    const announced = [plantAnnouncement('A', day(0)), plantAnnouncement('A', day(6))];
    const report = match(announced, [plantOutcome('A', day(3), 22)]);
    expect(states(report)).toEqual(['conflict', 'conflict']);
  });

  it('is found under another label of its unit by all of its dates, and never by a few', () => {
    const announced = [0, 30, 60, 90].map((n) => plantAnnouncement('CATTENOM 3', day(n)));
    const renamed = [0, 30, 60, 90].map((n) => plantOutcome('CAT3X', day(n), 20));
    const report = match(announced, renamed);
    expect(report.recoded).toEqual([{ from: 'CATTENOM 3', to: 'CAT3X', n: 4 }]);
    expect(states(report)).toEqual(['ended', 'ended', 'ended', 'ended']);
    expect(match(announced, renamed.slice(0, 2)).recoded).toEqual([]);
    // From some day on: its old label is there before.
    const since = [plantOutcome('CATTENOM 3', day(0), 20), ...renamed.slice(1)];
    expect(match(announced, since).recoded).toEqual([{ from: 'CATTENOM 3', to: 'CAT3X', n: 3 }]);
  });

  it('tells the outcomes of outages that were never announced, and counts those before the first', () => {
    const report = match(
      [plantAnnouncement('A', day(100))],
      [
        plantOutcome('A', day(100), 12),
        plantOutcome('Q', day(200), 12, 'q', 2),
        plantOutcome('A', day(10), 12, null, 3),
      ],
    );
    expect(report.unannounced).toMatchObject([{ row: 2, key: { identifier: 'q' } }]);
    expect(report.nEarlier).toBe(1);
  });
});
