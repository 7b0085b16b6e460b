import fc from 'fast-check';
import type * as v from 'valibot';
import { routeTable } from '../route-table.ts';
import type { Asked } from './check.ts';

type Described = v.GenericSchema & {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Described>>;
  readonly item?: Described;
  readonly wrapped?: Described;
  readonly value?: Described;
  readonly options?: readonly (Described | string)[];
};

/** Names and values of the sample's columns, so that some requests get as far as the model. */
const names = fc.constantFrom(
  'Type_Maintenance',
  'Complexité',
  'Effectif',
  'Ressources_Disponibles',
  '',
  'x',
  '__proto__',
  'toString',
);
const texts = fc.oneof(
  names,
  fc.constantFrom('préventive', 'corrective', '7', '2026-11-28', 'NaN', '1e999', '0'),
  fc.string(),
);
const numbers = fc.oneof(
  fc.integer({ min: -5, max: 60 }),
  fc.double(),
  fc.constantFrom(0, -0, 1e308, -1e308, 2 ** 53),
);

/** Values that a schema lets pass, or nearly: limits of pipes are left to chance. */
function drawFrom(schema: Described): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case 'string':
      return texts;
    case 'number':
      return numbers;
    case 'boolean':
      return fc.boolean();
    case 'unknown':
      return fc.oneof(texts, numbers, fc.constant(null), fc.array(numbers, { maxLength: 3 }));
    case 'nullable':
      return fc.option(drawFrom(schema.wrapped as Described), { nil: null });
    case 'exact_optional':
      return drawFrom(schema.wrapped as Described);
    case 'array':
      return fc.array(drawFrom(schema.item as Described), { maxLength: 5 });
    case 'record':
      return fc.dictionary(names, drawFrom(schema.value as Described), { maxKeys: 5 });
    case 'picklist':
      return fc.constantFrom(...(schema.options as readonly string[]));
    case 'union':
      return fc.oneof(...(schema.options as readonly Described[]).map(drawFrom));
    default: {
      const entries = Object.entries(schema.entries ?? {});
      const required = entries.filter(([, entry]) => entry.type !== 'exact_optional').map(([name]) => name);
      return fc.record(Object.fromEntries(entries.map(([name, entry]) => [name, drawFrom(entry)])), {
        requiredKeys: required,
      });
    }
  }
}

const lines = fc
  .array(
    fc.array(fc.oneof(texts, numbers.map(String), fc.constantFrom('"', '""', '"a,b"')), { maxLength: 6 }),
    { maxLength: 5 },
  )
  .map((rows) => rows.map((cells) => cells.join(',')).join('\n'));
const types = fc.constantFrom(
  'application/json',
  'text/csv',
  'application/jsonlines',
  'text/plain',
  'application/json; charset=utf-8',
);
const accepts = fc.constantFrom(
  '*/*',
  'text/csv',
  'application/json',
  'application/jsonlines',
  'text/html',
  'q=;,',
  '',
);

/** Requests to every route, drawn from the schemas of its bodies; some are then cut or sent as something else. */
export function drawRequests(): fc.Arbitrary<Asked> {
  const bodies = routeTable.map(({ method, path, body }) => {
    const place = path.replaceAll(/\{model\}/gu, 'tranche').replaceAll(/\{version\}/gu, '1');
    const json = body ? drawFrom(body as Described).map((value) => JSON.stringify(value)) : fc.constant('');
    const text = fc.oneof(
      { weight: 6, arbitrary: json },
      { weight: 1, arbitrary: lines },
      { weight: 1, arbitrary: fc.string() },
    );
    return fc
      .record({
        text,
        type: fc.oneof({ weight: 4, arbitrary: fc.constant('application/json') }, types),
        accept: accepts,
        cut: fc.nat({ max: 30 }),
      })
      .map(({ text: whole, type, accept, cut }): Asked => ({
        method,
        path: place,
        headers: { 'content-type': type, accept },
        ...(method === 'POST' && { body: cut === 1 ? whole.slice(0, whole.length / 2) : whole }),
      }));
  });
  return fc.oneof(...bodies);
}
