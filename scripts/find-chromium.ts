import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const commandNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** A Chromium of this machine: the one `CHROMIUM_PATH` names, an installed one, or Playwright's. Null: none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return existsSync(named) ? named : null;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    ...commandNames.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...usualPlaces,
    chromium.executablePath(),
  ];
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** Finds a Chromium or gets one: Playwright's download, else Debian's package when root. Null where neither works. */
export function findOrGetChromium(): string | null {
  const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;
  const found = findChromium();
  if (found || process.env['CHROMIUM_PATH']) return found;
  console.log('No Chromium on this machine: getting Playwright’s…');
  run('npx', ['playwright', 'install', ...(isRootOnLinux ? ['--with-deps'] : []), 'chromium']);
  if (!findChromium() && isRootOnLinux) {
    console.log('…which did not work: getting Debian’s package…');
    run('apt-get', ['update']);
    run('apt-get', ['install', '-y', 'chromium']);
  }
  return findChromium();
}

function run(command: string, args: readonly string[]): void {
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
}
