import { answerOne } from '../answering/answer-cases.ts';
import { answerSchema, predictBody } from '../answering/body-schemas.ts';
import { readGivenCase } from '../answering/read-case.ts';
import { jsonRoute, type Route } from '../answering/route.ts';

export const predictRoutes: readonly Route[] = [
  jsonRoute({
    path: '/predict',
    summary:
      'How long one outage takes, with P10, P50, P80 and P90; cells in the order of the model or by name.',
    body: predictBody,
    answer: answerSchema,
    statuses: [],
    handle: ({ features, atMost }, call, service) => {
      const served = service.slots.main();
      call.tell({ rows: 1 });
      return answerOne(served, readGivenCase(served, features), call, service, atMost);
    },
  }),
];
