import { toJsonSchema } from '@valibot/to-json-schema';
import { errorSchema } from './answering/body-schemas.ts';
import { routeTable } from './route-table.ts';
import type { Route } from './answering/route.ts';

const statusWords: Readonly<Record<number, string>> = {
  200: 'Answered.',
  204: 'Nothing was asked.',
  400: 'The request does not fit; the error says where.',
  401: 'No key, or none that is known.',
  403: 'Not from here.',
  404: 'No such model.',
  406: 'No answer of such a type.',
  409: 'It is there already.',
  413: 'Too large.',
  415: 'No body of such a type.',
  500: 'The service is at fault.',
  503: 'Not ready, or too much to do: later.',
  507: 'No room for another model.',
};

/** The OpenAPI 3.1 document: the table of routes in its words, by the schemas that bodies are read with. */
export function writeOpenApi(hasKeys: boolean) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routeTable) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = describe(route, hasKeys);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tranche',
      version: '1',
      summary: 'How long will this outage take, how sure is that, and what drives it.',
      license: { name: 'UNLICENSED' },
    },
    servers: [{ url: '/' }],
    ...(hasKeys && {
      components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
    }),
    paths,
  };
}

function describe(route: Route, hasKeys: boolean) {
  const statuses = [200, ...route.statuses, 401, 500, 503].filter(
    (status, i, all) => all.indexOf(status) === i,
  );
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[{}]/gu, '').replaceAll(/[/-](\w?)/gu, (_, next: string) => next.toUpperCase())}`,
    summary: route.summary,
    security: hasKeys && route.isOpen !== true ? [{ key: [] }] : [],
    parameters: [...route.path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...(route.body && {
      requestBody: { required: true, content: contentOf(route.body, route.media) },
    }),
    responses: Object.fromEntries(
      statuses
        .sort((a, b) => a - b)
        .map((status) => [
          status,
          {
            description: statusWords[status] ?? String(status),
            ...(status === 200 && route.answer && { content: contentOf(route.answer, route.media) }),
            ...(status >= 400 && { content: contentOf(errorSchema) }),
          },
        ]),
    ),
  };
}

function contentOf(schema: NonNullable<Route['body']>, media: readonly string[] = []) {
  const plain = media.map((type) => [type, { schema: { type: 'string' } }]);
  const { $schema: _dialect, ...described } = toJsonSchema(schema, { errorMode: 'ignore' });
  return Object.fromEntries([['application/json', { schema: described }], ...plain]) as Record<
    string,
    unknown
  >;
}
