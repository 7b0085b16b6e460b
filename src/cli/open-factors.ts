import { AppError } from '#base/errors.ts';
import type { FactorPlan } from '#data/factors/factor-plan.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { CleaningSummary } from '#jobs/dataset/contract.ts';
import { assignRole } from '#jobs/dataset/assign-role.ts';
import type { Workbench } from '#jobs/workbench.ts';
import { tellFactorMatch, tellFactorPlan } from '#report/factor-sentences.ts';
import { readFactorChoices, readFactorDialect } from './factor-options.ts';
import { openDatasetFile } from './files.ts';
import { createCommandContext } from './job-context.ts';
import type { Options } from './options.ts';
import { tell, type Terminal } from './streams.ts';

/**
 * Opens the second file that a command names beside the outages, and finds out how to join it; null where it names none.
 * Errors: those of `readTable` and `proposeFactors`.
 */
export async function openFactors(
  workbench: Workbench,
  { datasetId, roles }: { readonly datasetId: string; readonly roles: readonly RoleAssignment[] },
  options: Options,
): Promise<FactorPlan | null> {
  const path = options.text('factors');
  if (path === undefined) return null;
  const context = createCommandContext();
  const choices = readFactorChoices(options);
  const request = { datasetId, file: await openDatasetFile(path), overrides: readFactorDialect(options) };
  await workbench.run('read-factors', request, context);
  const start = options.text('start');
  const used = start === undefined ? roles : assignRole(roles, start, 'start');
  return workbench.run('propose-factors', { datasetId, roles: used, choices }, context);
}

/** Says how the files were joined and with what outcome. Throws `factors-no-match` where nothing was. */
export function tellJoined(plan: FactorPlan, { report }: CleaningSummary, terminal: Terminal): void {
  const { words } = terminal;
  const match = report.find((step) => step.match)?.match;
  if (match === undefined) return;
  tell(terminal, [tellFactorPlan(plan, words), ...tellFactorMatch(match, words)]);
  if (match.nMatched === 0) {
    throw new AppError('factors-no-match', `no outage finds a value in ${plan.file}`, { name: plan.file });
  }
}
