import { parseDate, parseIsoDate } from '#data/dates.ts';
import { parseNumber, parsePlainNumber } from '#data/numbers.ts';
import type { Column, Table } from '#data/table.ts';
import type { FormFeature } from '#inference/contract.ts';
import { shorten } from './read-case.ts';
import { RequestError } from './request-error.ts';

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const codeOf = { ',': 44, ';': 59, '\t': 9 } as const;
type Separator = keyof typeof codeOf;

/**
 * A CSV body as a table of the model's inputs. Strict, as a machine wrote it: UTF-8, RFC 4180, one line a case, the columns in
 * the model's order or under a header of their names (others are then passed over); points in numbers, commas too where
 * semicolons part the cells. An empty cell, NaN and NA are not known. Throws 400 with line and column. Allocates for
 * labels only. O(bytes).
 */
export function readCsvBody(body: Uint8Array, features: readonly FormFeature[], hasHeader?: boolean): Table {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const head = readHead(bytes, start);
  const { separator, names } = findHeader(head.text, features, hasHeader);
  const from = names === null ? start : head.next;
  const width = names?.length ?? features.length;
  const nLines = countLines(bytes, from);
  const marks = { decimalMark: separator === ';' ? ',' : '.', thousandsMark: '' } as const;
  const columns = features.map((feature) => createColumn(feature, nLines, marks.decimalMark));
  const columnAt = names === null ? columns : names.map((name) => columns.find((each) => each.name === name));
  const separatorCode = codeOf[separator];
  let nRows = 0;
  let line = names === null ? 1 : 2;
  for (let at = from; at < bytes.length; line++) {
    const ends = bytes[at] === CARRIAGE_RETURN || bytes[at] === LINE_FEED;
    if (ends && width > 1) {
      at = skipLineEnd(bytes, at);
      continue;
    }
    for (let cell = 0; ; cell++) {
      const column = columnAt[cell];
      let end: number;
      if (bytes[at] === QUOTE) {
        const quoted = readQuoted(bytes, at, line);
        column?.take(quoted.text, nRows, line);
        end = quoted.next;
        if (end < bytes.length && bytes[end] !== separatorCode && !isLineEnd(bytes[end])) {
          throw refuse(`line ${line} goes on behind a closing quote`);
        }
      } else {
        end = at;
        while (end < bytes.length && bytes[end] !== separatorCode && !isLineEnd(bytes[end])) end++;
        column?.takeBytes(bytes, at, end, nRows, line);
      }
      if (end < bytes.length && bytes[end] === separatorCode) {
        at = end + 1;
        if (cell + 1 >= width) throw refuse(`line ${line} has more than ${width} cells`);
        continue;
      }
      if (cell + 1 < width) throw refuse(`line ${line} has ${cell + 1} cells, not ${width}`);
      at = skipLineEnd(bytes, end);
      break;
    }
    nRows++;
  }
  const present = names === null ? columns : columns.filter(({ name }) => names.includes(name));
  return { nRows, columns: present.map((column) => column.build(nRows)) };
}

interface ColumnReader {
  readonly name: string;
  readonly takeBytes: (bytes: Buffer, from: number, to: number, row: number, line: number) => void;
  readonly take: (text: string, row: number, line: number) => void;
  readonly build: (nRows: number) => Column;
}

function createColumn(feature: FormFeature, nRows: number, decimalMark: '.' | ','): ColumnReader {
  return feature.type === 'category'
    ? createLabels(feature.name, nRows)
    : createNumbers(feature, feature.type, nRows, decimalMark);
}

function createNumbers(
  { name }: FormFeature,
  type: 'number' | 'date',
  nRows: number,
  decimalMark: '.' | ',',
): ColumnReader {
  const values = new Float64Array(nRows);
  const decimalCode = decimalMark.charCodeAt(0);
  const marks = { decimalMark, thousandsMark: '' } as const;
  const readQuickly =
    type === 'date'
      ? parseIsoDate
      : (bytes: Buffer, from: number, to: number) => parsePlainNumber(bytes, from, to, decimalCode);
  const take = (text: string, row: number, line: number) => {
    const told = text.trim();
    if (isUnknown(told)) {
      values[row] = NaN;
      return;
    }
    // What a program writes in full (1.5e-7, 0.1 + 0.2 with 17 digits) is a number in any dialect.
    const read = type === 'date' ? parseDate(told, 'dmy') : readNumber(told);
    if (Number.isFinite(read)) values[row] = read;
    else throw refuse(`line ${line}, "${name}": ${shorten(JSON.stringify(text))} is no ${type}`);
  };
  const readNumber = (text: string): number => {
    const plain = Number(text);
    return Number.isNaN(plain) ? parseNumber(text, marks) : plain;
  };
  return {
    name,
    take,
    takeBytes: (bytes, from, to, row, line) => {
      const value = readQuickly(bytes, from, to);
      if (value === value) values[row] = value;
      else take(decode(bytes, from, to), row, line);
    },
    build: (n) =>
      type === 'date'
        ? { type, name, values: values.subarray(0, n), hasTime: true }
        : { type, name, values: values.subarray(0, n) },
  };
}

function createLabels(name: string, nRows: number): ColumnReader {
  const codes = new Int32Array(nRows);
  const categories: string[] = [];
  const codeOfLabel = new Map<string, number>();
  // By bytes read as single characters: decoding UTF-8 is for each label once.
  const codeOfBytes = new Map<string, number>();
  const find = (label: string) => {
    if (isUnknown(label)) return -1;
    const code = codeOfLabel.get(label) ?? categories.push(label) - 1;
    codeOfLabel.set(label, code);
    return code;
  };
  return {
    name,
    take: (text, row) => void (codes[row] = find(text)),
    takeBytes: (bytes, from, to, row) => {
      const key = bytes.toString('latin1', from, to);
      let code = codeOfBytes.get(key);
      if (code === undefined) {
        code = find(decode(bytes, from, to));
        codeOfBytes.set(key, code);
      }
      codes[row] = code;
    },
    build: (n) => ({ type: 'category', name, codes: codes.subarray(0, n), categories }),
  };
}

function isUnknown(text: string): boolean {
  return text === '' || text === 'NaN' || text === 'nan' || text === 'NA' || text === 'null';
}

/** Which names the first line holds, if it is a header, and what parts the cells. */
function findHeader(
  line: string,
  features: readonly FormFeature[],
  hasHeader: boolean | undefined,
): { readonly separator: Separator; readonly names: readonly string[] | null } {
  const known = new Set(features.map(({ name }) => name));
  const splits = (Object.keys(codeOf) as Separator[]).map((separator) => {
    const cells = splitLine(line, separator);
    return { separator, cells, nKnown: cells.filter((cell) => known.has(cell)).length };
  });
  const best = splits.reduce((a, b) => (b.nKnown > a.nKnown ? b : a));
  const isHeader = hasHeader ?? best.nKnown > features.length / 2;
  if (!isHeader) {
    const fitting = splits.find(({ cells }) => cells.length === features.length);
    return { separator: fitting?.separator ?? ',', names: null };
  }
  const twice = best.cells.find((cell, i) => known.has(cell) && best.cells.indexOf(cell) !== i);
  if (twice !== undefined) throw refuse(`the header names "${shorten(twice)}" twice`);
  return { separator: best.separator, names: best.cells };
}

function splitLine(line: string, separator: Separator): string[] {
  const cells = [''];
  let isQuoted = false;
  for (const character of line) {
    // A doubled quote opens and closes: what it stands for is no part of a sensible name.
    if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) cells.push('');
    else cells[cells.length - 1] += character;
  }
  return cells.map((cell) => cell.trim());
}

/** The first line that ends outside of quotes. */
function readHead(bytes: Buffer, from: number): { readonly text: string; readonly next: number } {
  let isQuoted = false;
  let end = from;
  for (; end < bytes.length && (isQuoted || !isLineEnd(bytes[end])); end++) {
    if (bytes[end] === QUOTE) isQuoted = !isQuoted;
  }
  return { text: decode(bytes, from, end), next: skipLineEnd(bytes, end) };
}

function readQuoted(bytes: Buffer, from: number, line: number) {
  for (let at = from + 1; at < bytes.length; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) {
      return { text: decode(bytes, from + 1, at).replaceAll('""', '"'), next: at + 1 };
    }
    at++;
  }
  throw refuse(`line ${line}: a quote is not closed`);
}

function isLineEnd(code: number | undefined): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}

function skipLineEnd(bytes: Buffer, at: number): number {
  if (at >= bytes.length) return at;
  return at + (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED ? 2 : 1);
}

/** At least as many as there are records. */
function countLines(bytes: Buffer, from: number): number {
  let n = 1;
  for (let at = from; at < bytes.length; at++) if (isLineEnd(bytes[at])) n++;
  return n;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer, from: number, to: number): string {
  try {
    return decoder.decode(bytes.subarray(from, to));
  } catch {
    throw refuse('the body is not UTF-8');
  }
}

function refuse(message: string): RequestError {
  return new RequestError(400, 'csv', message);
}
