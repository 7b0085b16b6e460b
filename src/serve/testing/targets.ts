import { connect } from 'node:net';
import { createApp } from '../app.ts';
import { noCapture } from '../answering/capture.ts';
import { createLog } from '../answering/log.ts';
import { createMetrics } from '../answering/metrics.ts';
import { createMetricsApp } from '../metrics-port.ts';
import { createModelSlots } from '../answering/model-slots.ts';
import type { ServedModel } from '../answering/served-model.ts';
import type { Service, ServiceSettings } from '../answering/service.ts';
import type { CheckTarget } from './check.ts';

export const usualSettings: ServiceSettings = {
  maxBodyBytes: 6 * 2 ** 20,
  defaultAccept: null,
  batchStrategy: 'MULTI_RECORD',
  maxConcurrentTransforms: 2,
  maxOptimiseSeconds: 5,
};

/** A service without a port, which nothing presses. */
export function createTestService(served: ServedModel | null, more: Partial<Service> = {}): Service {
  const slots = createModelSlots('tranche');
  if (served) slots.put(served);
  const metrics = createMetrics();
  metrics.tellModels(slots.list(), 0, 1000);
  return {
    slots,
    metrics,
    log: createLog('off', () => {}),
    capture: noCapture,
    now: () => Date.UTC(2026, 10, 28),
    isReady: () => slots.list().length > 0,
    isDraining: () => false,
    reload: () => Promise.resolve('same'),
    library: null,
    keys: () => null,
    settings: usualSettings,
    page: null,
    ...more,
  };
}

export const noPressure = { isTooHigh: () => false, end: () => {} };

export function createAppTarget(served: ServedModel): CheckTarget {
  const service = createTestService(served);
  const app = createApp(service, noPressure);
  const watched = createMetricsApp(service, service.now());
  const go = async (
    fetch: (request: Request) => Response | Promise<Response>,
    path: string,
    init?: RequestInit,
  ) => fetch(new Request(`http://service${path}`, init));
  return {
    fetch: (path, init) => go((request) => app.fetch(request, {}), path, init),
    watch: (path, init) => go((request) => watched.fetch(request), path, init),
    send: null,
    served,
  };
}

/** A service that runs somewhere, by its ports on this machine. */
export function createSocketTarget(port: number, metricsPort: number, served: ServedModel): CheckTarget {
  return {
    fetch: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
    watch: (path, init) => fetch(`http://127.0.0.1:${metricsPort}${path}`, init),
    send: (text) => sendBytes(port, text),
    served,
  };
}

/** What comes back until the connection falls silent. */
function sendBytes(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answered = '';
    socket.setEncoding('utf8');
    socket.setTimeout(300, () => socket.destroy());
    socket.on('data', (piece: string) => (answered += piece));
    socket.on('error', reject);
    socket.on('close', () => resolve(answered));
  });
}
