import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from './contract.ts';
import { foldLedger, listCounting, planAnnouncing } from './ledger.ts';
import { readLedger, writeLedger } from './ledger-file.ts';
import { freezeAnnouncement } from './announcement.ts';
import { day, plantAnnouncement, plantedModel, plantFile, plantOutcome } from './testing/planted-ledger.ts';

const announced = [plantAnnouncement('A', day(0), 'x'), plantAnnouncement('B', day(3))];
const { events } = planAnnouncing(foldLedger([]), plantedModel, announced);
const all: readonly LedgerEvent[] = [
  ...events,
  { kind: 'observed', at: day(50), ...plantFile([plantOutcome('A', day(0), 21)], day(50)) },
  { kind: 'restarted', at: day(60), reason: 'un nouveau modèle' },
];

describe('a ledger', () => {
  it('is the same after a file', () => {
    expect(readLedger(writeLedger(all))).toEqual(all);
    expect(readLedger(writeLedger([]))).toEqual([]);
  });

  it('takes an announcement once, whenever it is said again word for word', () => {
    const again = announced.map((content) => freezeAnnouncement({ ...content, at: day(99) }));
    expect(planAnnouncing(foldLedger(all), plantedModel, again)).toEqual({ events: [], nAlready: 2 });
    const other = freezeAnnouncement({ ...announced[0], value: 21 } as (typeof announced)[0]);
    expect(planAnnouncing(foldLedger(all), plantedModel, [other]).events).toMatchObject([
      { kind: 'announced' },
    ]);
  });

  it('judges of each outage the last announcement by its start, else the first', () => {
    const at = (n: number) => freezeAnnouncement({ ...plantAnnouncement('A', day(10)), at: day(n) });
    expect(listCounting([at(1), at(9), at(12)]).map((each) => each.at)).toEqual([day(9)]);
    expect(listCounting([at(15), at(12)]).map((each) => each.at)).toEqual([day(12)]);
  });

  it('refuses what is none, an altered or repeated announcement, unknown fields and newer versions, with a reason', () => {
    const text = writeLedger(all);
    const change = (from: string | RegExp, to: string) => text.replace(from, to);
    const hostile = [
      '',
      '[]',
      '{"format":"tranche-ledger","version":1}',
      text.slice(0, -9),
      change('"value":20', '"value":2'),
      change('"lasted":', '"lasted":"1",'),
      change('"kind":"announced"', '"kind":"announced","__proto__":{"x":1},"more":1'),
      change('"abc0"', '"zz"'),
      change('[["A"],["B"]]', '[["A"],["B","C"]]'),
      change(/"levels":\[[^\]]*\]/u, '"levels":[3,2,1]'),
      change('"at":', '"at":1e300,"was":'),
      writeLedger([...all, ...events.slice(1, 2)]),
      writeLedger(all.slice(1)),
    ];
    for (const each of hostile) {
      expect(() => readLedger(each)).toThrow(expect.objectContaining({ code: 'ledger-invalid' }));
    }
    expect(() => readLedger(change('"version":1', '"version":9'))).toThrow(
      expect.objectContaining({ code: 'ledger-too-new' }),
    );
  });
});
