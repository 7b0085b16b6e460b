import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { CellRow } from '#data/cell.ts';
import type { Answer } from './body-schemas.ts';
import type { ServedModel } from './served-model.ts';

export const captureModes = ['off', 'hash', 'full'] as const;
export type CaptureMode = (typeof captureModes)[number];

/** Keeps what was asked and answered, to be joined with what the outages took. */
export interface Capture {
  readonly take: (served: ServedModel, cells: CellRow, answer: Answer) => void;
  readonly end: () => Promise<void>;
}

export const noCapture: Capture = { take: () => {}, end: () => Promise.resolve() };

/**
 * Captures into `folder`, a file a day (`predictions-2026-11-28.jsonl`) and a JSON object a line: id, time, model, the
 * answer's figures, and the cells by column (`full`) or their SHA-256 (`hash`).
 */
export function createCapture(mode: CaptureMode, folder: string, now: () => number): Capture {
  if (mode === 'off') return noCapture;
  mkdirSync(folder, { recursive: true });
  let open: { readonly day: string; readonly stream: WriteStream } | null = null;
  const streamOf = (day: string) => {
    if (open?.day !== day) {
      open?.stream.end();
      open = { day, stream: createWriteStream(join(folder, `predictions-${day}.jsonl`), { flags: 'a' }) };
    }
    return open.stream;
  };
  return {
    take: ({ model }, cells, { notes: _notes, ...answer }) => {
      const time = new Date(now()).toISOString();
      const named = Object.fromEntries(model.summary.features.map(({ name }, i) => [name, cells[i] ?? null]));
      const asked =
        mode === 'full'
          ? { cells: named }
          : { hash: createHash('sha256').update(JSON.stringify(named)).digest('hex') };
      streamOf(time.slice(0, 10)).write(`${JSON.stringify({ time, ...answer, ...asked })}\n`);
    },
    end: () =>
      new Promise((resolve) => {
        if (open) open.stream.end(() => resolve());
        else resolve();
      }),
  };
}
