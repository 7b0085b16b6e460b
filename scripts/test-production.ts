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
const suites = [runSuite('production', root, ['--config', 'vitest.production.config.ts'])];
// A package of its own, with what it is tested by.
const aws = `${root}deploy/aws`;
if (existsSync(`${aws}/package.json`) && process.argv.length === 2) suites.push(runSuite('aws', aws, []));
const sum = (kind: keyof Counts) => suites.reduce((total, counts) => total + counts[kind], 0);
const failed = sum('numFailedTests');
console.log(`\n${sum('numPassedTests')} passed, ${failed} failed, ${sum('numPendingTests')} skipped`);
process.exit(failed === 0 ? 0 : 1);

/** Runs one configuration to its end. A runner that failed without saying which test did counts as one: it must not vanish. */
function runSuite(name: string, cwd: string, config: readonly string[]): Counts {
  const report = `${reports}/${name}.json`;
  rmSync(report, { force: true });
  if (!existsSync(`${cwd}/node_modules/.package-lock.json`))
    spawnSync('npm', ['ci'], { cwd, stdio: 'inherit' });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = [
    `${root}node_modules/vitest/vitest.mjs`,
    'run',
    ...config,
    ...reporters,
    ...process.argv.slice(2),
  ];
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' });
  const none: Counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  const counts = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Counts) : none;
  return status === 0 || counts.numFailedTests > 0 ? counts : { ...counts, numFailedTests: 1 };
}
