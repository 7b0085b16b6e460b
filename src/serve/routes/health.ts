import { empty, json, type Route } from '../answering/route.ts';
import * as v from 'valibot';

const reloadSchema = v.object({
  result: v.picklist(['swapped', 'same', 'refused', 'absent']),
  model: v.nullable(v.string()),
});

export const healthRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/ping',
    summary: 'Whether requests are answered: a model is open and said what it said when it was written.',
    statuses: [503],
    isOpen: true,
    handle: (_call, service) => empty(service.isReady() && !service.isDraining() ? 200 : 503),
  },
  {
    method: 'POST',
    path: '/admin/reload',
    summary: 'Looks for a newer model at once; from this machine, or with a key.',
    answer: reloadSchema,
    statuses: [403],
    handle: async (call, service) => {
      if (!call.isLocal && service.keys() === null) {
        return json({ error: 'only from this machine, or with a key', code: 'not-local', id: call.id }, 403);
      }
      const result = await service.reload();
      const [first] = service.slots.list();
      return json({ result, model: first?.hash ?? null });
    },
  },
];
