import { AppError } from '#base/errors.ts';

/** Characters of a model file that are read at all: 50 MB of ASCII. */
export const MAX_MODEL_FILE_LENGTH = 50_000_000;
/** A model's parts stand some ten deep. */
const MAX_DEPTH = 64;
/** The largest forests have some hundred thousand lists and objects, and as many numbers as there is room for. */
const MAX_CONTAINERS = 500_000;
const MAX_VALUES = 12_000_000;

/** What is too much of a text: how much there is, and how much is read at most. */
interface Excess {
  readonly problem: string;
  readonly length: number;
  readonly limit: number;
}

/**
 * Refuses a text that would swell when it is parsed, or nest deeper than the stack is, before it is parsed.
 * Throws `file-too-large` and `model-file-invalid`. O(characters), some 2 ms a million.
 */
export function refuseSwollenText(text: string): void {
  const excess = measureText(text);
  if (!excess) return;
  const { problem, length, limit } = excess;
  if (limit === MAX_MODEL_FILE_LENGTH)
    throw new AppError('file-too-large', problem, { bytes: length, limit });
  throw new AppError('model-file-invalid', `not a model file: ${problem}`, { problem });
}

/** What of a model's text is more than is read; null where nothing is. */
export function measureText(text: string): Excess | null {
  const { length } = text;
  const exceeds = (n: number, limit: number, what: string): Excess | null =>
    n > limit ? { problem: `more than ${limit} ${what}`, length: n, limit } : null;
  if (length > MAX_MODEL_FILE_LENGTH) return exceeds(length, MAX_MODEL_FILE_LENGTH, 'characters');
  let depth = 0;
  let nContainers = 0;
  let nValues = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = findClosingQuote(text, at);
        break;
      case COMMA:
        nValues++;
        break;
      case BRACKET:
      case BRACE:
        nContainers++;
        if (++depth > MAX_DEPTH) return exceeds(depth, MAX_DEPTH, 'levels');
        break;
      case BRACKET + 2:
      case BRACE + 2:
        depth--;
    }
  }
  return exceeds(nContainers, MAX_CONTAINERS, 'lists and objects') ?? exceeds(nValues, MAX_VALUES, 'values');
}

const [QUOTE, COMMA, BRACKET, BRACE, BACKSLASH] = [0x22, 0x2c, 0x5b, 0x7b, 0x5c];

/** Where the string that opens at `from` closes, or the end of the text. */
function findClosingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let nBackslashes = 0;
    while (text.charCodeAt(at - 1 - nBackslashes) === BACKSLASH) nBackslashes++;
    if (nBackslashes % 2 === 0) return at;
  }
  return text.length;
}
