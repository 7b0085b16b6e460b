import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { assignRole } from '#jobs/dataset/assign-role.ts';
import { makeSnapshot, takeData } from './take-data.ts';

const context = createSilentContext();
const file = (name: string, lines: readonly string[]) => ({
  name,
  bytes: new TextEncoder().encode(lines.join('\n')),
});

const header = 'unit,start date,crew,duration (days)';
const lines = Array.from({ length: 100 }, (_, i) => {
  const start = new Date(Date.UTC(2016, 0, 1 + 20 * i)).toISOString().slice(0, 10);
  return `T${i % 4},${start},${(i * 13) % 7},${20 + ((i * 37) % 50)}`;
});
const rolesOf = (roles: Awaited<ReturnType<typeof takeData>>['roles']) =>
  assignRole(roles, 'duration (days)', 'target');

describe('what arrived', () => {
  it('is one table, each row once, and what was left out is counted with its reason', async () => {
    const taken = await takeData(
      [
        file('b.csv', [header, ...lines.slice(40), lines[0] ?? '', 'too,few']),
        // The same rows with the columns in another order and another way to write them.
        file('a.csv', [
          'crew;duration (days);unit;start date',
          ...lines.slice(0, 50).map((line) => {
            const [unit, start = '', crew, days] = line.split(',');
            return [crew, days, unit, start.split('-').toReversed().join('/')].join(';');
          }),
        ]),
      ],
      {},
      context,
    );
    expect(taken.files).toMatchObject([
      { name: 'a.csv', kept: 50, repeated: 0, rejected: 0 },
      {
        name: 'b.csv',
        kept: 50,
        repeated: 11,
        rejected: 1,
        rejects: [{ line: 63, reason: 'too-few-cells' }],
      },
    ]);
    expect(taken.table.nRows).toBe(100);
  });

  it('has one name, in however many files it came', async () => {
    const whole = await takeData([file('a.csv', [header, ...lines])], {}, context);
    const parts = [lines.slice(60), lines.slice(0, 60)].map((rows, i) => file(`${i}.csv`, [header, ...rows]));
    expect((await takeData(parts, {}, context)).data).toBe(whole.data);
    const more = await takeData([...parts, file('9.csv', [header, `T9,2024-01-01,1,30`])], {}, context);
    expect(more.data).not.toBe(whole.data);
  });
});

describe('a snapshot', () => {
  it('keeps the most recent finished outages to judge by, and learns from all others', async () => {
    const open = 'T1,2023-01-01,3,';
    const taken = await takeData([file('a.csv', [header, ...lines.toReversed(), open])], {}, context);
    const { manifest, trainText, testText } = makeSnapshot(taken, rolesOf(taken.roles), new Set());
    expect([manifest.train.length, manifest.test.length, manifest.nOpen]).toEqual([81, 20, 1]);
    expect(trainText).toContain(open);
    const starts = (text: string) => [...text.matchAll(/\d{4}-\d\d-\d\d/gu)].map(([date]) => date).sort();
    expect(starts(testText)).toEqual(lines.slice(80).map((line) => line.split(',')[1]));
    expect(new Set([...manifest.train, ...manifest.test]).size).toBe(101);
  });

  it('judges by nothing that the champion has learnt, and learns at least half of what is new', async () => {
    const first = await takeData([file('a.csv', [header, ...lines.slice(0, 60)])], {}, context);
    const { manifest } = makeSnapshot(first, rolesOf(first.roles), null);
    expect([manifest.train.length, manifest.test.length]).toEqual([60, 0]);
    const learnt = new Set(manifest.train);
    const second = await takeData([file('a.csv', [header, ...lines])], {}, context);
    const next = makeSnapshot(second, rolesOf(second.roles), learnt);
    expect(next.manifest.test).toHaveLength(20);
    expect(next.manifest.test.filter((hash) => learnt.has(hash))).toEqual([]);
    expect(next.manifest.train.filter((hash) => !learnt.has(hash)).length).toBe(20);
    // Of a few, none: there is nothing to judge by yet.
    const few = makeSnapshot(second, rolesOf(second.roles), new Set(second.hashes.slice(0, 95)));
    expect(few.manifest.test).toEqual([]);
  });
});
