import { MS_PER_DAY } from '#data/dates.ts';
import { plainName } from '#data/column-words.ts';
import type {
  Announcement,
  Conflict,
  FollowedOutage,
  JoinReason,
  JoinReport,
  OutageState,
  Outcome,
  OutcomeFile,
} from './contract.ts';

export interface MatchOptions {
  /** Starts of one outage may lie so many days apart: an announced one slips. */
  readonly toleranceDays: number;
  /** An announced outage that no file tells of goes on, where the files cover its unit and time; else it is not known. */
  readonly isSilenceRunning: boolean;
}

export const defaultMatching: MatchOptions = { toleranceDays: 7, isSilenceRunning: true };

/** Dates of one identifier that lie further apart than so many tolerances are those of two outages. */
const FAR = 12;
/** Of the starts of a label that no announcement knows, so many at least, and this share, have to be those of one that has no news. */
const RECODED = { least: 3, share: 0.8 } as const;
/** Durations of one outage that differ by less are the same, rounded otherwise. */
const SAME_DURATION = 0.01;

interface Found {
  readonly file: OutcomeFile;
  readonly outcome: Outcome;
}

interface Joined extends Found {
  readonly reason: JoinReason;
}

/**
 * What became of each announced outage. By identifier where both sides have one, else by unit and start: the same moment
 * first, then the nearest within the tolerance where neither side has another choice. A label that no file knows is looked
 * for under the dates alone (a unit written otherwise). What contradicts is joined to nothing and told. The order of rows
 * says nothing. O(n log n) where units have few outages at a time.
 */
export function matchOutcomes(
  announcements: readonly Announcement[],
  files: readonly OutcomeFile[],
  options: MatchOptions = defaultMatching,
): JoinReport {
  const asOf = files.reduce((latest, file) => Math.max(latest, file.asOf), -Infinity);
  const all = files.flatMap((file) => file.outcomes.map((outcome): Found => ({ file, outcome })));
  const conflicts = new Map<string, Conflict>();
  const conflict = (reason: Conflict['reason'], announcement: string, found: readonly Found[]) =>
    conflicts.set(announcement, {
      reason,
      announcement,
      rows: found.map(({ file, outcome }) => ({ file: file.name, row: outcome.row })),
    });
  const joined = new Map<string, Joined[]>();
  const taken = new Set<Outcome>();
  const join = (announcement: Announcement, found: Found, reason: JoinReason) => {
    joined.set(announcement.id, [...(joined.get(announcement.id) ?? []), { ...found, reason }]);
    taken.add(found.outcome);
  };

  joinByIdentifier(announcements, all, options, join, (reason, announcement, found) => {
    conflict(reason, announcement.id, [found]);
    taken.add(found.outcome);
  });
  const isOpen = ({ id }: Announcement) => !joined.has(id) && !conflicts.has(id);
  const byIdentifier = new Set(
    announcements.flatMap(({ outage }) => foldIdentifier(outage.identifier) ?? []),
  );
  const free = () =>
    all.filter(
      ({ outcome }) =>
        !taken.has(outcome) && !byIdentifier.has(foldIdentifier(outcome.key.identifier) ?? NO_KEY),
    );
  const sameUnit = (unit: string | null) => fold(unit) ?? '';
  joinByDate(
    announcements.filter(isOpen),
    free(),
    sameUnit,
    options,
    join,
    (reason, announcement, found) => conflict(reason, announcement.id, found),
    (shiftDays) => ({ by: 'unit-and-date', shiftDays }),
  );
  const announcedUnits = new Set(announcements.map(({ outage }) => fold(outage.unit)));
  const strangers = free().filter(({ outcome }) => !announcedUnits.has(fold(outcome.key.unit)));
  const recoded = findRecoded(announcements.filter(isOpen), strangers);
  for (const { from, to } of recoded) {
    const renamed = free().filter(({ outcome }) => outcome.key.unit === to);
    const wanted = announcements.filter((each) => isOpen(each) && each.outage.unit === from);
    joinByDate(
      wanted,
      renamed,
      () => '',
      { ...options, toleranceDays: 0 },
      join,
      () => undefined,
      (shiftDays) => ({ by: 'date', shiftDays, unit: to }),
    );
  }

  let nDuplicates = 0;
  const cover = createCover(all, joined);
  const outages = announcements.map((announcement): FollowedOutage => {
    const own = joined.get(announcement.id) ?? [];
    const settled = settle(own, asOf);
    if (settled === 'differ') conflict('outcomes-differ', announcement.id, own);
    nDuplicates += Math.max(0, own.length - 1);
    const join = own[0]?.reason ?? null;
    if (conflicts.has(announcement.id)) return { announcement, state: { kind: 'conflict' }, join };
    const found = settled === 'differ' ? null : settled;
    return { announcement, join, state: findState(announcement, found, asOf, cover, options) };
  });
  const left = all.filter(({ outcome }) => !taken.has(outcome));
  const first = announcements.reduce(
    (least, { outage }) => Math.min(least, outage.start ?? -Infinity),
    Infinity,
  );
  const isEarlier = ({ outcome }: Found) => outcome.key.start !== null && outcome.key.start < first;
  return {
    outages,
    asOf,
    nOutcomes: all.length,
    nDuplicates,
    conflicts: [...conflicts.values()],
    nEarlier: left.filter(isEarlier).length,
    unannounced: left
      .filter((found) => !isEarlier(found))
      .map(({ file, outcome }) => ({ file: file.name, row: outcome.row, key: outcome.key })),
    recoded,
  };
}

type Join = (announcement: Announcement, found: Found, reason: JoinReason) => void;

function joinByIdentifier(
  announcements: readonly Announcement[],
  all: readonly Found[],
  { toleranceDays }: MatchOptions,
  join: Join,
  refuse: (reason: 'unit-differs' | 'dates-differ', announcement: Announcement, found: Found) => void,
): void {
  const byIdentifier = groupBy(all, ({ outcome }) => foldIdentifier(outcome.key.identifier));
  for (const announcement of announcements) {
    const { identifier, unit, start } = announcement.outage;
    for (const found of byIdentifier.get(foldIdentifier(identifier) ?? NO_KEY) ?? []) {
      const { key } = found.outcome;
      const shiftDays = start === null || key.start === null ? null : (key.start - start) / MS_PER_DAY;
      if (unit !== null && key.unit !== null && fold(unit) !== fold(key.unit)) {
        refuse('unit-differs', announcement, found);
      } else if (Math.abs(shiftDays ?? 0) > FAR * Math.max(1, toleranceDays)) {
        refuse('dates-differ', announcement, found);
      } else join(announcement, found, { by: 'identifier', shiftDays });
    }
  }
}

/** Pairs of one unit, the nearest starts first; of several that are as near, none. */
function joinByDate(
  announcements: readonly Announcement[],
  found: readonly Found[],
  unitOf: (unit: string | null) => string,
  { toleranceDays }: MatchOptions,
  join: Join,
  refuse: (reason: 'several', announcement: Announcement, found: readonly Found[]) => void,
  reasonOf: (shiftDays: number) => JoinReason,
): void {
  const byUnit = groupBy(found, ({ outcome }) => unitOf(outcome.key.unit));
  const wanted = groupBy(announcements, ({ outage }) => unitOf(outage.unit));
  for (const [unit, ofUnit] of wanted) {
    const outcomes = byUnit.get(unit) ?? [];
    const pairs = ofUnit.flatMap((announcement) =>
      outcomes.flatMap((each) => {
        const [planned, real] = [announcement.outage.start, each.outcome.key.start];
        if (planned === null || real === null) return [];
        const shift = (real - planned) / MS_PER_DAY;
        return Math.abs(shift) <= toleranceDays ? [{ announcement, each, shift }] : [];
      }),
    );
    const exact = pairs.filter(({ shift }) => shift === 0);
    const done = new Set<unknown>();
    // The same moment twice among the outcomes is one outage told twice; among the announcements nobody can tell.
    for (const { announcement, each } of exact) {
      const rivals = exact.filter((pair) => pair.each === each);
      if (rivals.length > 1) refuse('several', announcement, [each]);
      else join(announcement, each, reasonOf(0));
      done.add(announcement).add(each);
    }
    const near = pairs.filter(({ announcement, each }) => !done.has(announcement) && !done.has(each));
    for (const { announcement, each, shift } of near) {
      const ofAnnouncement = near.filter((pair) => pair.announcement === announcement);
      const ofOutcome = near.filter((pair) => pair.each === each);
      const others = ofAnnouncement.filter(
        (pair) => pair.each.outcome.key.start !== each.outcome.key.start,
      ).length;
      if (ofOutcome.length === 1 && others === 0) join(announcement, each, reasonOf(shift));
      else {
        refuse(
          'several',
          announcement,
          ofAnnouncement.map((pair) => pair.each),
        );
      }
    }
  }
}

/** Labels of the ledger whose outages are without news, at starts that are (nearly) all those of one label that it does not know. */
function findRecoded(
  announcements: readonly Announcement[],
  strangers: readonly Found[],
): JoinReport['recoded'] {
  const given = groupBy(strangers, ({ outcome }) => outcome.key.unit);
  return [...groupBy(announcements, ({ outage }) => outage.unit)].flatMap(([from, ofUnit]) => {
    const starts = new Set(ofUnit.map(({ outage }) => outage.start));
    const matches = [...given].flatMap(([to, outcomes]) => {
      const n = outcomes.filter(({ outcome }) => starts.has(outcome.key.start)).length;
      return n >= RECODED.least && n >= RECODED.share * outcomes.length ? [{ from, to, n }] : [];
    });
    return matches.length === 1 ? matches : [];
  });
}

/** What several outcomes of one outage say together; null where there is none. */
function settle(own: readonly Joined[], asOf: number): Outcome | 'differ' | null {
  const ended = own.filter(({ outcome }) => isOver(outcome, asOf)).map(({ outcome }) => outcome);
  const [first] = ended;
  if (!first) return own.at(-1)?.outcome ?? null;
  const least = Math.min(...ended.map(({ lasted }) => lasted ?? 0));
  const most = Math.max(...ended.map(({ lasted }) => lasted ?? 0));
  return most - least > SAME_DURATION * Math.max(most, MS_PER_DAY) ? 'differ' : first;
}

function isOver({ lasted, end }: Outcome, asOf: number): boolean {
  return lasted !== null && !(end !== null && end > asOf);
}

/** When files tell of each unit, and which starts they know. */
interface Cover {
  readonly from: number;
  readonly startsOf: ReadonlyMap<string, readonly number[]>;
}

function createCover(all: readonly Found[], joined: ReadonlyMap<string, readonly Joined[]>): Cover {
  const starts = [...joined.values()].flatMap((own) => own.flatMap(({ outcome }) => outcome.key.start ?? []));
  const startsOf = new Map<string, number[]>();
  for (const { outcome } of all) {
    const unit = fold(outcome.key.unit);
    if (unit === null || outcome.key.start === null) continue;
    const known = startsOf.get(unit) ?? [];
    known.push(outcome.key.start);
    startsOf.set(unit, known);
  }
  return { from: starts.reduce((least, start) => Math.min(least, start), Infinity), startsOf };
}

function findState(
  { outage }: Announcement,
  outcome: Outcome | null,
  asOf: number,
  { from, startsOf }: Cover,
  { toleranceDays, isSilenceRunning }: MatchOptions,
): OutageState {
  const start = outcome?.key.start ?? outage.start;
  if (outcome && isOver(outcome, asOf)) {
    const lasted = outcome.lasted ?? 0;
    return { kind: 'ended', lasted, start: start ?? (outcome.end ?? asOf) - lasted };
  }
  if (start === null) return { kind: 'unknown' };
  if (start > asOf) return { kind: 'to-come' };
  const starts = startsOf.get(fold(outage.unit) ?? '') ?? [];
  const margin = toleranceDays * MS_PER_DAY;
  if (starts.some((other) => other > start + margin && other <= asOf)) return { kind: 'unknown' };
  if (outcome) return { kind: 'running', start, isSilent: false };
  const isCovered = start >= from && (outage.unit === null || starts.length > 0);
  return isSilenceRunning && isCovered ? { kind: 'running', start, isSilent: true } : { kind: 'unknown' };
}

const NO_KEY = '\0';

function foldIdentifier(identifier: string | null): string | null {
  return identifier === null ? null : identifier.trim().toLowerCase();
}

/** Labels are compared without case, accents and marks. */
function fold(label: string | null): string | null {
  return label === null ? null : plainName(label) || label;
}

function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | null,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(item);
  }
  return groups;
}
