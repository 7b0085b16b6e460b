import type { CellRow } from '#data/cell.ts';
import type { FormFeature } from '#inference/contract.ts';
import { answerAll } from '../answering/answer-cases.ts';
import {
  type Answer,
  inferAnswerSchema,
  inferBody,
  type InferBody,
  MAX_ROWS,
  modelMetadataSchema,
  serverMetadataSchema,
} from '../answering/body-schemas.ts';
import { shorten, readGivenCell } from '../answering/read-case.ts';
import { RequestError } from '../answering/request-error.ts';
import { type Call, empty, json, jsonRoute, type Route } from '../answering/route.ts';
import type { ServedModel } from '../answering/served-model.ts';
import type { Service } from '../answering/service.ts';

const outputs = ['predicted', 'p10', 'p50', 'p80', 'p90', 'notes'] as const;
type OutputName = (typeof outputs)[number];
const places = ['/v2/models/{model}', '/v2/models/{model}/versions/{version}'] as const;

/** The Open Inference Protocol, version 2, as KServe, Triton and MLServer speak it. */
export const inferenceProtocolRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v2',
    summary: 'What server this is.',
    answer: serverMetadataSchema,
    statuses: [],
    isOpen: true,
    handle: () => json({ name: 'tranche', version: '1', extensions: [] }),
  },
  {
    method: 'GET',
    path: '/v2/health/live',
    summary: 'The process answers.',
    statuses: [],
    isOpen: true,
    handle: () => empty(200),
  },
  {
    method: 'GET',
    path: '/v2/health/ready',
    summary: 'All models are open and verified.',
    statuses: [503],
    isOpen: true,
    handle: (_call, service) => empty(service.isReady() && !service.isDraining() ? 200 : 503),
  },
  ...places.flatMap((place): readonly Route[] => [
    {
      method: 'GET',
      path: place,
      summary: 'What a model takes and gives.',
      answer: modelMetadataSchema,
      statuses: [404],
      handle: (call, service) => json(describe(findModel(call, service))),
    },
    {
      method: 'GET',
      path: `${place}/ready`,
      summary: 'A model is open.',
      statuses: [404, 503],
      isOpen: true,
      handle: (call, service) => {
        findModel(call, service);
        return empty(service.isDraining() ? 503 : 200);
      },
    },
    jsonRoute({
      path: `${place}/infer`,
      summary: 'Outages as one tensor an input; inputs that are absent are not known.',
      body: inferBody,
      answer: inferAnswerSchema,
      statuses: [404],
      handle: infer,
    }),
  ]),
];

/** Throws 404, also for another version than the one that is open. */
function findModel(call: Call, { slots }: Service): ServedModel {
  const { model = '', version } = call.params;
  const served = slots.find(model);
  if (version === undefined || version === served.hash) return served;
  throw new RequestError(404, 'unknown-version', `"${model}" is open in version ${served.hash} alone`);
}

function describe({ name, hash, model }: ServedModel) {
  return {
    name,
    versions: [hash],
    platform: 'tranche',
    inputs: model.summary.features.map((feature) => ({
      name: feature.name,
      datatype: feature.type === 'number' ? 'FP64' : 'BYTES',
      shape: [-1],
    })),
    outputs: outputs.map((output) => ({ name: output, datatype: datatypeOf(output), shape: [-1] })),
  };
}

function datatypeOf(output: OutputName): 'FP64' | 'BYTES' {
  return output === 'notes' ? 'BYTES' : 'FP64';
}

async function infer(body: InferBody, call: Call, service: Service) {
  const served = findModel(call, service);
  const wanted = body.outputs?.map(({ name }) => {
    const found = outputs.find((output) => output === name);
    if (found) return found;
    throw refuse('unknown-output', `there is no output "${shorten(name)}"; there are: ${outputs.join(', ')}`);
  });
  const cases = readTensors(served, body);
  call.tell({ rows: cases.length });
  const answers = await answerAll(served, cases, call, service);
  return {
    model_name: served.name,
    model_version: served.hash,
    id: body.id ?? call.id,
    outputs: (wanted ?? outputs).map((output) => ({
      name: output,
      shape: [answers.length],
      datatype: datatypeOf(output),
      data: answers.map((answer) => pick(answer, output)),
    })),
  };
}

function pick(answer: Answer, output: OutputName): number | string | null {
  if (output === 'predicted') return answer.prediction;
  if (output !== 'notes') return answer[output];
  return answer.notes
    .map(({ code, column }) => (column === undefined ? code : `${code}:${column}`))
    .join(';');
}

/** A case a place of the tensors. Throws 400. */
function readTensors(served: ServedModel, { inputs }: InferBody): readonly CellRow[] {
  const { features } = served.model.summary;
  const given: (readonly unknown[] | undefined)[] = features.map(() => undefined);
  const n = inputs[0]?.shape[0] ?? 0;
  if (n === 0) throw refuse('shape', 'a tensor holds at least one value');
  if (n > MAX_ROWS)
    throw new RequestError(413, 'too-many-rows', `${n} rows; at most ${MAX_ROWS} in one request`);
  for (const { name, shape, data } of inputs) {
    const position = served.positionOf.get(name);
    if (position === undefined) {
      const names = features.map((feature) => feature.name).join(', ');
      throw refuse('unknown-column', `the model has no input "${shorten(name)}"; it has: ${names}`);
    }
    if (given[position]) throw refuse('tensor-repeated', `"${name}" is given twice`);
    const values = data.flat(shape.length);
    const isColumn = shape[0] === n && shape.slice(1).every((size) => size === 1);
    if (!isColumn || values.length !== n) {
      throw refuse(
        'shape',
        `"${name}" has shape [${shape.join(', ')}] and ${values.length} values; each must be [${n}] or [${n}, 1]`,
      );
    }
    given[position] = values;
  }
  return Array.from({ length: n }, (_, row) =>
    features.map((feature: FormFeature, i) => readGivenCell(feature, given[i]?.[row] ?? null)),
  );
}

function refuse(code: string, message: string): RequestError {
  return new RequestError(400, code, message);
}
