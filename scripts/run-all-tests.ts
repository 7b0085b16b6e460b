import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findOrGetChromium } from './find-chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = 'node_modules/.cache/test-reports';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A step that makes no count of its own: it passes, or it fails and says which command mends it. */
const gates = [
  { name: 'format', args: ['run', '--silent', 'format'], mend: 'npm run fix' },
  { name: 'types', args: ['run', '--silent', 'types'], mend: 'see the lines above' },
  { name: 'lint and arrows', args: ['run', '--silent', 'lint'], mend: 'npm run fix, or see the lines above' },
  { name: 'build', args: ['run', '--silent', 'build'], mend: 'see the lines above' },
] as const;

/**
 * `npm test`: everything, to the end even when a step fails. Gives the exit code; its last line is the count. The gates,
 * of which most keep one core busy, run beside the unit tests; the end-to-end tests, which wait for clocks, alone.
 */
export async function runAllTests(): Promise<number> {
  rmSync(`${root}/${reports}`, { recursive: true, force: true });
  mkdirSync(`${root}/${reports}`, { recursive: true });
  const browser = findOrGetChromium();
  const [failedGates, hasUnitPassed] = await Promise.all([
    runGates(),
    runStep('unit tests', 'npx', [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reports}/unit.json`,
    ]),
  ]);
  const unit = readUnitCounts(hasUnitPassed);

  let hasEndToEndPassed = false;
  if (browser === null) {
    console.error(
      '\nNo Chromium: install chromium or Google Chrome, or name one in CHROMIUM_PATH, then run npm test again.',
    );
  } else {
    hasEndToEndPassed = await runStep(
      'end-to-end tests',
      'npx',
      ['playwright', 'test', '--reporter=list,json'],
      {
        CHROMIUM_PATH: browser,
        PLAYWRIGHT_JSON_OUTPUT_FILE: `${root}/${reports}/e2e.json`,
      },
    );
  }
  const endToEnd = readEndToEndCounts(hasEndToEndPassed);

  for (const { name, mend } of failedGates) console.error(`\nfailed: ${name} (${mend})`);
  const total = (kind: keyof Counts) => unit[kind] + endToEnd[kind];
  console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
  const isGreen = failedGates.length === 0 && hasUnitPassed && hasEndToEndPassed && total('failed') === 0;
  return isGreen ? 0 : 1;
}

/** One after the other; gives those that failed. */
async function runGates(): Promise<readonly (typeof gates)[number][]> {
  const failed = [];
  for (const gate of gates) if (!(await runStep(gate.name, 'npm', gate.args))) failed.push(gate);
  return failed;
}

async function runStep(
  name: string,
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  console.log(`\n— ${name}`);
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  });
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

/** Where a runner failed without saying which test did, the failure is counted as one: it must not vanish. */
function withUncountedFailure(counts: Counts, hasPassed: boolean): Counts {
  return hasPassed || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function readUnitCounts(hasPassed: boolean): Counts {
  const report = readReport('unit.json') as Partial<
    Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests', number>
  >;
  const counts = {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
  return withUncountedFailure(counts, hasPassed);
}

function readEndToEndCounts(hasPassed: boolean): Counts {
  const { stats = {} } = readReport('e2e.json') as {
    stats?: Partial<Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>>;
  };
  const counts = {
    passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
    failed: stats.unexpected ?? 0,
    skipped: stats.skipped ?? 0,
  };
  return withUncountedFailure(counts, hasPassed);
}

function readReport(name: string): unknown {
  try {
    return JSON.parse(readFileSync(`${root}/${reports}/${name}`, 'utf8'));
  } catch {
    return {};
  }
}
