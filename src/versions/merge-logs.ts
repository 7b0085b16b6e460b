import type { CheckedLog, LogEntry, Sha256 } from './contract.ts';

/** How a log that comes from elsewhere stands to one's own. */
export type LogMerge =
  /** One's own has all of it. */
  | { readonly kind: 'nothing-new' }
  /** It goes on where one's own ends. */
  | { readonly kind: 'further'; readonly entries: readonly LogEntry[] }
  /** Both went on apart after `nShared` entries: one's own stays, the other is kept and shown beside it. */
  | { readonly kind: 'forked'; readonly nShared: number; readonly entries: readonly LogEntry[] };

/** Plans what opening another log would do. O(entries). */
export function planMerge(own: CheckedLog, other: CheckedLog): LogMerge {
  const nShared = countShared(own.entries, other.entries);
  if (nShared === other.entries.length) return { kind: 'nothing-new' };
  const entries = other.entries.slice(nShared);
  return nShared === own.entries.length ? { kind: 'further', entries } : { kind: 'forked', nShared, entries };
}

function countShared(own: readonly LogEntry[], other: readonly LogEntry[]): number {
  const differs = own.findIndex(({ hash }, i) => hash !== other[i]?.hash);
  return differs < 0 ? own.length : differs;
}

/** One's own log and those that forked off it elsewhere, each whole, none the beginning of another; in the order of their heads. */
export interface LogFamily {
  readonly own: CheckedLog;
  readonly others: readonly CheckedLog[];
}

/**
 * Both families together: nothing of either is lost, and one's own champion stays unless the other log only went further. In
 * whichever order families are merged, and however often, the same logs come out; which of them is one's own depends on whose
 * family it is.
 */
export function mergeFamilies(mine: LogFamily, theirs: LogFamily): LogFamily {
  const all = [mine.own, ...mine.others, theirs.own, ...theirs.others];
  const longest = all
    .filter((log) => log.entries.length > mine.own.entries.length)
    .filter((log) => planMerge(mine.own, log).kind === 'further')
    .sort(byLength);
  // Two ways to go on are a fork: neither is taken.
  const [further] = longest;
  const isOne = further && longest.every((log) => planMerge(further, log).kind === 'nothing-new');
  const own = isOne ? further : mine.own;
  return { own, others: keepTips(all).filter(({ head }) => head !== own.head && !isPart(own, head)) };
}

/** The logs that are not the beginning of another one, each once, in the order of their heads. */
function keepTips(logs: readonly CheckedLog[]): readonly CheckedLog[] {
  const byHead = new Map(logs.flatMap((log) => (log.head === null ? [] : [[log.head, log] as const])));
  return [...byHead.values()]
    .filter(({ head }) => ![...byHead.values()].some((log) => log.head !== head && isPart(log, head)))
    .sort((a, b) => (String(a.head) < String(b.head) ? -1 : 1));
}

function isPart({ entries }: CheckedLog, head: Sha256 | null): boolean {
  return entries.some(({ hash }) => hash === head);
}

function byLength(a: CheckedLog, b: CheckedLog): number {
  return b.entries.length - a.entries.length;
}

/** Versions that no log of the family promoted, and that may go: what they hold is proposed, never taken. */
export function listDiscardable({ own, others }: LogFamily): readonly Sha256[] {
  const held = new Set(
    others.flatMap(({ state }) => state.versions.flatMap(({ id, wasPromoted }) => (wasPromoted ? [id] : []))),
  );
  return own.state.versions.flatMap(({ id, standing, wasPromoted }) =>
    standing === 'candidate' && !wasPromoted && !held.has(id) ? [id] : [],
  );
}
