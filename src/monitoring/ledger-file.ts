import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { timeUnits } from '#data/time-units.ts';
import { columnTypes } from '#data/table.ts';
import { nameAnnouncement } from './announcement.ts';
import { type LedgerEvent, LEVELS } from './contract.ts';

export const LEDGER_FORMAT = 'tranche-ledger';
export const LEDGER_VERSION = 1;

/** A ledger larger than this is none: some 200,000 announcements. */
const MAX_CHARACTERS = 200_000_000;
const MAX_EVENTS = 500_000;
const MAX_COLUMNS = 2_000;
const MAX_REFERENCE = 5_000;

const number = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** The calendar of `Date` ends there. */
const instant = v.pipe(v.number(), v.integer(), v.minValue(-8.64e15), v.maxValue(8.64e15));
const text = v.pipe(v.string(), v.maxLength(1_000));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{1,64}$/u));
const cellRow = v.pipe(v.array(v.nullable(v.union([number, text]))), v.maxLength(MAX_COLUMNS));
const key = v.strictObject({
  identifier: v.nullable(text),
  unit: v.nullable(text),
  start: v.nullable(instant),
});
const levels = v.pipe(
  v.array(v.nullable(number)),
  v.length(LEVELS.length),
  v.check((values) => {
    const known = values.filter((value) => value !== null);
    return known.every((value, i) => value >= (known[i - 1] ?? -Infinity));
  }, 'levels must not fall'),
);
const column = v.strictObject({
  name: text,
  type: v.picklist(columnTypes),
  isInput: v.boolean(),
  isCalendar: v.boolean(),
});
const modelEvent = v.strictObject({
  kind: v.literal('model'),
  hash,
  name: text,
  at: instant,
  target: v.strictObject({ name: text, unit: v.picklist([...timeUnits, 'unknown']) }),
  keys: v.strictObject({
    identifier: v.nullable(text),
    unit: v.nullable(text),
    start: v.nullable(text),
  }),
  columns: v.pipe(v.array(column), v.maxLength(MAX_COLUMNS)),
  reference: v.pipe(v.array(cellRow), v.maxLength(MAX_REFERENCE)),
  importance: v.pipe(v.array(v.pipe(number, v.minValue(0))), v.maxLength(MAX_COLUMNS)),
  nTrainingRows: count,
  expectedError: v.nullable(v.pipe(number, v.minValue(0))),
});
const announcedEvent = v.strictObject({
  kind: v.literal('announced'),
  id: hash,
  at: instant,
  model: hash,
  outage: key,
  cells: cellRow,
  value: v.nullable(number),
  levels,
  nCalibration: count,
  planned: v.nullable(number),
  classMedian: v.nullable(number),
  scenario: v.nullable(text),
});
const observedEvent = v.strictObject({
  kind: v.literal('observed'),
  at: instant,
  name: text,
  asOf: instant,
  unit: v.picklist(timeUnits),
  isUnitAssumed: v.boolean(),
  outcomes: v.array(
    v.strictObject({
      key,
      end: v.nullable(instant),
      lasted: v.nullable(number),
      row: count,
    }),
  ),
});
const restartedEvent = v.strictObject({ kind: v.literal('restarted'), at: instant, reason: text });
const eventSchema = v.variant('kind', [modelEvent, announcedEvent, observedEvent, restartedEvent]);
const fileSchema = v.strictObject({
  format: v.literal(LEDGER_FORMAT),
  version: v.literal(LEDGER_VERSION),
  events: v.pipe(v.array(v.unknown()), v.maxLength(MAX_EVENTS)),
});

/** A ledger as its file, an event a line. */
export function writeLedger(events: readonly LedgerEvent[]): string {
  const lines = events.map((event) => JSON.stringify(event)).join(',\n');
  return `{"format":"${LEDGER_FORMAT}","version":${LEDGER_VERSION},"events":[\n${lines}\n]}\n`;
}

/**
 * The events of a ledger's file, which is data from anywhere: each is checked and copied into fresh objects, announcements
 * by the hash that names them. Throws `ledger-invalid` with what is wrong, and `ledger-too-new`.
 */
export function readLedger(content: string): readonly LedgerEvent[] {
  if (content.length > MAX_CHARACTERS) refuse(`it has ${content.length} characters`);
  const file = parse(content);
  const version =
    typeof file === 'object' && file !== null && 'version' in file && 'format' in file ? file.version : 0;
  if (typeof version === 'number' && version > LEDGER_VERSION) {
    throw new AppError('ledger-too-new', `version ${version}, this program reads ${LEDGER_VERSION}`, {
      version,
      supported: LEDGER_VERSION,
    });
  }
  const { events } = check(fileSchema, file, 'file');
  return readEvents(events);
}

/** The same of events that come one by one, from a store. */
export function readEvents(events: readonly unknown[]): readonly LedgerEvent[] {
  const nColumns = new Map<string, number>();
  const ids = new Set<string>();
  return events.map((each, i): LedgerEvent => {
    const event: LedgerEvent = check(eventSchema, each, `event ${i + 1}`);
    if (event.kind === 'model') {
      const { columns, reference, importance } = event;
      const isSquare = [importance, ...reference].every((row) => row.length === columns.length);
      if (!isSquare) refuse(`event ${i + 1}: a row of the model is not as long as its columns`);
      if (nColumns.has(event.hash)) refuse(`event ${i + 1}: the model is there twice`);
      nColumns.set(event.hash, columns.length);
    }
    if (event.kind === 'announced') {
      const known = nColumns.get(event.model);
      if (known === undefined) refuse(`event ${i + 1}: its model is not in the ledger`);
      if (known !== event.cells.length) refuse(`event ${i + 1}: ${event.cells.length} cells of ${known}`);
      if (nameAnnouncement(event) !== event.id) refuse(`event ${i + 1}: the announcement was altered`);
      if (ids.has(event.id)) refuse(`event ${i + 1}: the announcement is there twice`);
      ids.add(event.id);
    }
    return event;
  });
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return refuse('it is no JSON');
  }
}

function check<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  where: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return refuse(`${where}, ${v.getDotPath(issue) ?? 'content'}: ${issue.message}`);
}

function refuse(problem: string): never {
  throw new AppError('ledger-invalid', `no sound ledger: ${problem}`, { problem });
}
