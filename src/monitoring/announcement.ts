import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Announcement } from './contract.ts';

/** Digits of the hash that names an announcement: by chance two of a million are alike once in 10²⁶ ledgers. */
const ID_LENGTH = 32;

/** Names an announcement by its content: what was changed since bears another name. */
export function nameAnnouncement(content: Omit<Announcement, 'id'>): string {
  const { at, model, outage, cells, value, levels, nCalibration, planned, classMedian, scenario } = content;
  const { identifier, unit, start } = outage;
  const ordered = [at, model, identifier, unit, start, cells, value, levels];
  const text = JSON.stringify([...ordered, nCalibration, planned, classMedian, scenario]);
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, ID_LENGTH);
}

/** Freezes a prediction. */
export function freezeAnnouncement(content: Omit<Announcement, 'id'>): Announcement {
  return { ...content, id: nameAnnouncement(content) };
}

/** The same model said the same of the same outage before, word for word: nothing new is announced. */
export function isSaidAgain(before: Announcement, now: Announcement): boolean {
  return nameAnnouncement({ ...before, at: 0 }) === nameAnnouncement({ ...now, at: 0 });
}
