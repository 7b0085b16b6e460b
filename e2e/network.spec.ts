import { expect, test } from './app-test.ts';
import { serveSite } from './site.ts';

/** Ways out of a page, each tried by a script of the page itself; each resolves once it has had its chance. */
const attempts = {
  fetch: async (url: string) => void (await fetch(url, { mode: 'no-cors' })),
  XMLHttpRequest: async (url: string) =>
    new Promise<void>((resolve) => {
      const request = new XMLHttpRequest();
      request.open('GET', url);
      request.onloadend = () => resolve();
      request.send();
    }),
  sendBeacon: async (url: string) => void navigator.sendBeacon(url, 'row'),
  EventSource: async (url: string) => void new EventSource(url),
  WebSocket: async (url: string) => void new WebSocket(url.replace('http', 'ws')),
  image: async (url: string) => {
    new Image().src = url;
  },
  script: async (url: string) => {
    document.head.append(Object.assign(document.createElement('script'), { src: url }));
  },
  stylesheet: async (url: string) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url }));
  },
  frame: async (url: string) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
  },
  form: async (url: string) => {
    const form = Object.assign(document.createElement('form'), { action: url, target: '_self' });
    document.body.append(form);
    form.submit();
  },
  'worker by address': async (url: string) => void new Worker(url),
  'fetch in a worker made of a blob': async (url: string) => {
    const code = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).then(() => postMessage(1), () => postMessage(0))`;
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    await new Promise((resolve) => (worker.onmessage = resolve));
  },
};

test('the browser itself keeps the page from sending anything anywhere', async ({ app, watch }) => {
  watch.expectTrouble(/outside|Content Security Policy|Failed to|EventSource|WebSocket|violat/u);
  const outside = await serveSite('/outside/');
  for (const [name, attempt] of Object.entries(attempts)) {
    const url = `${outside.address}${encodeURIComponent(name)}`;
    // The code goes in as a function of its own: `eval` inside `evaluate` would not be under the page's policy.
    await app.page.evaluate(attempt, url).catch(() => {});
  }
  await app.page.waitForTimeout(500);
  expect(outside.requests).toEqual([]);
  await outside.close();

  const violations = await app.page.evaluate(
    async (url) =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
        fetch(url).catch(() => {});
      }),
    outside.address,
  );
  expect(violations).toBe('connect-src');
});
