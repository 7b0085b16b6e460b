import assert from 'node:assert/strict';
import type { CasePrediction } from '#inference/contract.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import type { CellRow } from '#data/cell.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import {
  ask,
  check,
  csv,
  numberFrom,
  post,
  row,
  type CheckTarget,
  type Read,
  type ServiceCheck,
} from './check.ts';

/** Two outages of the simple sample, which the checks are written for. */
const cells = ['préventive', 7, 15, 0.66] as const;
const others = ['corrective', 3, 40, 0.25] as const;
const named = { Type_Maintenance: 'préventive', Complexité: 7, Effectif: 15, Ressources_Disponibles: 0.66 };
const lines = 'préventive,7,15,0.66\ncorrective,3,40,0.25\n';
const predict = (features: unknown, more: object = {}) => post('/predict', { features, ...more });
const invoke = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  post('/invocations', body, headers);
const infer = (body: unknown, place = '') => post(`/v2/models/tranche${place}/infer`, body);
const tensor = (name: string, datatype: string, data: readonly unknown[], shape = [data.length]) => ({
  name,
  datatype,
  shape,
  data,
});
const tensors = [
  tensor('Type_Maintenance', 'BYTES', ['préventive', 'corrective']),
  tensor('Complexité', 'FP64', [7, 3]),
  tensor('Effectif', 'INT64', [15, 40]),
  tensor('Ressources_Disponibles', 'FP32', [0.66, 0.25]),
];

const answers = new WeakMap<CheckTarget, Map<CellRow, CasePrediction>>();

/** What the model itself says of a case; asked once. */
function expected(target: CheckTarget, asked: CellRow): CasePrediction {
  const known = answers.get(target) ?? new Map<CellRow, CasePrediction>();
  answers.set(target, known);
  const [answer] = known.has(asked) ? [known.get(asked)] : predictCases(target.served.model, [asked]);
  assert.ok(answer);
  known.set(asked, answer);
  return answer;
}

/** The numbers of these outages, in this order. */
function tells(...cases: readonly CellRow[]) {
  return (read: Read, target: CheckTarget) => {
    const type = read.headers.get('content-type') ?? '';
    const numbers = type.startsWith('text/csv')
      ? read.text.trimEnd().split('\n').map(Number)
      : type.includes('jsonlines')
        ? read.text
            .trimEnd()
            .split('\n')
            .map((line) => (JSON.parse(line) as { prediction: number }).prediction)
        : (read.json() as { predictions: { prediction: number }[] }).predictions.map(
            ({ prediction }) => prediction,
          );
    assert.deepEqual(
      numbers,
      cases.map((each) => expected(target, each).value),
    );
    if (!type.startsWith('application/json')) assert.ok(read.text.endsWith('\n'));
  };
}

const says = (code: string, column?: string) => (read: Read) => {
  const { notes } = read.json() as { notes: { code: string; column?: string }[] };
  assert.ok(
    notes.some((note) => note.code === code && note.column === column),
    JSON.stringify(notes),
  );
};
const isType = (type: string) => (read: Read) =>
  assert.ok(read.headers.get('content-type')?.startsWith(type));

const health = numberFrom(1, [
  row('a ready service answers /ping, with an empty body', { path: '/ping' }, 200, ({ text }) =>
    assert.equal(text, ''),
  ),
  check('/ping answers within 2 s', async (target) => {
    const started = performance.now();
    await ask(target, { path: '/ping' });
    assert.ok(performance.now() - started < 2000);
  }),
  row('HEAD /ping', { path: '/ping', method: 'HEAD' }, 200),
  row('/v2/health/live', { path: '/v2/health/live' }, 200),
  row('/v2/health/ready', { path: '/v2/health/ready' }, 200),
  row('/v2 names the server', { path: '/v2' }, 200, (read) => {
    const { name, extensions } = read.json();
    assert.equal(name, 'tranche');
    assert.ok(Array.isArray(extensions));
  }),
  row('what there is not is 404, in JSON', { path: '/nothing' }, 404, /openapi/),
  row('GET /predict is 405', { path: '/predict' }, 405, ({ headers }) =>
    assert.equal(headers.get('allow'), 'POST'),
  ),
  row('PUT /invocations is 405', { path: '/invocations', method: 'PUT', body: lines }, 405),
  row('DELETE /ping is 405', { path: '/ping', method: 'DELETE' }, 405),
  row('/openapi.json is OpenAPI 3.1 and has every route', { path: '/openapi.json' }, 200, (read) => {
    const { openapi, paths } = read.json();
    assert.match(openapi, /^3\.1/);
    for (const path of [
      '/predict',
      '/invocations',
      '/ping',
      '/explain',
      '/optimise',
      '/v2/models/{model}/infer',
    ])
      assert.ok(path in paths, path);
  }),
  row('a request id is echoed', { path: '/ping', headers: { 'x-request-id': 'abc-1' } }, 200, ({ headers }) =>
    assert.equal(headers.get('x-request-id'), 'abc-1'),
  ),
  row(
    'an id that no log can hold is replaced',
    { path: '/ping', headers: { 'x-request-id': '"a b"' } },
    200,
    ({ headers }) => assert.match(headers.get('x-request-id') ?? '', /^[\w-]{36}$/),
  ),
  row(
    'SageMaker’s inference id is the id',
    {
      ...predict(cells),
      headers: { 'content-type': 'application/json', 'x-amzn-sagemaker-inference-id': 'inf-7' },
    },
    200,
    (read) => assert.equal(read.json().id, 'inf-7'),
  ),
]);

const prediction = numberFrom(15, [
  row('the brief’s body: features in order, prediction a number', predict(cells), 200, (read, target) =>
    assert.equal(read.json().prediction, expected(target, cells).value),
  ),
  row('by name, the same', predict(named), 200, (read, target) =>
    assert.equal(read.json().prediction, expected(target, cells).value),
  ),
  row('P10, P50, P80 and P90 are the model’s own, and rise', predict(cells), 200, (read, target) => {
    const { p10, p50, p80, p90 } = read.json();
    const { interval } = expected(target, cells);
    assert.ok(interval);
    assert.deepEqual(
      [p10, p50, p80, p90],
      [interval.p10, interval.p50, interval.p80, interval.p90].map((bound) =>
        isClaimed(bound) ? bound.value : null,
      ),
    );
    assert.ok(p10 <= p50 && p50 <= p80 && p80 <= p90);
  }),
  row('the model’s hash and its unit', predict(cells), 200, (read, { served }) =>
    assert.deepEqual([read.json().model, read.json().unit], [served.hash, served.model.summary.target.unit]),
  ),
  row('an id of its own', predict(cells), 200, (read) => assert.match(read.json().id, /^[\w-]{36}$/)),
  row('no notes where there is nothing to say', predict(cells), 200, (read) =>
    assert.deepEqual(read.json().notes, []),
  ),
  row('a number as text', predict(['préventive', '7', ' 15 ', '0.66']), 200, (read, target) =>
    assert.equal(read.json().prediction, expected(target, cells).value),
  ),
  row('null is not known', predict(['préventive', null, 15, 0.66]), 200, says('missing', 'Complexité')),
  row(
    'a cell that is not known makes the answer wide',
    predict(['préventive', null, 15, 0.66]),
    200,
    says('wide'),
  ),
  row('what is not named is not known', predict({ Complexité: 7 }), 200, says('missing', 'Effectif')),
  row('nothing known at all', predict({}), 200, says('missing', 'Complexité')),
  row(
    'a label never seen',
    predict(['décennale', 7, 15, 0.66]),
    200,
    says('unknown-category', 'Type_Maintenance'),
  ),
  row(
    'above the training range',
    predict(['préventive', 11, 15, 0.66]),
    200,
    says('above-training-range', 'Complexité'),
  ),
  row(
    'below the training range',
    predict(['préventive', 7, 1, 0.66]),
    200,
    says('below-training-range', 'Effectif'),
  ),
  row('far beyond it nothing is claimed', predict(['préventive', 700, 15, 0.66]), 200, (read) => {
    const { prediction, p80, notes } = read.json();
    assert.deepEqual([prediction, p80], [null, null]);
    assert.ok(notes.some((note: { code: string }) => note.code === 'beyond'));
  }),
  row('a duration to meet has a probability', predict(cells, { atMost: 16 }), 200, (read) => {
    const { probability } = read.json();
    assert.ok(probability > 0 && probability < 1);
  }),
  row('too few features', predict(['préventive', 7]), 400, /2 values.*asks for 4.*Effectif/),
  row('too many features', predict([...cells, 1]), 400, /5 values/),
  row('a column that the model has not', predict({ Complexite: 7 }), 400, /Complexite.*Complexité/),
  row('a text for a number', predict(['préventive', 'haute', 15, 0.66]), 400, /Complexité.*haute/),
  row('an object for a cell', predict([{}, 7, 15, 0.66]), 400),
  row('a list for a cell', predict(['préventive', [7], 15, 0.66]), 400),
  row('true for a number', predict(['préventive', true, 15, 0.66]), 400, /Complexité/),
  row(
    'a number too large to be one',
    { ...predict(cells), body: '{"features":["préventive",1e999,15,0.66]}' },
    400,
    /Complexité/,
  ),
  row('no features', post('/predict', {}), 400, /features/),
  row('features that are none', post('/predict', { features: 'préventive' }), 400),
  row('a key that means nothing', predict(cells, { feature: 1 }), 400),
  row('atMost that is no number', predict(cells, { atMost: 'soon' }), 400, /atMost/),
  row('no JSON', { ...predict(cells), body: '{"features":[' }, 400, /not JSON/),
  row('an empty body', { ...predict(cells), body: '' }, 400),
  row('null', { ...predict(cells), body: 'null' }, 400),
  row('a list', { ...predict(cells), body: '[1,2]' }, 400),
  row('not UTF-8', { ...predict(cells), body: Uint8Array.of(0x7b, 0xff, 0x7d) }, 400),
  row(
    'a body nested deeply',
    { ...predict(cells), body: `{"features":${'['.repeat(5000)}${']'.repeat(5000)}}` },
    400,
  ),
  row(
    '__proto__ is a name like any other',
    { ...predict(cells), body: '{"features":{"__proto__":1}}' },
    400,
    /__proto__/,
  ),
  row('constructor is a name like any other', predict({ constructor: 1 }), 400, /constructor/),
  row(
    'a value that is long is told short',
    predict(['préventive', 'x'.repeat(100_000), 15, 0.66]),
    400,
    ({ text }) => assert.ok(text.length < 500),
  ),
  row('markup in a value stays JSON', predict({ '<script>': 1 }), 400, isType('application/json')),
  row('no content type', { path: '/predict', body: Buffer.from(JSON.stringify({ features: cells })) }, 415),
  row(
    'another content type',
    { ...predict(cells), headers: { 'content-type': 'text/plain' } },
    415,
    /application\/json/,
  ),
  row(
    'a content type with its character set',
    { ...predict(cells), headers: { 'content-type': 'application/json; charset=utf-8' } },
    200,
  ),
  row(
    'a content type of a vendor',
    { ...predict(cells), headers: { 'content-type': 'application/vnd.gmao+json' } },
    200,
  ),
  row(
    'a body that is packed is refused',
    { ...predict(cells), headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
    415,
    /gzip/,
  ),
  row('a body over the limit', { ...predict(cells), body: ' '.repeat(7 * 2 ** 20) }, 413),
  row('the same question has the same answer', predict(cells), 200, (read, target) =>
    assert.equal(read.json().prediction, expected(target, cells).value),
  ),
]);

const comma =
  'Type_Maintenance;Complexité;Effectif;Ressources_Disponibles\npréventive;7;15;0,66\ncorrective;3;40;0,25\n';
const table = numberFrom(60, [
  row('CSV in, CSV out: a number a line', csv(lines), 200, tells(cells, others)),
  row('one line', csv('préventive,7,15,0.66\n'), 200, tells(cells)),
  row('no final line end', csv(lines.trimEnd()), 200, tells(cells, others)),
  row('line ends of Windows', csv(lines.replaceAll('\n', '\r\n')), 200, tells(cells, others)),
  row('a byte-order mark', csv(`\uFEFF${lines}`), 200, tells(cells, others)),
  row('quotes', csv('"préventive","7",15,"0.66"\n"corrective",3,40,0.25\n'), 200, tells(cells, others)),
  row(
    'a header, its columns in another order',
    csv('Effectif,Complexité,Ressources_Disponibles,Type_Maintenance\n15,7,0.66,préventive\n'),
    200,
    tells(cells),
  ),
  row(
    'a header that is announced',
    csv(`Type_Maintenance,Complexité,Effectif,Ressources_Disponibles\n${lines}`, {
      'content-type': 'text/csv; header=present',
    }),
    200,
    tells(cells, others),
  ),
  row(
    'columns beside those of the model are passed over',
    csv('Nom,Type_Maintenance,Complexité,Effectif,Ressources_Disponibles\nA,préventive,7,15,0.66\n'),
    200,
    tells(cells),
  ),
  row('semicolons with decimal commas', csv(comma), 200, tells(cells, others)),
  row(
    'a content type with its character set',
    csv(lines, { 'content-type': 'text/csv; charset=utf-8' }),
    200,
    tells(cells, others),
  ),
  row('the answer is plain ASCII, numbers alone', csv(lines), 200, /^[-\d.eE\n]+$/),
  row('an empty cell is not known', csv('préventive,,15,0.66\n'), 200, (read, target) =>
    assert.equal(Number(read.text), expected(target, ['préventive', null, 15, 0.66]).value),
  ),
  row(
    'a case that nothing is claimed of is NaN',
    csv(`préventive,700,15,0.66\n${lines}`),
    200,
    /^NaN\n[\d.]+\n[\d.]+\n$/,
  ),
  row(
    'empty lines are none',
    csv('préventive,7,15,0.66\n\n\ncorrective,3,40,0.25\n\n'),
    200,
    tells(cells, others),
  ),
  row(
    '5,000 lines, in their order',
    csv(lines.repeat(2500)),
    200,
    tells(...Array.from({ length: 2500 }, () => [cells, others]).flat()),
  ),
  row('an empty body is 204', csv(''), 204, ({ text }) => assert.equal(text, '')),
  row('too few cells, with the line', csv(`${lines}préventive,7\n`), 400, /line 3 has 2 cells/),
  row('too many cells, with the line', csv('préventive,7,15,0.66,1\n'), 400, /line 1/),
  row(
    'a text for a number, with line and column',
    csv(`${lines}préventive,haute,15,0.66\n`),
    400,
    /line 3.*Complexité.*haute/,
  ),
  row('a quote that is not closed', csv('"préventive,7,15,0.66\n'), 400, /quote/),
  row('text behind a closing quote', csv('"préventive"x,7,15,0.66\n'), 400, /quote/),
  row('not UTF-8', csv(Uint8Array.of(0xff, 0xfe, 0x2c, 0x37, 0x2c, 0x31, 0x2c, 0x31, 0x0a)), 400, /UTF-8/),
  row(
    'a header that lacks a column',
    csv('Type_Maintenance,Complexité,Effectif\npréventive,7,15\n'),
    400,
    /Ressources_Disponibles/,
  ),
  row(
    'a header that names a column twice',
    csv('Type_Maintenance,Complexité,Effectif,Effectif,Ressources_Disponibles\na,1,1,1,1\n'),
    400,
    /Effectif.*twice/,
  ),
  row(
    'a header alone',
    csv('Type_Maintenance,Complexité,Effectif,Ressources_Disponibles\n'),
    200,
    ({ text }) => assert.equal(text, ''),
  ),
  row('Accept JSON', csv(lines, { accept: 'application/json' }), 200, tells(cells, others)),
  row('Accept JSON lines', csv(lines, { accept: 'application/jsonlines' }), 200, tells(cells, others)),
  row('Accept anything: the type of the request', csv(lines, { accept: '*/*' }), 200, isType('text/csv')),
  row('Accept any text', csv(lines, { accept: 'text/*' }), 200, isType('text/csv')),
  row(
    'Accept by weight',
    csv(lines, { accept: 'text/csv;q=0.2, application/json;q=0.9' }),
    200,
    isType('application/json'),
  ),
  row('Accept what is not given', csv(lines, { accept: 'text/html' }), 406, /text\/html/),
  row('Accept a picture', csv(lines, { accept: 'image/png' }), 406),
  row('no content type', { path: '/invocations', body: Buffer.from(lines) }, 415, /none/),
  row('a content type of bytes', csv(lines, { 'content-type': 'application/octet-stream' }), 415),
  row('a content type of forms', csv(lines, { 'content-type': 'application/x-www-form-urlencoded' }), 415),
  row('a content type that is none', csv(lines, { 'content-type': ';;;' }), 415),
  row(
    'headers that nobody knows',
    csv(lines, { 'x-amzn-sagemaker-custom-attributes': 'a=b', 'x-whatever': '1' }),
    200,
    tells(cells, others),
  ),
  row('a body over the limit', csv('préventive,7,15,0.66\n'.repeat(400_000)), 413),
]);

const batches = numberFrom(99, [
  row('instances in order', invoke({ instances: [cells, others] }), 200, tells(cells, others)),
  row('instances by name', invoke({ instances: [named] }), 200, tells(cells)),
  row(
    'instances under features',
    invoke({ instances: [{ features: cells }, { features: named }] }),
    200,
    tells(cells, cells),
  ),
  row('dataframe_records', invoke({ dataframe_records: [named] }), 200, tells(cells)),
  row(
    'dataframe_split',
    invoke({ dataframe_split: { columns: Object.keys(named), data: [cells, others] } }),
    200,
    tells(cells, others),
  ),
  row(
    'dataframe_split with an index',
    invoke({ dataframe_split: { index: [0], columns: Object.keys(named), data: [cells] } }),
    200,
    tells(cells),
  ),
  row(
    'inputs by columns',
    invoke({
      inputs: Object.fromEntries(Object.keys(named).map((name, i) => [name, [cells[i], others[i]]])),
    }),
    200,
    tells(cells, others),
  ),
  row('inputs by rows', invoke({ inputs: [cells, named] }), 200, tells(cells, cells)),
  row('features alone', invoke({ features: cells }), 200, tells(cells)),
  row('each answer has an id of its own', invoke({ instances: [cells, cells] }), 200, (read) => {
    const ids = read.json().predictions.map(({ id }: { id: string }) => id);
    assert.equal(new Set(ids).size, 2);
  }),
  row(
    '1,000 instances, as one by one',
    invoke({ instances: Array.from({ length: 500 }, () => [cells, others]).flat() }),
    200,
    tells(...Array.from({ length: 500 }, () => [cells, others]).flat()),
  ),
  row('no instance', invoke({ instances: [] }), 400),
  row(
    'a row that is too short for its columns',
    invoke({ dataframe_split: { columns: Object.keys(named), data: [['préventive']] } }),
    400,
    /data\[0\]/,
  ),
  row(
    'columns of unequal length',
    invoke({ inputs: { Complexité: [1, 2], Effectif: [1] } }),
    400,
    /equally many/,
  ),
  row('columns of nothing', invoke({ inputs: {} }), 400),
  row('two kinds of body at once', invoke({ instances: [cells], inputs: [cells] }), 400),
  row(
    'over 10,000 rows',
    invoke({ instances: Array.from({ length: 10_001 }, () => [null, 1, 1, 1]) }),
    413,
    /10001/,
  ),
  row(
    'JSON in, CSV out',
    invoke({ instances: [cells, others] }, { accept: 'text/csv' }),
    200,
    tells(cells, others),
  ),
  row(
    'JSON lines in, JSON lines out',
    {
      path: '/invocations',
      body: `${JSON.stringify(cells)}\n${JSON.stringify(named)}\n`,
      headers: { 'content-type': 'application/jsonlines' },
    },
    200,
    tells(cells, cells),
  ),
  row(
    'JSON lines under features, with empty lines',
    {
      path: '/invocations',
      body: `\n{"features":${JSON.stringify(cells)}}\n\n`,
      headers: { 'content-type': 'application/x-jsonlines' },
    },
    200,
    tells(cells),
  ),
  row(
    'a bad line among JSON lines, with its number',
    {
      path: '/invocations',
      body: `${JSON.stringify(cells)}\n{\n`,
      headers: { 'content-type': 'application/jsonlines' },
    },
    400,
    /line 2/,
  ),
  row('/execution-parameters', { path: '/execution-parameters' }, 200, (read) => {
    const { MaxConcurrentTransforms, BatchStrategy, MaxPayloadInMB } = read.json();
    assert.ok(MaxConcurrentTransforms >= 1);
    assert.deepEqual([BatchStrategy, MaxPayloadInMB], ['MULTI_RECORD', 6]);
  }),
  row('GET /models', { path: '/models' }, 200, (read) =>
    assert.equal(read.json().models[0].modelName, 'tranche'),
  ),
  row('GET /models/tranche', { path: '/models/tranche' }, 200, (read) =>
    assert.equal(read.json().modelName, 'tranche'),
  ),
  row('GET /models/other', { path: '/models/other' }, 404, /other/),
  row('POST /models where one model is served', post('/models', { model_name: 'a', url: 'a' }), 404),
  row(
    'POST /models with a name that is none',
    post('/models', { model_name: '../a', url: 'a' }),
    400,
    /model_name/,
  ),
  row('DELETE /models/tranche where one model is served', { path: '/models/tranche', method: 'DELETE' }, 404),
  row('/models/tranche/invoke', { ...csv(lines), path: '/models/tranche/invoke' }, 200, tells(cells, others)),
  row('/models/other/invoke', { ...csv(lines), path: '/models/other/invoke' }, 404),
]);

const protocol = numberFrom(129, [
  row('a model’s metadata', { path: '/v2/models/tranche' }, 200, (read, { served }) => {
    const { name, versions, inputs, outputs } = read.json();
    assert.deepEqual([name, versions], ['tranche', [served.hash]]);
    assert.deepEqual(
      inputs.map((input: { name: string; datatype: string }) => [input.name, input.datatype]),
      [
        ['Type_Maintenance', 'BYTES'],
        ['Complexité', 'FP64'],
        ['Effectif', 'FP64'],
        ['Ressources_Disponibles', 'FP64'],
      ],
    );
    assert.ok(outputs.some((output: { name: string }) => output.name === 'p80'));
  }),
  row('a model that is not there', { path: '/v2/models/other' }, 404),
  row('a model is ready', { path: '/v2/models/tranche/ready' }, 200),
  row('another model is not', { path: '/v2/models/other/ready' }, 404),
  row('another version is not there', { path: '/v2/models/tranche/versions/1' }, 404, /version/),
  row('infer: a tensor an input', infer({ inputs: tensors }), 200, (read, target) => {
    const { outputs, model_version: version } = read.json();
    const [predicted] = outputs as { name: string; shape: number[]; datatype: string; data: number[] }[];
    assert.deepEqual(predicted, {
      name: 'predicted',
      shape: [2],
      datatype: 'FP64',
      data: [cells, others].map((each) => expected(target, each).value),
    });
    assert.equal(version, target.served.hash);
  }),
  row('its id is echoed', infer({ id: 'a1', inputs: tensors }), 200, (read) =>
    assert.equal(read.json().id, 'a1'),
  ),
  row(
    'outputs that were chosen, in their order',
    infer({ inputs: tensors, outputs: [{ name: 'p90' }, { name: 'p10' }] }),
    200,
    (read) =>
      assert.deepEqual(
        read.json().outputs.map(({ name }: { name: string }) => name),
        ['p90', 'p10'],
      ),
  ),
  row('an output there is not', infer({ inputs: tensors, outputs: [{ name: 'p99' }] }), 400, /p99.*p90/),
  row(
    'notes are a tensor of texts',
    infer({ inputs: [tensor('Complexité', 'FP64', [7])], outputs: [{ name: 'notes' }] }),
    200,
    (read) => assert.match(read.json().outputs[0].data[0], /missing:Effectif/),
  ),
  row('shape [n, 1]', infer({ inputs: [tensor('Complexité', 'FP64', [7, 8], [2, 1])] }), 200),
  row('nested data', infer({ inputs: [tensor('Complexité', 'FP64', [[7], [8]], [2, 1])] }), 200, (read) =>
    assert.equal(read.json().outputs[0].data.length, 2),
  ),
  row(
    'a shape that its data do not fill',
    infer({ inputs: [tensor('Complexité', 'FP64', [7], [2])] }),
    400,
    /shape/,
  ),
  row(
    'tensors of unequal length',
    infer({ inputs: [tensor('Complexité', 'FP64', [7, 8]), tensor('Effectif', 'FP64', [7])] }),
    400,
    /Effectif/,
  ),
  row('a tensor of nothing', infer({ inputs: [tensor('Complexité', 'FP64', [])] }), 400),
  row('a shape of a billion', infer({ inputs: [tensor('Complexité', 'FP64', [1], [1e9])] }), 413),
  row(
    'an input that the model has not',
    infer({ inputs: [tensor('x', 'FP64', [1])] }),
    400,
    /no input.*x.*Effectif/,
  ),
  row(
    'an input twice',
    infer({ inputs: [tensor('Complexité', 'FP64', [7]), tensor('Complexité', 'FP64', [7])] }),
    400,
    /twice/,
  ),
  row('a type there is not', infer({ inputs: [tensor('Complexité', 'FLOAT', [7])] }), 400, /datatype/),
  row('no tensor', infer({ inputs: [] }), 400),
  row('infer in another version', infer({ inputs: tensors }, '/versions/1'), 404),
  check('infer in its version', async (target) => {
    const read = await ask(target, infer({ inputs: tensors }, `/versions/${target.served.hash}`));
    assert.equal(read.status, 200);
  }),
]);

const lever = { column: 'Effectif', min: 5, max: 50 };
const jobs = numberFrom(151, [
  row('the reasons of an answer sum up to it', post('/explain', { features: cells }), 200, (read, target) => {
    const { base, steps, prediction } = read.json().contributions;
    const sum = steps.reduce(
      (total: number, step: { contribution: number }) => total + step.contribution,
      base,
    );
    assert.ok(Math.abs(sum - prediction) < 1e-6);
    assert.equal(prediction, expected(target, cells).value);
  }),
  row('the curve of probabilities rises', post('/explain', { features: named }), 200, (read) => {
    const curve = read.json().curve as { duration: number; probability: number }[];
    assert.ok(curve.every(({ probability }, i) => i === 0 || probability > (curve[i - 1]?.probability ?? 1)));
  }),
  row(
    'no reasons rest on what nobody knows',
    post('/explain', { features: { Complexité: 7 } }),
    200,
    (read) => assert.equal(read.json().contributions, null),
  ),
  row('explain checks its cells', post('/explain', { features: ['a'] }), 400),
  row('the best plan, proven', post('/optimise', { features: cells, levers: [lever] }), 200, (read) => {
    const { status, value, bound, plan, base } = read.json();
    assert.deepEqual([status, value], ['optimal', bound]);
    assert.ok(plan.p80 <= base.p80);
  }),
  row(
    'a target that is kept',
    post('/optimise', { features: cells, levers: [lever], targetDuration: 1000 }),
    200,
    /"objective":"target"/,
  ),
  row(
    'a lever that the model has not',
    post('/optimise', { features: cells, levers: [{ column: 'x' }] }),
    400,
    /x/,
  ),
  row('no lever', post('/optimise', { features: cells, levers: [] }), 400),
  row(
    'a lever with a key that means nothing',
    post('/optimise', { features: cells, levers: [{ ...lever, max_: 1 }] }),
    400,
  ),
  row(
    'two targets',
    post('/optimise', { features: cells, levers: [lever], targetDuration: 1, targetDate: '2027-01-01' }),
    400,
    /exclude/,
  ),
  row(
    'a target that is no date',
    post('/optimise', { features: cells, levers: [lever], targetDate: 'soon' }),
    400,
    /soon/,
  ),
]);

const gate = numberFrom(171, [
  row('a gate without a challenger', post('/gate', { data: 'a,b' }), 400, /challenger/),
  row(
    'a challenger that is no model',
    post('/gate', {
      challenger: '{}',
      data: 'Type_Maintenance,Complexité,Effectif,Ressources_Disponibles,Durée\na,1,1,1,1\n',
    }),
    400,
    /model/,
  ),
  row('outages that are none', post('/gate', { challenger: '{}', data: '' }), 400),
]);

const whole = numberFrom(162, [
  check('metrics have their names, and no data', async (target) => {
    await ask(target, predict(['confidentiel', 7, 15, 0.66]));
    const response = await target.watch('/metrics');
    const text = await response.text();
    assert.equal(response.status, 200);
    for (const name of [
      'tranche_http_request_duration_seconds_bucket',
      'tranche_prediction_rows_total',
      'tranche_input_notes_total',
      'tranche_model_info',
      'tranche_model_age_seconds',
      'tranche_ready 1',
    ])
      assert.ok(text.includes(name), name);
    assert.ok(!text.includes('confidentiel'));
  }),
  check('the state page is in French, and in English for who asks', async (target) => {
    const french = await (await target.watch('/')).text();
    const english = await (await target.watch('/', { headers: { 'accept-language': 'en-GB' } })).text();
    assert.match(french, /lang="fr"[^]*en service/);
    assert.match(english, /lang="en"[^]*in service/);
  }),
  check('fifty at once are all answered', async (target) => {
    const asked = Array.from({ length: 50 }, () => ask(target, predict(cells)));
    for (const { status } of await Promise.all(asked)) assert.equal(status, 200);
  }),
  check(
    'no HTTP at all is refused, and the service goes on',
    async (target) => {
      assert.match((await target.send?.('NONSENSE\r\n\r\n')) ?? '', /^HTTP\/1\.1 400/);
      assert.equal((await ask(target, { path: '/ping' })).status, 200);
    },
    true,
  ),
  check(
    'two requests on one connection',
    async (target) => {
      const request = 'GET /ping HTTP/1.1\r\nhost: a\r\n\r\n';
      const answered = (await target.send?.(request + request)) ?? '';
      assert.equal(answered.split('HTTP/1.1 200').length, 3);
    },
    true,
  ),
  check(
    'a body in chunks',
    async (target) => {
      const body = JSON.stringify({ features: [null, 7, 15, 0.66] });
      const chunked = `POST /predict HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
      assert.match((await target.send?.(chunked)) ?? '', /^HTTP\/1\.1 200/);
    },
    true,
  ),
  check(
    'a body that is announced too large is refused before it comes',
    async (target) => {
      const head =
        'POST /predict HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99999999\r\n\r\n';
      assert.match((await target.send?.(head)) ?? '', /^HTTP\/1\.1 413/);
    },
    true,
  ),
  check(
    'a client that waits for leave gets it',
    async (target) => {
      const head =
        'POST /predict HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n{}';
      assert.match((await target.send?.(head)) ?? '', /^HTTP\/1\.1 100 Continue[^]*HTTP\/1\.1 400/);
    },
    true,
  ),
  check(
    'two lengths are no length',
    async (target) => {
      const head = 'POST /predict HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}';
      assert.match((await target.send?.(head)) ?? '', /^HTTP\/1\.1 400/);
    },
    true,
  ),
]);

/** The service's contract, a row a rule: the same for the app without a socket, a process and a container. */
export const serviceChecks: readonly ServiceCheck[] = [
  ...health,
  ...prediction,
  ...table,
  ...batches,
  ...protocol,
  ...jobs,
  ...whole,
  ...gate,
];
