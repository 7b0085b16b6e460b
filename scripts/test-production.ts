import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installTools, isCi } from './production/tools.ts';

/** `npm run test:production`: what `npm test` leaves out as it needs containers, Prometheus and the like. */
const missing = installTools();
if (missing.length > 0) {
  console.error(`\nNot here, and not to be installed: ${missing.join(', ')}.`);
  if (isCi) process.exit(1);
  console.error('Skipped: the tests of production need them. As root on Debian, this command installs them.');
  console.log('\n0 passed, 0 failed, 1 skipped');
  process.exit(0);
}
const root = fileURLToPath(new URL('..', import.meta.url));
const report = `${root}node_modules/.cache/test-reports/production.json`;
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const config = [
  'vitest',
  'run',
  '--config',
  'vitest.production.config.ts',
  ...reporters,
  ...process.argv.slice(2),
];
const { status } = spawnSync('npx', config, { cwd: root, stdio: 'inherit' });
const counts = JSON.parse(readFileSync(report, 'utf8')) as Readonly<
  Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests', number>
>;
const { numPassedTests, numFailedTests, numPendingTests } = counts;
console.log(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
process.exit(status ?? 1);
