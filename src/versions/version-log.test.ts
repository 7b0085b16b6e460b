import { describe, expect, it } from 'vitest';
import type { CheckedLog, VersionAction } from './contract.ts';
import { mergeFamilies, planMerge } from './merge-logs.ts';
import { createSampleReport, createSampleVersion, sign } from './testing/sample-versions.ts';
import { runHistories } from './testing/histories.ts';
import { checkLog, EMPTY_LOG, extendLog, nextEntry, openLog, readLog, writeLog } from './version-log.ts';

const [a, b, c] = [1, 2, 3].map(createSampleVersion) as [Sample, Sample, Sample];
type Sample = ReturnType<typeof createSampleVersion>;

const submit = ({ id, facts }: Sample): VersionAction => ({ kind: 'submit', version: id, facts });
const promote = (version: string, gate: string | null = null, isForced = false): VersionAction => ({
  kind: 'promote',
  version,
  gate,
  isForced,
});

function tell(actions: readonly VersionAction[], from: CheckedLog = EMPTY_LOG): CheckedLog {
  return actions.reduce((log, action) => extendLog(log, nextEntry(log, action, sign())), from);
}

const begun = tell([submit(a), promote(a.id), submit(b)]);
const judge = (report = createSampleReport('proven-better')): VersionAction => ({
  kind: 'judge',
  version: b.id,
  against: a.id,
  report,
});

describe('a log of versions', () => {
  it('tells candidate → challenger → champion → former', () => {
    const judged = tell([judge()], begun);
    expect(judged.state.versions.map(({ standing }) => standing)).toEqual(['champion', 'challenger']);
    const { state } = tell([promote(b.id, judged.head)], judged);
    expect(state).toMatchObject({
      champion: b.id,
      versions: [{ standing: 'former' }, { standing: 'champion' }],
    });
    const back = tell([{ kind: 'roll-back', version: a.id }], tell([promote(b.id, judged.head)], judged));
    expect(back.state.champion).toBe(a.id);
  });

  it('lets nothing pass that the gate does not, unless it is forced', () => {
    const refused = tell([judge(createSampleReport('not-better'))], begun);
    expect(() => tell([promote(b.id, refused.head)], refused)).toThrow(
      expect.objectContaining({ code: 'gate-not-passed' }),
    );
    expect(() => tell([promote(b.id)], begun)).toThrow(expect.objectContaining({ code: 'gate-not-passed' }));
    expect(tell([promote(b.id, refused.head, true)], refused).state.champion).toBe(b.id);
  });

  it('lets a gate count against the champion it was held against alone', () => {
    const judged = tell([judge(), submit(c), promote(c.id, null, true)], begun);
    const gate = judged.state.versions[1]?.gate?.id ?? null;
    expect(() => tell([promote(b.id, gate)], judged)).toThrow(
      expect.objectContaining({ code: 'gate-not-passed' }),
    );
  });

  it.each([
    [
      'a broken guardrail',
      { guardrails: [{ kind: 'bias', old: 0, new: 9, tolerance: 1, holds: false }] as const },
    ],
    ['too few outages', { verdict: 'too-few' as const }],
    ['outages it was trained on', { verdict: 'overlap' as const }],
  ])('does not pass a challenger with %s', (_, changes) => {
    const judged = tell([judge(createSampleReport('proven-better', changes))], begun);
    expect(() => tell([promote(b.id, judged.head)], judged)).toThrow('gate');
  });

  it.each<[string, VersionAction]>([
    ['submit a version twice', submit(a)],
    ['promote what is champion', promote(a.id, null, true)],
    ['discard a champion', { kind: 'discard', version: a.id }],
    ['roll back to what never was champion', { kind: 'roll-back', version: b.id }],
    ['refuse what nobody challenged', { kind: 'refuse', version: b.id, gate: null }],
  ])('does not %s', (_, action) => {
    expect(() => tell([action], begun)).toThrow(expect.objectContaining({ code: 'version-not-allowed' }));
  });

  it('never lets go of a former champion', () => {
    const log = tell([promote(b.id, null, true)], begun);
    expect(() => tell([{ kind: 'discard', version: a.id }], log)).toThrow(
      expect.objectContaining({ code: 'version-not-allowed' }),
    );
  });

  it('takes no action without a name and ten characters of reason', () => {
    for (const signature of [{ ...sign(), by: ' ' }, sign('too short'), sign('   a b c    ')]) {
      expect(() => nextEntry(EMPTY_LOG, submit(a), signature)).toThrow(
        expect.objectContaining({ code: 'signature-invalid' }),
      );
    }
    expect(nextEntry(EMPTY_LOG, submit(a), sign('0123456789'))).toMatchObject({ n: 1, previous: null });
  });

  it('finds every flipped byte of its text and names the entry', () => {
    const text = writeLog(begun.entries);
    const ends = Array.from(text.matchAll(/\n/gu), ({ index }) => index);
    expect(readLog(text)).toEqual(begun);
    for (let at = 0; at < text.length; at++) {
      const flipped = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ (1 << (at % 7)))}${text.slice(at + 1)}`;
      let found = -1;
      try {
        readLog(flipped);
      } catch (thrown) {
        found = (thrown as { details: { entry: number } }).details.entry;
      }
      expect(found).toBe(ends.findIndex((end) => at <= end) + 1);
    }
  }, 20_000);

  it('finds entries taken out, put in, exchanged and cut short, and opens up to there', () => {
    const { entries } = begun;
    const [first, second, third] = entries;
    for (const [changed, entry] of [
      [[second, third], 1],
      [[first, third], 2],
      [[first, third, second], 2],
      [[first, second, second, third], 3],
      [[first, { ...second, by: 'Adam' }], 2],
      [[first, { ...second, extra: 1 }], 2],
      [[null], 1],
    ] as const) {
      expect(() => checkLog(changed)).toThrow(expect.objectContaining({ code: 'log-broken' }));
      const { broken, log } = openLog(changed);
      expect(broken?.entry).toBe(entry);
      expect(log.entries).toHaveLength(entry - 1);
    }
    expect(() => readLog(writeLog(entries).slice(0, -1))).toThrow(
      expect.objectContaining({ code: 'log-broken' }),
    );
  });

  it('is told no lie that hashes well: an entry that was never allowed is refused', () => {
    const forged = tell([promote(b.id, null, true)], begun).entries.at(-1)!;
    const other = nextEntry(begun, submit(c), sign());
    expect(openLog([...begun.entries, { ...other, action: forged.action }]).broken?.entry).toBe(4);
  });
});

describe('two logs', () => {
  const ours = tell([submit(c)], begun);
  const theirs = tell([promote(b.id, null, true)], begun);

  it('are told apart: nothing new, further, forked', () => {
    expect(planMerge(ours, begun)).toEqual({ kind: 'nothing-new' });
    expect(planMerge(begun, ours)).toMatchObject({ kind: 'further', entries: [{ n: 4 }] });
    expect(planMerge(ours, theirs)).toMatchObject({ kind: 'forked', nShared: 3 });
  });

  it('that forked keep their champions, and both stay', () => {
    const merged = mergeFamilies({ own: ours, others: [] }, { own: theirs, others: [] });
    expect(merged.own.state.champion).toBe(a.id);
    expect(merged.others.map(({ state }) => state.champion)).toEqual([b.id]);
  });
});

it('keeps its laws through 100 histories of two people, with crashes and merges', async () => {
  await expect(runHistories(100, 18)).resolves.toBeUndefined();
}, 30_000);
