/** What JSON has no word for. */
const MARK = '$number';

/** A record as JSON; NaN and the infinities keep their meaning. Bytes and typed arrays have no place in it. */
export function writeRecord(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? { [MARK]: String(part) } : part,
  );
}

/** The record of `writeRecord`. Throws where the text is damaged. */
export function parseRecord(text: string): unknown {
  return JSON.parse(text, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && MARK in part ? Number(part[MARK]) : part,
  );
}
