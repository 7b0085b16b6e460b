import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type BrowserContext, chromium } from '@playwright/test';
import { findChromium } from '../find-chromium.ts';

/** Names that lead to this machine and are no secure context: a plain intranet host. */
export const INTRANET = 'intranet.test';
export const intranetFlag = `--host-resolver-rules=MAP ${INTRANET} 127.0.0.1`;

const START_PATIENCE_MS = 60_000;

export interface RunningBrowser {
  readonly context: BrowserContext;
  /** Ends it as a power cut would: no process of it does anything more. */
  readonly kill: () => Promise<void>;
}

/** Starts Chromium on a profile that outlives it. */
export async function startBrowser(profile: string): Promise<RunningBrowser> {
  const portFile = `${profile}/DevToolsActivePort`;
  rmSync(portFile, { force: true });
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--hide-crash-restore-bubble',
    intranetFlag,
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
  ];
  // A group of its own, so that all its processes end at once.
  const child = spawn(findChromium() ?? 'chromium', [...flags, 'about:blank'], {
    detached: true,
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const killAll = () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
  };
  // A campaign that is broken off leaves no browser behind.
  process.once('exit', killAll);
  const deadline = Date.now() + START_PATIENCE_MS;
  while (!existsSync(portFile) || !readFileSync(portFile, 'utf8').includes('\n')) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('the browser does not start');
    await wait(20);
  }
  const [port] = readFileSync(portFile, 'utf8').split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const [context] = browser.contexts();
  if (!context) throw new Error('the browser has no window');
  return {
    context,
    kill: async () => {
      killAll();
      process.off('exit', killAll);
      await ended;
      await browser.close().catch(() => {});
    },
  };
}
