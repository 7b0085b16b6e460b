import { createHash } from 'node:crypto';
import type { JobContext } from '#base/job-context.ts';
import { readCell } from '#data/cell.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import type { RejectReason } from '#data/csv/ledger.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import type { RoleAssignment } from '#data/roles.ts';
import { selectRows, type Table } from '#data/table.ts';
import { joinReadings } from '#jobs/dataset/append-file.ts';
import type { DatasetFile } from '#jobs/dataset/contract.ts';
import type { OpenDataset } from '#jobs/dataset/open-dataset.ts';
import { readDataset } from '#jobs/dataset/read-dataset.ts';
import type { Sha256 } from '#versions/contract.ts';
import { divideRows } from './divide-rows.ts';

/** What became of one file that arrived: records = kept + rejected + repeated (and lines that are no records). */
export interface TakenFile {
  readonly name: string;
  readonly sha256: Sha256;
  /** Rows that are in the snapshot. */
  readonly kept: number;
  /** Rows that stand in an earlier file, cell for cell. */
  readonly repeated: number;
  readonly rejected: number;
  /** The first of the rejected. */
  readonly rejects: readonly { readonly line: number; readonly reason: RejectReason }[];
}

/** What a snapshot is made of; lies beside it. */
export interface SnapshotManifest {
  readonly schema: 1;
  /** Of all its rows, however they are divided: names what there was to learn from. */
  readonly data: Sha256;
  readonly files: readonly TakenFile[];
  /** Hashes of the rows to learn from, and of those kept to judge by. */
  readonly train: readonly string[];
  readonly test: readonly string[];
  /** Rows without a known duration: learnt from where they are under way, never judged by. */
  readonly nOpen: number;
}

/** All rows that arrived, as one table. */
export interface TakenData {
  readonly table: Table;
  /** The same rows, with the types of columns that the whole shows. */
  readonly typed: Table;
  readonly data: Sha256;
  readonly files: readonly TakenFile[];
  /** Of each row of the table. */
  readonly hashes: readonly string[];
  /** Roles as they are guessed of the whole. */
  readonly roles: readonly RoleAssignment[];
}

export interface Snapshot {
  /** Of both files: what it is stored under. */
  readonly id: Sha256;
  readonly trainText: string;
  readonly testText: string;
  readonly manifest: SnapshotManifest;
}

/** As many are listed of a file. */
const MAX_REJECTS = 100;

/**
 * Reads what arrived, in the order of names, into one table; a row that an earlier file has is left out, and nothing in
 * silence. Throws what reading throws, and `nothing-in-common`.
 */
export async function takeData(
  arrivals: readonly DatasetFile[],
  overrides: Partial<Dialect>,
  context: JobContext,
): Promise<TakenData> {
  const opened: { readonly file: DatasetFile; readonly dataset: OpenDataset }[] = [];
  for (const file of [...arrivals].sort((a, b) => (a.name < b.name ? -1 : 1)))
    opened.push({ file, dataset: await readDataset({ datasetId: 'data', file, overrides }, context) });
  const joined = joinReadings(opened.map(({ file, dataset }) => ({ name: file.name, read: dataset.read })));
  const all = Array.from({ length: joined.nRows }, (_, row) => hashRow(joined, row));
  const { rows, files } = await keepNewRows(opened, all);
  const table = selectRows(joined, rows);
  const hashes = rows.map((row) => all[row] ?? '');
  // What was written differently from file to file is read again as a whole.
  const whole = await readText(writeCsv(table, 'international'), context);
  const data = hashText([...hashes].sort().join('\n'));
  // An empty row is none to a reader.
  const typed = whole.read.table.nRows === table.nRows ? whole.read.table : table;
  return { table, typed, data, files, hashes, roles: whole.summary.roles };
}

async function keepNewRows(
  opened: readonly { readonly file: DatasetFile; readonly dataset: OpenDataset }[],
  hashes: readonly string[],
) {
  const seen = new Set<string>();
  const rows: number[] = [];
  const files: TakenFile[] = [];
  let from = 0;
  for (const { file, dataset } of opened) {
    const { nRows } = dataset.read.table;
    const { rejected, rejects } = dataset.read.ledger;
    const own = Array.from({ length: nRows }, (_, i) => from + i);
    const kept = own.filter((row) => !seen.has(hashes[row] ?? ''));
    for (const row of own) seen.add(hashes[row] ?? '');
    rows.push(...kept);
    files.push({
      name: file.name,
      sha256: await hashFile(file),
      kept: kept.length,
      repeated: nRows - kept.length,
      rejected,
      rejects: rejects.slice(0, MAX_REJECTS).map(({ line, reason }) => ({ line, reason })),
    });
    from += nRows;
  }
  return { rows, files };
}

/**
 * Divides the rows into those to learn from and those to judge by, neither of which the champion has learnt. `learnt` are the
 * hashes that the champion's snapshot was trained on; null where there is no champion.
 */
export function makeSnapshot(
  { table, typed, data, files, hashes }: TakenData,
  roles: readonly RoleAssignment[],
  learnt: ReadonlySet<string> | null,
): Snapshot {
  const { train, test, nOpen } = divideRows(typed, roles, hashes, learnt);
  const write = (rows: readonly number[]) => writeCsv(selectRows(table, rows), 'international');
  const [trainText, testText] = [write(train), write(test)];
  const hashesOf = (rows: readonly number[]) => rows.map((row) => hashes[row] ?? '');
  const manifest = { schema: 1, data, files, train: hashesOf(train), test: hashesOf(test), nOpen } as const;
  return { id: nameSnapshot(trainText, testText), trainText, testText, manifest };
}

/** The name of a snapshot is the hash of both files. */
export function nameSnapshot(trainText: string, testText: string): Sha256 {
  return hashText(`${hashText(trainText)}\n${hashText(testText)}`);
}

async function readText(text: string, context: JobContext): Promise<OpenDataset> {
  const file = { name: 'train.csv', bytes: new TextEncoder().encode(text) };
  return readDataset({ datasetId: 'data', file, overrides: {} }, context);
}

/** By names and cells that are filled, whatever the order of columns: the same row in another file is the same. */
function hashRow(table: Table, row: number): string {
  const cells = table.columns.flatMap((column) => {
    const cell = readCell(column, row);
    return cell === null ? [] : [[column.name, cell] as const];
  });
  return hashText(JSON.stringify(cells.sort(([a], [b]) => (a < b ? -1 : 1)))).slice(0, 16);
}

async function hashFile({ bytes }: DatasetFile): Promise<Sha256> {
  const whole = bytes instanceof Uint8Array ? bytes : new Uint8Array(await bytes.arrayBuffer());
  return createHash('sha256').update(whole).digest('hex');
}

function hashText(text: string): Sha256 {
  return createHash('sha256').update(text).digest('hex');
}
