import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Configuration } from './search-space.ts';

/** A configuration on one fold of one repetition. */
export interface FoldRequest {
  readonly configuration: Configuration;
  readonly repetition: number;
  readonly fold: number;
}

/** What happened in a study, in order: with the study itself, all that is needed to go on as if it had never been interrupted. */
export type TrialEvent =
  | {
      readonly kind: 'begun';
      /** `identifyStudy`: a log of another study is refused. */
      readonly study: string;
    }
  | {
      readonly kind: 'scored';
      readonly configuration: Configuration;
      readonly repetition: number;
      readonly fold: number;
      /** Absolute errors of the fold's rows: 32-bit floats, hexadecimal. */
      readonly errors: string;
    }
  | { readonly kind: 'test-opened'; readonly nTrials: number };

/** The event of a line of text; null where it is none. */
export function readTrialEvent(line: string): TrialEvent | null {
  try {
    const event = JSON.parse(line) as Partial<Record<string, unknown>> | null;
    if (event === null || typeof event !== 'object') return null;
    const { kind, study, configuration, repetition, fold, errors, nTrials } = event;
    if (kind === 'begun' && typeof study === 'string') return { kind, study };
    if (kind === 'test-opened' && typeof nTrials === 'number') return { kind, nTrials };
    const isScored = kind === 'scored' && typeof configuration === 'object' && configuration !== null;
    if (!isScored || typeof repetition !== 'number' || typeof fold !== 'number') return null;
    if (typeof errors !== 'string' || !/^(?:[0-9a-f]{8})+$/u.test(errors)) return null;
    return { kind, configuration: configuration as Configuration, repetition, fold, errors };
  } catch {
    return null;
  }
}

/**
 * Where the events of a study are kept. Its laws (`testing/trial-log-suite.ts`): L1 what was acknowledged is what a later opening reads, as it
 * was written. L2 in the order in which it was given, whether or not one was waited for before the next. L3 never changed, only added to.
 */
export interface TrialLog {
  readonly append: (event: TrialEvent) => Promise<void>;
  readonly read: () => Promise<readonly TrialEvent[]>;
}

export function createMemoryLog(events: TrialEvent[] = []): TrialLog {
  return {
    append: (event) => {
      events.push(event);
      return Promise.resolve();
    },
    read: () => Promise.resolve([...events]),
  };
}

export function writeErrors({ buffer, byteOffset, byteLength }: Float32Array): string {
  return bytesToHex(new Uint8Array(buffer, byteOffset, byteLength));
}

/** Throws where the text was not written by `writeErrors`. */
export function readErrors(text: string): Float32Array {
  return new Float32Array(hexToBytes(text).slice().buffer);
}
