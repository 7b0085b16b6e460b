import { Hono } from 'hono';
import type { Language } from '#language/dictionary.ts';
import { wordsIn } from '#language/words.ts';
import type { Service } from './answering/service.ts';
import { writeStatusPage } from './status-page.ts';

/** What watches the service has a port of its own: metrics for programs, a page for people. No data, and no key. */
export function createMetricsApp(service: Service, startedAt: number): Hono {
  const app = new Hono();
  app.get('/metrics', async () => {
    const { registry } = service.metrics;
    service.metrics.isReady.set(Number(service.isReady() && !service.isDraining()));
    return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } });
  });
  app.get('/', async (c) => {
    const asked = c.req.header('accept-language') ?? '';
    const language: Language = /^\s*fr\b/iu.test(asked) || !/\ben\b/iu.test(asked) ? 'fr' : 'en';
    return c.html(await writeStatusPage(service, startedAt, wordsIn(language)));
  });
  return app;
}
