import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServedModel, type ServedModel } from './answering/served-model.ts';
import { type RunningService, startService } from './start-service.ts';
import type { CheckTarget } from './testing/check.ts';
import { serviceChecks } from './testing/service-checks.ts';
import { createAppTarget, createSocketTarget, usualSettings } from './testing/targets.ts';
import { trainSampleModel } from '#jobs/testing/trained-sample.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;
let served: ServedModel;
let running: RunningService;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-serve-'));
  const text = await trainSampleModel();
  served = openServedModel('tranche', text, 0);
  const path = join(folder, 'model.json');
  await writeFile(path, text);
  running = await startService({
    source: { kind: 'file', path },
    name: 'tranche',
    host: '127.0.0.1',
    port: 0,
    metricsPort: 0,
    readKeys: null,
    capture: { mode: 'off', folder },
    logLevel: 'off',
    writesEmf: false,
    settings: usualSettings,
    page: null,
    write: () => {},
  });
});
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true });
});

const targets: Readonly<Record<string, () => CheckTarget>> = {
  'without a socket': () => createAppTarget(served),
  'over a socket': () => createSocketTarget(running.port, running.metricsPort ?? 0, served),
};

it('has its rules numbered once each, at least ninety', () => {
  const ids = serviceChecks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(90);
});

describe.each(Object.entries(targets))('the service %s', (_name, createTarget) => {
  it.each(serviceChecks.map((check) => [check.id, check.title, check] as const))(
    '%s: %s',
    async (_id, _title, check) => {
      const target = createTarget();
      if (check.needsSocket && target.send === null) return;
      await check.run(target);
      expect(check.id).toMatch(/^S\d+$/);
    },
  );
});
