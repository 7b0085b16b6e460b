import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'vite';
import type { Message } from './browser-worker.ts';

/** A page on this machine that runs the bench's worker and sends back what that tells. */
export interface BenchPage {
  readonly address: string;
  /** Hears all messages until 'end'; rejects when the worker fails or nothing comes for `silenceMs`. */
  readonly listen: (onMessage: (message: Message) => void, silenceMs: number) => Promise<void>;
  readonly close: () => void;
}

async function bundleWorker(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: 'bench/engine/browser-worker.ts', formats: ['iife'], name: 'bench' },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunk = outputs.flatMap((output) => ('output' in output ? output.output : []))[0];
  if (chunk?.type !== 'chunk') throw new Error('The bundle of the bench is missing.');
  return chunk.code;
}

/** `#PART` runs that part at once; without it the page waits for a file in its input. */
const html = `<!doctype html><meta charset="utf-8"><title>bench</title><input type="file"><script>
const run = (wanted, file) => {
  const worker = new Worker('worker.js');
  const send = (message) => fetch('message', { method: 'POST', body: JSON.stringify(message) });
  let sent = Promise.resolve();
  worker.onmessage = ({ data }) => (sent = sent.then(() => send(data)));
  worker.onerror = (event) => send({ kind: 'failed', why: event.message });
  worker.postMessage({ wanted, file });
};
const input = document.querySelector('input');
input.onchange = () => run('', input.files[0]);
if (location.hash) run(decodeURIComponent(location.hash.slice(1)), null);
</script>`;

/** Bundles the worker and serves it; any browser can be sent to the address. */
export async function serveBenchPage(): Promise<BenchPage> {
  const code = await bundleWorker();
  let hear: (message: Message) => void = () => {};
  const server: Server = createServer((request, response) => {
    if (request.url === '/worker.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(code);
    } else if (request.url === '/message') {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        response.end();
        hear(JSON.parse(body) as Message);
      });
    } else {
      response.writeHead(200, { 'content-type': 'text/html' }).end(html);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function listen(onMessage: (message: Message) => void, silenceMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new Error(`nothing heard for ${silenceMs / 1000} s`));
      let timer = setTimeout(giveUp, silenceMs);
      hear = (message) => {
        clearTimeout(timer);
        timer = setTimeout(giveUp, silenceMs);
        onMessage(message);
        if (message.kind !== 'end' && message.kind !== 'failed') return;
        clearTimeout(timer);
        if (message.kind === 'end') resolve();
        else reject(new Error(message.why));
      };
    });
  }

  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    listen,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
