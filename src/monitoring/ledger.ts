import { isSaidAgain } from './announcement.ts';
import type { Announcement, AnnouncementLedger, LedgerEvent, LedgerModel, OutcomeFile } from './contract.ts';

/** State of a ledger: its events, folded. O(events). */
export function foldLedger(events: readonly LedgerEvent[]): AnnouncementLedger {
  const models = new Map<string, LedgerModel>();
  const announcements: Announcement[] = [];
  const files: OutcomeFile[] = [];
  let restartedAt: number | null = null;
  for (const event of events) {
    switch (event.kind) {
      case 'model':
        models.set(event.hash, event);
        break;
      case 'announced':
        announcements.push(event);
        break;
      case 'observed':
        files.push(event);
        break;
      default:
        restartedAt = event.at;
    }
  }
  return { models, announcements, files, restartedAt };
}

/** What an announcing adds, and how many of the announcements had been made before. */
export interface Announcing {
  readonly events: readonly LedgerEvent[];
  readonly nAlready: number;
}

/** The events of announcing: the model where the ledger does not know it, and what it has not said before. O(n). */
export function planAnnouncing(
  ledger: AnnouncementLedger,
  model: LedgerModel,
  announcements: readonly Announcement[],
): Announcing {
  const byOutage = new Map<string, Announcement[]>();
  const keyOf = ({ model: hash, outage }: Announcement) =>
    JSON.stringify([hash, outage.identifier, outage.unit, outage.start]);
  for (const announcement of ledger.announcements) {
    byOutage.set(keyOf(announcement), [...(byOutage.get(keyOf(announcement)) ?? []), announcement]);
  }
  const fresh = announcements.filter((announcement) => {
    const key = keyOf(announcement);
    const known = byOutage.get(key) ?? [];
    if (known.some((before) => isSaidAgain(before, announcement))) return false;
    byOutage.set(key, [...known, announcement]);
    return true;
  });
  const known: readonly LedgerEvent[] = ledger.models.has(model.hash) ? [] : [{ kind: 'model', ...model }];
  const nAlready = announcements.length - fresh.length;
  return {
    events:
      fresh.length === 0
        ? []
        : [...known, ...fresh.map((each): LedgerEvent => ({ kind: 'announced', ...each }))],
    nAlready,
  };
}

/** The announcement of each outage that counts: the last one made by its start, else the first one made. */
export function listCounting(announcements: readonly Announcement[]): readonly Announcement[] {
  const counting = new Map<string, Announcement>();
  for (const announcement of announcements) {
    const { identifier, unit, start } = announcement.outage;
    const key = JSON.stringify(identifier === null ? [unit, start] : [identifier]);
    const before = counting.get(key);
    if (!before || isBetter(announcement, before)) counting.set(key, announcement);
  }
  return [...counting.values()];
}

function isBetter(now: Announcement, before: Announcement): boolean {
  const start = now.outage.start ?? Infinity;
  return before.at > start ? now.at < before.at : now.at <= start && now.at > before.at;
}
