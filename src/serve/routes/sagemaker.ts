import type { CellRow } from '#data/cell.ts';
import { shorten, type GivenCase, readGivenCase } from '../answering/read-case.ts';
import { answerAll } from '../answering/answer-cases.ts';
import {
  type Answer,
  answersSchema,
  executionParametersSchema,
  invocationBody,
  type InvocationBody,
  loadedModelSchema,
  loadedModelsSchema,
  loadModelBody,
  MAX_ROWS,
  rowSchema,
} from '../answering/body-schemas.ts';
import { readCsvBody } from '../answering/csv-body.ts';
import { estimateInTurns } from '../answering/predict.ts';
import { RequestError } from '../answering/request-error.ts';
import {
  type Call,
  empty,
  json,
  jsonRoute,
  parseJson,
  type Reply,
  type Route,
  text,
} from '../answering/route.ts';
import type { ServedModel } from '../answering/served-model.ts';
import type { ModelLibrary, Service } from '../answering/service.ts';

const mediaTypes = ['application/json', 'text/csv', 'application/jsonlines'] as const;
type MediaType = (typeof mediaTypes)[number];
const MODELS_A_PAGE = 100;

/** What SageMaker asks of a container: its serving contract, and that of multi-model endpoints. */
export const sagemakerRoutes: readonly Route[] = [
  invocationRoute('/invocations', (_call, service) => service.slots.main()),
  {
    method: 'GET',
    path: '/execution-parameters',
    summary: 'How batch transform is to send its records.',
    answer: executionParametersSchema,
    statuses: [],
    isOpen: true,
    handle: (_call, { settings }) =>
      json({
        MaxConcurrentTransforms: settings.maxConcurrentTransforms,
        BatchStrategy: settings.batchStrategy,
        MaxPayloadInMB: Math.floor(settings.maxBodyBytes / 2 ** 20),
      }),
  },
  {
    method: 'GET',
    path: '/models',
    summary: 'The models that are open.',
    answer: loadedModelsSchema,
    statuses: [],
    handle: (call, service) => {
      const all = service.slots.list();
      const from = Number(call.query('nextPageToken') ?? 0) || 0;
      const models = all.slice(from, from + MODELS_A_PAGE).map((each) => describe(each, service));
      const next = from + MODELS_A_PAGE;
      return json({ models, ...(next < all.length && { nextPageToken: String(next) }) });
    },
  },
  jsonRoute({
    path: '/models',
    summary: 'Opens a model of the library.',
    body: loadModelBody,
    answer: loadedModelSchema,
    statuses: [404, 409, 507],
    handle: async ({ model_name: name, url }, _call, service) => {
      const library = requireLibrary(service);
      if (service.slots.has(name)) throw new RequestError(409, 'model-open', `"${name}" is open already`);
      service.slots.put(await library.open(name, url));
      return describe(service.slots.find(name), service);
    },
  }),
  {
    method: 'GET',
    path: '/models/{model}',
    summary: 'Whether a model is open, and where it came from.',
    answer: loadedModelSchema,
    statuses: [404],
    handle: (call, service) => json(describe(service.slots.find(call.params['model'] ?? ''), service)),
  },
  {
    method: 'DELETE',
    path: '/models/{model}',
    summary: 'Closes a model; requests that it is answering are answered.',
    statuses: [404],
    handle: (call, service) => {
      const library = requireLibrary(service);
      const { name } = service.slots.find(call.params['model'] ?? '');
      service.slots.drop(name);
      library.close(name);
      return empty(200);
    },
  },
  invocationRoute('/models/{model}/invoke', (call, service) =>
    service.slots.find(call.params['model'] ?? ''),
  ),
];

function requireLibrary({ library }: Service): ModelLibrary {
  if (library) return library;
  throw new RequestError(404, 'no-library', 'one model is served here: models are not opened and closed');
}

function describe({ name }: ServedModel, { library }: Service) {
  return { modelName: name, modelUrl: library?.urlOf(name) ?? name };
}

function invocationRoute(path: string, choose: (call: Call, service: Service) => ServedModel): Route {
  return {
    method: 'POST',
    path,
    summary: 'Many outages at once, as JSON, JSON lines or CSV; one line, or one object, for each.',
    body: invocationBody,
    media: ['text/csv', 'application/jsonlines'],
    answer: answersSchema,
    statuses: [204, 400, 404, 406, 413, 415],
    handle: async (call, service) => {
      const served = choose(call, service);
      const { type, parameters } = readContentType(call.headers.get('content-type'));
      const accept = chooseAccept(call.headers.get('accept'), service.settings.defaultAccept, type);
      const bytes = await call.readBody();
      if (bytes.length === 0) return empty(204);
      if (type === 'text/csv') return answerCsv(served, bytes, parameters, accept, call, service);
      const cases = type === 'application/json' ? listCases(served, bytes) : listLines(served, bytes);
      call.tell({ rows: cases.length });
      const answers = await answerAll(served, cases, call, service);
      return writeAnswers(answers, accept);
    },
  };
}

/** Throws 415. */
function readContentType(header: string | null) {
  const [name = '', ...rest] = (header ?? '').split(';').map((part) => part.trim().toLowerCase());
  const plain = name.replace('/x-', '/').replace(/^application\/(?:[\w.-]+\+)json$/u, 'application/json');
  const type = mediaTypes.find((each) => each === plain);
  if (!type) {
    const told = header === null ? 'none' : `"${shorten(header)}"`;
    throw new RequestError(
      415,
      'content-type',
      `content-type must be one of ${mediaTypes.join(', ')}, got ${told}`,
    );
  }
  return { type, parameters: new Set(rest) };
}

/** The first type of the header that can be given; its order of preference is that of weights. Throws 406. */
function chooseAccept(header: string | null, standard: string | null, type: MediaType): MediaType {
  const asked = header === null || header.trim() === '' ? '*/*' : header;
  const wanted = asked
    .split(',')
    .map((part) => {
      const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
      const weight = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1);
      return { name: name.replace('/x-', '/'), weight };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { name } of wanted) {
    if (name === '*/*') return mediaTypes.find((each) => each === standard) ?? type;
    const found = mediaTypes.find((each) => each === name || name === `${each.split('/')[0]}/*`);
    if (found) return found;
  }
  throw new RequestError(406, 'accept', `answers are ${mediaTypes.join(', ')}, not "${shorten(asked)}"`);
}

async function answerCsv(
  served: ServedModel,
  bytes: Uint8Array,
  parameters: ReadonlySet<string>,
  accept: MediaType,
  call: Call,
  service: Service,
): Promise<Reply> {
  const hasHeader = parameters.has('header=present') || (parameters.has('header=absent') ? false : undefined);
  const table = readCsvBody(bytes, served.model.summary.features, hasHeader);
  call.tell({ rows: table.nRows, model: served.hash.slice(0, 12) });
  const estimates = await estimateInTurns(served, table, call.signal);
  service.metrics.rows.inc({ model: served.hash }, table.nRows);
  if (accept === 'application/json') {
    const predictions = Array.from(estimates, (value) => ({
      prediction: Number.isNaN(value) ? null : value,
    }));
    return json({ predictions });
  }
  if (accept === 'application/jsonlines') {
    return writeLines(estimates, (value) => `{"prediction":${Number.isNaN(value) ? 'null' : value}}`, accept);
  }
  return writeLines(estimates, String, accept);
}

/** A line each, with a final line end: what SageMaker joins with the lines that it sent. */
function writeLines(values: Float64Array, write: (value: number) => string, type: MediaType): Reply {
  let lines = '';
  for (const value of values) lines += `${write(value)}\n`;
  return text(lines, type);
}

function listCases(served: ServedModel, bytes: Uint8Array): readonly CellRow[] {
  const given = listGiven(parseJson(invocationBody, bytes));
  return checkCount(given).map((each) => readGivenCase(served, each));
}

/** A JSON case on each line; empty lines are none. Throws 400 with the line. */
function listLines(served: ServedModel, bytes: Uint8Array): readonly CellRow[] {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .split(/\r?\n/u);
  const told = lines.flatMap((line, i) => (line.trim() === '' ? [] : [{ line, number: i + 1 }]));
  return checkCount(told).map(({ line, number }) => {
    try {
      const value = parseJson(rowSchema, Buffer.from(line));
      return readGivenCase(served, unwrap(value));
    } catch (thrown) {
      if (thrown instanceof RequestError)
        throw new RequestError(400, thrown.code, `line ${number}: ${thrown.message}`);
      throw thrown;
    }
  });
}

function checkCount<Row>(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MAX_ROWS) return rows;
  throw new RequestError(
    413,
    'too-many-rows',
    `${rows.length} rows in one request; as JSON at most ${MAX_ROWS}`,
  );
}

/** A row, or one that stands under `features`. */
function unwrap(row: GivenCase | { readonly features: GivenCase }): GivenCase {
  const isWrapped =
    !Array.isArray(row) &&
    Object.keys(row).length === 1 &&
    typeof (row as { features?: unknown }).features === 'object';
  const inner = isWrapped ? (row as { readonly features: GivenCase | null }).features : null;
  return inner ?? row;
}

function listGiven(body: InvocationBody): readonly GivenCase[] {
  if ('features' in body) return [body.features];
  if ('instances' in body) return body.instances.map(unwrap);
  if ('dataframe_records' in body) return body.dataframe_records;
  if ('dataframe_split' in body) {
    const { columns, data } = body.dataframe_split;
    return data.map((row, i) => {
      if (row.length === columns.length) return Object.fromEntries(columns.map((name, c) => [name, row[c]]));
      throw new RequestError(
        400,
        'body',
        `data[${i}] has ${row.length} values for ${columns.length} columns`,
      );
    });
  }
  const { inputs } = body;
  if (Array.isArray(inputs)) return inputs;
  const columns = Object.entries(inputs);
  const n = columns[0]?.[1].length ?? 0;
  const uneven = columns.find(([, values]) => values.length !== n);
  if (uneven || n === 0)
    throw new RequestError(400, 'body', 'the columns of inputs must hold equally many values, at least one');
  return Array.from({ length: n }, (_, i) =>
    Object.fromEntries(columns.map(([name, values]) => [name, values[i]])),
  );
}

function writeAnswers(answers: readonly Answer[], accept: MediaType): Reply {
  if (accept === 'application/json') return json({ predictions: answers });
  const lines =
    accept === 'text/csv'
      ? answers.map(({ prediction }) => String(prediction ?? NaN))
      : answers.map((answer) => JSON.stringify(answer));
  return text(`${lines.join('\n')}\n`, accept);
}
