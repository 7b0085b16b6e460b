import { addJoinedRoles, toJoinStep } from '#data/recipe/join-step.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import { chooseRoles, readOnly, requireOnly, roleOptionNames } from './choose-roles.ts';
import { dialectOptionNames, readDialectOptions } from './dialect-options.ts';
import { factorOptionNames, requireFactors } from './factor-options.ts';
import { openDatasetFile } from './files.ts';
import { createCommandContext } from './job-context.ts';
import { type Options, readAsOf } from './options.ts';
import { openFactors, tellJoined } from './open-factors.ts';
import { reportReading } from './report-reading.ts';
import type { Terminal } from './streams.ts';

/** What `train` and `inspect` are told of a file: they read it alike. */
export const trainingFileOptionNames = [
  ...roleOptionNames,
  ...dialectOptionNames,
  ...factorOptionNames,
  'as-of',
] as const;

/**
 * Opens the file that a command names first, cleans it as proposed, and finds out what could be learnt from it. Says how it was
 * read. Throws what reading throws, and `UsageError`.
 */
export async function openTrainingFile(options: Options, terminal: Terminal) {
  const today = Date.now();
  const asOf = readAsOf(options, today);
  const overrides = readDialectOptions(options);
  requireFactors(options);
  const [path = ''] = options.positionals;
  const workbench = createWorkbench();
  const context = createCommandContext();
  const datasetId = 'data';

  const file = await openDatasetFile(path);
  const summary = await workbench.run('read-dataset', { datasetId, file, overrides }, context);
  reportReading(summary, terminal);
  const joining = await openFactors(workbench, { datasetId, roles: summary.roles }, options, terminal);
  const roles = chooseRoles(joining ? addJoinedRoles(summary.roles, joining) : summary.roles, options);
  const proposed = await workbench.run('propose-recipe', { datasetId, roles }, context);
  const only = readOnly(
    options,
    summary.columns.map(({ name }) => name),
  );
  const recipe = {
    ...proposed,
    steps: [...proposed.steps, ...only, ...(joining ? [toJoinStep(joining)] : [])],
  };
  const cleaning = await workbench.run('apply-recipe', { datasetId, recipe }, context);
  requireOnly(cleaning, only);
  if (joining) tellJoined(joining, cleaning, terminal);
  const request = { datasetId, roles, today, ...(asOf !== undefined && { asOf }) };
  const preparation = await workbench.run('prepare', request, context);
  const findings = await workbench.run('check-quality', request, context);
  const inspection = { summary, cleaning, preparation, findings, joining };
  return { workbench, context, request, inspection };
}
