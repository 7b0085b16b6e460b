import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const commandNames = ['firefox-esr', 'firefox', 'firefox.exe'];

const usualPlaces = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** A Firefox of this machine: the one `FIREFOX_PATH` names, else an installed one. Null: none. */
export function findFirefox(): string | null {
  const named = process.env['FIREFOX_PATH'];
  if (named) return existsSync(named) ? named : null;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = commandNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...usualPlaces].find((path) => existsSync(path)) ?? null;
}
