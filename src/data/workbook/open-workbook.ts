import { AppError } from '#base/errors.ts';
import { readNumberFormat, type NumberMeaning } from './number-format.ts';
import { isTrue, unescapeText, type CellTables } from './sheet-rows.ts';
import { createXmlReader, type XmlListener } from './xml.ts';
import { damaged, listZip, unpackEntry, type ZipEntry } from './zip.ts';

/** Bytes of the largest workbook that is read, and of the parts of one once unpacked. */
export const workbookLimits = {
  packed: 200 * 1024 * 1024,
  sheet: 1024 * 1024 * 1024,
  strings: 256 * 1024 * 1024,
  part: 16 * 1024 * 1024,
} as const;

export interface SheetEntry {
  readonly name: string;
  readonly isHidden: boolean;
  readonly part: ZipEntry;
}

export interface Workbook {
  readonly bytes: Uint8Array;
  /** Those with cells, in the workbook's order. */
  readonly sheets: readonly SheetEntry[];
  readonly is1904: boolean;
  readonly tables: CellTables;
}

/** Whether bytes begin as a zip does, or as the older workbooks and the encrypted ones do. */
export function isPackage(head: Uint8Array): boolean {
  const starts = [
    [0x50, 0x4b, 0x03, 0x04],
    [0xd0, 0xcf, 0x11, 0xe0],
  ];
  return starts.some((start) => start.every((byte, i) => head[i] === byte));
}

/**
 * Opens an .xlsx or .xlsm workbook: its list of sheets, its texts and formats, but no cells yet. Throws
 * `workbook-not-read` for another kind, `file-not-text` for another zip, `workbook-locked` behind a password, `workbook-damaged`, `workbook-too-large`.
 * (ECMA-376, both of its dialects.)
 */
export function openWorkbook(bytes: Uint8Array): Workbook {
  if (bytes[0] === 0xd0) throw holdsText(bytes, 'EncryptedPackage') ? locked() : notRead('xls');
  const entries = listZip(bytes);
  const read = (name: string, listener: XmlListener, maxBytes: number) => {
    const entry = entries.get(name);
    if (entry) readXml(bytes, entry, listener, maxBytes);
  };
  const root = readRelations(read, '');
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  refuseOthers(entries, main);
  const relations = readRelations(read, main);
  const { listed, is1904 } = readList(read, main);
  const sheets = listed.flatMap(({ id, name, isHidden }): SheetEntry[] => {
    const relation = relations.get(id);
    const part = relation?.type === 'worksheet' ? entries.get(relation.target) : undefined;
    return part ? [{ name, isHidden, part }] : [];
  });
  if (sheets.length === 0) throw damaged('it has no sheet');
  const find = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.target;
  return {
    bytes,
    sheets,
    is1904,
    tables: {
      strings: readStrings(read, find('sharedStrings') ?? ''),
      meanings: readMeanings(read, find('styles') ?? ''),
    },
  };
}

/** Reads one part of a workbook as XML, to its end. */
function readXml(bytes: Uint8Array, entry: ZipEntry, listener: XmlListener, maxBytes: number): void {
  const reader = createXmlReader(listener);
  for (const piece of unpackEntry(bytes, entry, maxBytes)) reader.push(piece);
  reader.end();
}

type ReadPart = (name: string, listener: XmlListener, maxBytes: number) => void;

function refuseOthers(entries: ReadonlyMap<string, ZipEntry>, main: string): void {
  if (entries.has(main) && main.endsWith('.bin')) throw notRead('xlsb');
  if ([...entries.values()].some(({ isEncrypted }) => isEncrypted)) throw locked();
  if (entries.has(main) && entries.has('[Content_Types].xml') && /workbook/i.test(main)) return;
  if (entries.has('mimetype') && entries.has('content.xml')) throw notRead('ods');
  throw new AppError('file-not-text', 'The file is a zip that holds no workbook.', { kind: 'zip' });
}

function notRead(kind: 'xls' | 'xlsb' | 'ods'): AppError {
  return new AppError('workbook-not-read', `The file is not an .xlsx workbook but ${kind}.`, { kind });
}

function locked(): AppError {
  return new AppError('workbook-locked', 'The workbook is protected by a password.');
}

/** Whether the bytes hold a name as the older container writes it, two bytes a letter. */
function holdsText(bytes: Uint8Array, name: string): boolean {
  const wanted = Uint8Array.from(Array.from(name).flatMap((letter) => [letter.charCodeAt(0), 0]));
  for (
    let at = bytes.indexOf(wanted[0] as number);
    at >= 0;
    at = bytes.indexOf(wanted[0] as number, at + 1)
  ) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}

interface Relation {
  readonly type: string;
  /** The full name of the part. */
  readonly target: string;
}

/** What a part refers to, by the ids it uses; of the whole package where `part` is empty. */
function readRelations(read: ReadPart, part: string): ReadonlyMap<string, Relation> {
  const slash = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, slash);
  const relations = new Map<string, Relation>();
  const onOpen: XmlListener['onOpen'] = (name, attributes) => {
    if (name !== 'Relationship') return;
    const type = (attributes('Type') ?? '').split('/').at(-1) ?? '';
    relations.set(attributes('Id') ?? '', { type, target: resolve(folder, attributes('Target') ?? '') });
  };
  read(`${folder}_rels/${part.slice(slash)}.rels`, { onOpen }, workbookLimits.part);
  return relations;
}

function resolve(folder: string, target: string): string {
  const steps = target.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

function readList(read: ReadPart, main: string) {
  const listed: { id: string; name: string; isHidden: boolean }[] = [];
  let is1904 = false;
  const onOpen: XmlListener['onOpen'] = (name, attributes) => {
    if (name === 'workbookPr') is1904 = isTrue(attributes('date1904'));
    if (name !== 'sheet') return;
    const state = attributes('state') ?? 'visible';
    listed.push({
      id: attributes('id') ?? '',
      name: attributes('name') ?? '',
      isHidden: state !== 'visible',
    });
  };
  read(main, { onOpen }, workbookLimits.part);
  return { listed, is1904 };
}

function readStrings(read: ReadPart, part: string): readonly string[] {
  const strings: string[] = [];
  let text = '';
  let isIn = false;
  let isPhonetic = false;
  const listener: XmlListener = {
    onOpen(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isIn = !isPhonetic;
    },
    onText(more) {
      if (isIn) text += more;
    },
    onClose(name) {
      if (name === 'si') strings.push(unescapeText(text));
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 't') isIn = false;
    },
  };
  read(part, listener, workbookLimits.strings);
  return strings;
}

/** What numbers mean, by the number of their cell's style. */
function readMeanings(read: ReadPart, part: string): readonly NumberMeaning[] {
  const codes = new Map<number, string>();
  const meanings: NumberMeaning[] = [];
  let isInCells = false;
  const listener: XmlListener = {
    onOpen(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes('numFmtId')), attributes('formatCode') ?? '');
      else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells) {
        const id = Number(attributes('numFmtId') ?? 0);
        meanings.push(readNumberFormat(id, codes.get(id)));
      }
    },
    onClose(name) {
      if (name === 'cellXfs') isInCells = false;
    },
  };
  read(part, listener, workbookLimits.part);
  return meanings;
}
