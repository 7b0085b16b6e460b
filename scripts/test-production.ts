import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installTools, isCi } from './production/tools.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = `${root}node_modules/.cache/test-reports`;

type Counts = Readonly<Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests', number>>;

/** `npm run test:production`: what `npm test` leaves out as it needs containers, Prometheus and the like. */
const missing = installTools();
if (missing.length > 0) {
  console.error(`\nNot here, and not to be installed: ${missing.join(', ')}.`);
  if (isCi) process.exit(1);
  console.error('Skipped: the tests of production need them. As root on Debian, this command installs them.');
  console.log('\n0 passed, 0 failed, 1 skipped');
  process.exit(0);
}
mkdirSync(reports, { recursive: true });
const report = `${reports}/production.json`;
rmSync(report, { force: true });
const { status } = spawnSync(
  process.execPath,
  [
    `${root}node_modules/vitest/vitest.mjs`,
    'run',
    '--config',
    'vitest.production.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
const counts = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Counts) : null;
const { numPassedTests = 0, numPendingTests = 0 } = counts ?? {};
// A runner that failed without saying which test did counts as one: it must not vanish.
const failed = counts && counts.numFailedTests > 0 ? counts.numFailedTests : status === 0 ? 0 : 1;
console.log(`\n${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`);
process.exit(failed === 0 ? 0 : 1);
