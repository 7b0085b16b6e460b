import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFirefox } from '../find-firefox.ts';
import type { DrivenPage } from './driven-page.ts';

/** Of WebDriver BiDi's answers, what is used here. */
interface Result {
  readonly capabilities?: { readonly browserVersion: string };
  readonly contexts?: readonly { readonly context: string }[];
  readonly result?: { readonly value?: string };
  readonly exceptionDetails?: { readonly text: string };
  readonly nodes?: readonly { readonly sharedId: string }[];
}

interface Answer {
  readonly id?: number;
  readonly result?: Result;
  readonly message?: string;
}

const preferences = ['intl.accept_languages", "fr-FR', 'intl.locale.requested", "fr'];

/**
 * An installed Firefox, driven by WebDriver BiDi over its own socket: Playwright drives only the Firefox it builds.
 * Null: none here. Needs Node with `WebSocket` (22, or 20 with --experimental-websocket).
 */
export async function openFirefox(): Promise<DrivenPage | null> {
  const path = findFirefox();
  if (path === null) return null;
  const profile = mkdtempSync(join(tmpdir(), 'tranche-firefox-'));
  writeFileSync(join(profile, 'user.js'), preferences.map((each) => `user_pref("${each}");`).join('\n'));
  const firefox = spawn(
    path,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    firefox.once('exit', () => reject(new Error(`Firefox ended: ${said}`)));
    firefox.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /WebDriver BiDi listening on (ws:\S+)/u.exec(said)?.[1];
      if (found) resolve(`${found}/session`);
    });
  });
  const { ask, hangUp } = await connect(address);
  const { capabilities } = await ask('session.new', {
    capabilities: { alwaysMatch: { acceptInsecureCerts: true } },
  });
  const { contexts } = await ask('browsingContext.getTree', {});
  const context = contexts?.[0]?.context;

  async function evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await ask('script.evaluate', {
      // As text: the protocol's own values are trees.
      expression: `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`,
      target: { context },
      awaitPromise: true,
      userActivation: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return JSON.parse(result?.value ?? 'null') as unknown;
  }

  return {
    browser: `Firefox ${capabilities?.browserVersion}`,
    open: async (url) => void (await ask('browsingContext.navigate', { context, url, wait: 'complete' })),
    evaluate,
    setFile: async (selector, file) => {
      const locator = { type: 'css', value: selector };
      const { nodes } = await ask('browsingContext.locateNodes', { context, locator, maxNodeCount: 1 });
      await ask('input.setFiles', { context, element: { sharedId: nodes?.[0]?.sharedId }, files: [file] });
    },
    close: async () => {
      hangUp();
      firefox.kill();
      await new Promise((resolve) => firefox.once('exit', resolve));
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Asks over the socket; an answer that is an error throws. */
async function connect(address: string) {
  const socket = new WebSocket(address);
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`no answer at ${address}`)));
  });
  let nAsked = 0;
  const ask = async (method: string, params: object): Promise<Result> => {
    const id = ++nAsked;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { result, message } = await answered;
    waiting.delete(id);
    if (!result) throw new Error(`${method}: ${message}`);
    return result;
  };
  return { ask, hangUp: () => socket.close() };
}
