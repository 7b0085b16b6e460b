import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { createRng } from '#base/random.ts';
import { bundleForPage } from '../bundle-for-page.ts';
import { type RunningBrowser, INTRANET, startBrowser } from './browser.ts';
import { cutLog } from './cut-log.ts';
import { createLedger, type Pledge } from './pledge.ts';
import type { BrokenPledge, SavingPage } from './saving-page.ts';

export type Place = 'localhost' | 'intranet' | 'file';
export type Accident = 'kill' | 'cut' | 'crash';

type CampaignWindow = typeof globalThis & { readonly campaign: SavingPage };

/** What became of the saves of one profile. */
export interface CampaignOutcome {
  readonly place: Place;
  readonly nAccidents: Readonly<Record<Accident, number>>;
  readonly nAcknowledged: number;
  /** Starts at which the product said that something was missing, and those at which it said that all is back. */
  readonly nNoticed: number;
  readonly nWhole: number;
  /** Acknowledged, gone, and said to be gone or perhaps gone: what had no second copy yet, or no room for one. */
  readonly nToldLost: number;
  /** Acknowledged, gone, and nothing said: there is to be none. */
  readonly lost: readonly BrokenPledge[];
}

/** Models looked at after every accident; all of them at the end. */
const N_LATEST = 40;

/** Lets these accidents happen, one after the other and in the midst of saves, to one profile; then looks for every save. */
export async function runCampaign(
  place: Place,
  accidents: readonly Accident[],
  seed: number,
  say: (text: string) => void = () => {},
): Promise<CampaignOutcome> {
  const rng = createRng(seed);
  const profile = mkdtempSync(join(tmpdir(), 'tranche-kill-'));
  const site = await openSite(place, profile);
  const ledger = createLedger();
  const nAccidents = { kill: 0, cut: 0, crash: 0 };
  const counts = { nAcknowledged: 0, nNoticed: 0, nWhole: 0, nToldLost: 0 };
  const lost: BrokenPledge[] = [];
  let serial = 0;
  let browser: RunningBrowser | null = null;

  /** Opens the page, and looks whether it has what was acknowledged. */
  async function visit(running: RunningBrowser, isLast: boolean): Promise<Page> {
    const page = await openSavingPage(running, site.address, (pledge) => {
      counts.nAcknowledged++;
      serial = Math.max(serial, pledge.serial);
      ledger.add(pledge);
    });
    const recovery = await page.evaluate(() => (globalThis as CampaignWindow).campaign.open());
    if (recovery) counts.nNoticed++;
    const pledges = ledger.list().slice(isLast ? 0 : -6 * N_LATEST);
    const broken = await page.evaluate(
      (asked) => (globalThis as CampaignWindow).campaign.findBroken(asked),
      pledges,
    );
    const isWhole = recovery?.nLostModels === 0 && recovery.lostFiles.length === 0 && !recovery.isBehind;
    if (isWhole) counts.nWhole++;
    for (const one of broken) ledger.forget(one.pledge);
    if (recovery && !isWhole) counts.nToldLost += broken.length;
    else lost.push(...broken);
    if (recovery || broken.length > 0) say(JSON.stringify({ recovery, nBroken: broken.length }));
    return page;
  }

  const saveFrom = (page: Page, from: number, rounds: number) =>
    page.evaluate(([a, b]) => (globalThis as CampaignWindow).campaign.save(a, b), [from, rounds] as const);

  try {
    // A first visit that ends well: browsers write localStorage to the disk seconds later, or as its last page closes.
    browser = await startBrowser(profile);
    const first = await visit(browser, false);
    await saveFrom(first, 0, 1);
    await first.close();
    await wait(500);
    for (const accident of accidents) {
      browser ??= await startBrowser(profile);
      const page = await visit(browser, false);
      const saving = saveFrom(page, serial + 1000, 1_000_000).catch(() => {});
      await wait(100 + 1400 * rng.nextFloat());
      if (accident === 'crash') {
        const session = await browser.context.newCDPSession(page);
        await Promise.race([session.send('Page.crash').catch(() => {}), wait(500)]);
        await page.close().catch(() => {});
      } else {
        await browser.kill();
        browser = null;
      }
      if (accident === 'cut') cutLog(profile, rng.nextFloat());
      nAccidents[accident]++;
      await Promise.race([saving, wait(500)]);
      say(`${place}: ${JSON.stringify(nAccidents)}, ${counts.nAcknowledged} saves, ${lost.length} lost`);
    }
    browser ??= await startBrowser(profile);
    await visit(browser, true);
    return { place, nAccidents, ...counts, lost };
  } finally {
    await browser?.kill();
    await site.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

export interface TabsOutcome {
  readonly nSavesPerTab: readonly number[];
  /** Of both tabs, in the tab that saved it or after a kill and a new start. */
  readonly lost: readonly BrokenPledge[];
}

/** Two tabs save as fast as they can at the same time; then each must find its own work, and a new start that of both. */
export async function runTwoTabs(rounds: number): Promise<TabsOutcome> {
  const profile = mkdtempSync(join(tmpdir(), 'tranche-tabs-'));
  const site = await openSite('localhost', profile);
  const find = (page: Page, pledges: readonly Pledge[]) =>
    page.evaluate((asked) => (globalThis as CampaignWindow).campaign.findBroken(asked), pledges);
  let browser = await startBrowser(profile);
  try {
    const ledgers = [createLedger(), createLedger()];
    const nSavesPerTab = [0, 0];
    const pages = await Promise.all(
      ledgers.map(async (ledger, i) => {
        const page = await openSavingPage(browser, site.address, (pledge) => {
          nSavesPerTab[i] = (nSavesPerTab[i] ?? 0) + 1;
          ledger.add(pledge);
        });
        await page.evaluate(() => (globalThis as CampaignWindow).campaign.open());
        return page;
      }),
    );
    // Numbers of their own, far apart.
    await Promise.all(
      pages.map((page, i) =>
        page.evaluate(([from, n]) => (globalThis as CampaignWindow).campaign.save(from, n), [
          i * 1e6,
          rounds,
        ] as const),
      ),
    );
    const own = await Promise.all(pages.map((page, i) => find(page, ledgers[i]?.list() ?? [])));
    await browser.kill();
    browser = await startBrowser(profile);
    const page = await openSavingPage(browser, site.address, () => {});
    await page.evaluate(() => (globalThis as CampaignWindow).campaign.open());
    // What was on show is each tab's own.
    const shared = ledgers.flatMap((ledger) =>
      ledger.list().filter(({ kind }) => kind !== 'data' && kind !== 'settings' && kind !== 'decisions'),
    );
    return { nSavesPerTab, lost: [...own.flat(), ...(await find(page, shared))] };
  } finally {
    await browser.kill();
    await site.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function openSavingPage(
  { context }: RunningBrowser,
  address: string,
  acknowledge: (pledge: Pledge) => void,
): Promise<Page> {
  const page = await context.newPage();
  await page.exposeFunction('acknowledge', acknowledge);
  await page.goto(address);
  // tsx names the functions it sends to the page by this.
  await page.addScriptTag({
    content: `globalThis.__name = (named) => named; ${await (script ??= bundleForPage(new URL('saving-page.ts', import.meta.url), 'savingPage'))}`,
  });
  return page;
}

/** An empty page at that kind of place. */
async function openSite(
  place: Place,
  folder: string,
): Promise<{ address: string; close: () => Promise<void> }> {
  const html = '<!doctype html><meta charset="utf-8"><title>campaign</title>';
  if (place === 'file') {
    writeFileSync(`${folder}/empty.html`, html);
    return { address: pathToFileURL(`${folder}/empty.html`).href, close: () => Promise.resolve() };
  }
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(html);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://${place === 'intranet' ? INTRANET : 'localhost'}:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

let script: Promise<string> | null = null;
