/** What `bench/browser.ts` bundles and runs in a worker of the browser. */
import { createSilentContext } from '#base/job-context.ts';
import type { TeamLink } from '#engine/kernel/team/control.ts';
import { serveTeam } from '#engine/kernel/team/serve-team.ts';
import { createTeamKernel, type TeamKernel } from '#engine/kernel/team/team-kernel.ts';
import { readTable } from '#data/csv/read-table.ts';
import type { BlobLike } from '#jobs/dataset/contract.ts';
import { toByteSource } from '#jobs/dataset/file-source.ts';
import { fitModelsToCompare, runCases } from './cases.ts';
import type { Figure } from './figure.ts';
import { runThreads } from './threads-case.ts';
import { waitForHelpers } from './wait-for-helpers.ts';

/** What the worker tells of itself. */
export type Message =
  | { readonly kind: 'figure'; readonly figure: Figure }
  | { readonly kind: 'models'; readonly models: readonly string[] }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'end' };

interface Order {
  readonly wanted: string;
  readonly file: BlobLike | null;
  /** To a helper thread only: the team that it is of. */
  readonly team?: TeamLink;
}

const scope = globalThis as unknown as {
  crossOriginIsolated: boolean;
  location: { href: string };
  onmessage: (event: { data: Order }) => void;
  postMessage: (message: Message) => void;
};

const now = (): number => performance.now();
const report = (figure: Figure): void => scope.postMessage({ kind: 'figure', figure });

async function timeReading(file: BlobLike): Promise<void> {
  const startedAt = now();
  const { table } = await readTable(
    toByteSource({ name: 'numbers.csv', bytes: file }),
    {},
    createSilentContext(now),
  );
  const name = `csv: ${table.nRows.toLocaleString('en')} × ${table.columns.length}, from file to typed table`;
  report({ name, value: (now() - startedAt) / 1000, unit: 's' });
  if (table.columns.some((column) => column.type !== 'number'))
    throw new Error('A column of numbers was not read as one.');
}

/** Helpers come while this worker reads its inbox: one that computes starts no other. */
async function startTeam(nHelpers: number): Promise<TeamKernel> {
  const team = createTeamKernel(nHelpers, (link) => {
    new Worker(scope.location.href).postMessage({ wanted: '', file: null, team: link } satisfies Order);
  });
  await waitForHelpers(team, nHelpers);
  return team;
}

async function run(wanted: string, file: BlobLike | null): Promise<void> {
  if (file) {
    await timeReading(file);
  } else {
    scope.postMessage({ kind: 'models', models: fitModelsToCompare() });
    runCases(now, wanted.trim(), report);
    if ('threads'.includes(wanted.trim()) && scope.crossOriginIsolated) await runThreads(startTeam, report);
  }
}

scope.onmessage = ({ data }) => {
  if (data.team) {
    serveTeam(data.team);
    return;
  }
  run(data.wanted, data.file)
    .catch((error: unknown) => scope.postMessage({ kind: 'failed', why: String(error) }))
    .finally(() => scope.postMessage({ kind: 'end' }));
};
