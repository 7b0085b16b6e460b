import { AppError } from '#base/errors.ts';
import type { Delimiter } from './dialect.ts';
import type { Reject } from './ledger.ts';
import { limits } from './limits.ts';

/** Whole records with their line ends (\n, \r\n or \r), or, where they hold quotes, well formed and joined by \n. */
export interface RecordBlock {
  readonly text: string;
  /** The code units of `text`, where they came with it. */
  readonly units: Uint8Array | null;
  readonly nRecords: number;
  readonly hasQuotes: boolean;
  /** 1-based physical line of each record's beginning; null: record i is on `firstLine + i`. */
  readonly lines: readonly number[] | null;
  readonly firstLine: number;
  /** Raw text of each record where quotes made it necessary to cut them one by one. */
  readonly raws: readonly string[] | null;
  /** Records that cannot be tokenized, each its first physical line only: reading resumes on the next. */
  readonly rejects: readonly Reject[];
}

export interface RecordSplitter {
  /** `units`, where known: the text's characters as bytes. */
  push(text: string, units?: Uint8Array | null): RecordBlock | null;
  end(): RecordBlock | null;
  /** Characters taken in and not assigned to a record; 0 after `end`. */
  readonly nPending: number;
}

/**
 * Cuts text into blocks of whole records: a line end outside quotes (\n, \r\n or \r, also mixed) ends
 * a record, inside quotes it is kept as it is. Text pieces may be cut anywhere, also within \r\n.
 *
 * A quote opens a cell only at the cell's beginning. After its closing quote only spaces, a delimiter
 * or a line end may follow; else the line is rejected and reading resumes on the next physical line,
 * so that one bad quote never swallows the rest of the file.
 */
export function createRecordSplitter(delimiter: Delimiter): RecordSplitter {
  let carry = '';
  let line = 1;

  function take(text: string, units: Uint8Array | null, isLast: boolean): RecordBlock | null {
    if (text === '') return null;
    if (text.includes('"')) return takeQuoted(text, isLast);
    const end = isLast ? text.length : findLastLineEnd(text);
    if (end === 0) return keep(text);
    carry = text.slice(end);
    const firstLine = line;
    const nRecords = countLines(text, end);
    line += nRecords;
    return {
      text: text.slice(0, end),
      units: units === null ? null : units.subarray(0, end),
      nRecords,
      hasQuotes: false,
      lines: null,
      firstLine,
      raws: null,
      rejects: [],
    };
  }

  function keep(text: string): null {
    carry = text;
    if (carry.length > limits.recordLength) {
      throw new AppError('record-too-long', `Line ${line} has more than ${limits.recordLength} characters.`, {
        line,
        limit: limits.recordLength,
      });
    }
    return null;
  }

  function takeQuoted(text: string, isLast: boolean): RecordBlock | null {
    const raws: string[] = [];
    const lines: number[] = [];
    const rejects: Reject[] = [];
    const scanner = createScanner(text, delimiter, isLast);
    const firstLine = line;
    let at = 0;
    while (at < text.length) {
      const found = scanner.scan(at);
      if (found === 'incomplete') break;
      const raw = text.slice(at, found.end);
      if (found.fault === null) {
        raws.push(raw);
        lines.push(line);
      } else {
        rejects.push({ line, reason: found.fault, raw });
      }
      line += found.nLines;
      at = found.next;
    }
    if (at === 0) return keep(text);
    keep(text.slice(at));
    const block = { text: raws.join('\n'), units: null, nRecords: raws.length };
    return { ...block, hasQuotes: true, lines, firstLine, raws, rejects };
  }

  return {
    push: (text, units = null) => (carry === '' ? take(text, units, false) : take(carry + text, null, false)),
    end() {
      const last = carry;
      carry = '';
      return take(last, null, true);
    },
    get nPending() {
      return carry.length;
    },
  };
}

/** Just behind the last line end of a piece; a final \r waits for its \n. 0 where there is none. */
function findLastLineEnd(text: string): number {
  const feed = text.lastIndexOf('\n');
  // A negative start would be taken for 0.
  if (text.length < 2 || !text.includes('\r', feed + 1)) return feed + 1;
  return Math.max(feed, text.lastIndexOf('\r', text.length - 2)) + 1;
}

/** Lines in the first `length` characters; the last one may lack its line end. */
function countLines(text: string, length: number): number {
  let n = 0;
  let last = -1;
  for (let at = text.indexOf('\n'); at >= 0 && at < length; at = text.indexOf('\n', at + 1)) {
    n++;
    last = at;
  }
  if (text.includes('\r')) {
    for (let at = text.indexOf('\r'); at >= 0 && at < length; at = text.indexOf('\r', at + 1)) {
      if (text.charCodeAt(at + 1) !== 10) n++;
      last = Math.max(last, at);
    }
  }
  return last === length - 1 ? n : n + 1;
}

interface Found {
  readonly end: number; // where the record's text ends
  readonly next: number; // where the next record begins
  readonly nLines: number;
  readonly fault: 'quote-malformed' | 'quote-unclosed' | null;
}

function createScanner(text: string, delimiter: Delimiter, isLast: boolean) {
  const nextFeed = createSeeker(text, '\n');
  const nextBack = createSeeker(text, '\r');
  const nextQuote = createSeeker(text, '"');
  const delimiterCode = delimiter.charCodeAt(0);

  /** A physical line as a record of its own, or 'incomplete' where its end is not in the text yet. */
  function endLine(from: number, nLines: number, fault: Found['fault']): Found | 'incomplete' {
    const feed = nextFeed(from);
    const back = nextBack(from);
    const end = Math.min(feed, back);
    if (end === Infinity)
      return isLast ? { end: text.length, next: text.length, nLines, fault } : 'incomplete';
    if (back < feed) {
      if (back + 1 === text.length && !isLast) return 'incomplete';
      return { end, next: back + (feed === back + 1 ? 2 : 1), nLines, fault };
    }
    return { end, next: end + 1, nLines, fault };
  }

  function scan(start: number): Found | 'incomplete' {
    let at = start;
    let nLines = 1;
    for (;;) {
      if (text.charCodeAt(at) !== 34) {
        const lineEnd = Math.min(nextFeed(at), nextBack(at));
        const quote = nextQuote(at);
        if (quote > lineEnd || quote === Infinity) return endLine(at, nLines, null);
        const cellEnd = text.indexOf(delimiter, at);
        if (cellEnd < 0 || cellEnd > lineEnd) return endLine(at, nLines, null);
        at = cellEnd + 1;
        continue;
      }
      const close = findClosingQuote(at + 1);
      if (close === 'incomplete') {
        if (isLast || text.length - start > limits.recordLength) return endLine(start, 1, 'quote-unclosed');
        return 'incomplete';
      }
      nLines += countLineEnds(at, close);
      if (nLines > limits.linesInRecord) return endLine(start, 1, 'quote-unclosed');
      at = close + 1;
      while (text.charCodeAt(at) === 32) at++;
      const code = text.charCodeAt(at);
      if (code === delimiterCode) at++;
      else if (Number.isNaN(code) && !isLast) return 'incomplete';
      else if (Number.isNaN(code) || code === 10 || code === 13) return endLine(at, nLines, null);
      else return endLine(start, 1, 'quote-malformed');
    }
  }

  function findClosingQuote(from: number): number | 'incomplete' {
    for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
      if (text.charCodeAt(at + 1) !== 34) return at + 1 === text.length && !isLast ? 'incomplete' : at;
    }
    return 'incomplete';
  }

  function countLineEnds(from: number, to: number): number {
    let n = 0;
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) n++;
    }
    return n;
  }

  return { scan };
}

/** The next position ≥ `from` of a character, Infinity for none; remembers it, so that a pass is O(n). */
function createSeeker(text: string, character: string): (from: number) => number {
  let known = -1;
  let knownFrom = Infinity;
  return (from) => {
    if (from >= knownFrom && from <= known) return known;
    const found = text.indexOf(character, from);
    knownFrom = from;
    known = found < 0 ? Infinity : found;
    return known;
  };
}
