import { AppError } from '#base/errors.ts';
import type { FactorPlan } from '#data/factors/factor-plan.ts';
import type { RoleAssignment } from '#data/roles.ts';
import { planFor } from '#jobs/dataset/complete-dataset.ts';
import type { CleaningSummary } from '#jobs/dataset/contract.ts';
import { assignRole } from '#jobs/dataset/assign-role.ts';
import type { Workbench } from '#jobs/workbench.ts';
import { tellFactorMatch, tellFactorPlan } from '#report/factor-sentences.ts';
import { readFactorChoices, readFactorDialect } from './factor-options.ts';
import { openDatasetFile } from './files.ts';
import { createCommandContext } from './job-context.ts';
import type { Options } from './options.ts';
import { reportFactorsReading } from './report-reading.ts';
import { tell, type Terminal } from './streams.ts';

/**
 * Opens the second file that a command names beside the outages, and finds out how to join it; null where it names none.
 * Errors: those of `readTable` and `proposeFactors`.
 */
export async function openFactors(
  workbench: Workbench,
  { datasetId, roles }: { readonly datasetId: string; readonly roles: readonly RoleAssignment[] },
  options: Options,
  terminal: Terminal,
): Promise<FactorPlan | null> {
  const path = options.text('factors');
  if (path === undefined) return null;
  const context = createCommandContext();
  const choices = readFactorChoices(options);
  const request = { datasetId, file: await openDatasetFile(path), overrides: readFactorDialect(options) };
  reportFactorsReading(await workbench.run('read-factors', request, context), terminal);
  const start = options.text('start');
  const used = start === undefined ? roles : assignRole(roles, start, 'start');
  return workbench.run('propose-factors', { datasetId, roles: used, choices }, context);
}

/** What a model asks for, and how it joins a second file. */
interface ModelInputs {
  readonly factors?: FactorPlan;
  readonly features: readonly { readonly name: string }[];
}

/**
 * Opens the second file that a command names for a model, beside the outages. Throws `model-columns-missing` with the columns of
 * the model's join that the file lacks.
 */
export async function openFactorsForModel(
  workbench: Workbench,
  datasetId: string,
  { factors: plan, features }: ModelInputs,
  options: Options,
  terminal: Terminal,
): Promise<void> {
  const path = options.text('factors');
  if (path === undefined) return;
  const { t } = terminal.words;
  const asked = plan?.values.filter(({ column }) => features.some(({ name }) => name === column)) ?? [];
  if (plan === undefined || asked.length === 0) {
    return tell(terminal, [t(plan === undefined ? 'factors.notAsked' : 'factors.onlyUsual')]);
  }
  const choices = readFactorChoices(options);
  const request = {
    datasetId,
    file: await openDatasetFile(path),
    overrides: readFactorDialect(options),
    choices,
  };
  const summary = await workbench.run('read-factors', request, createCommandContext());
  reportFactorsReading(summary, terminal);
  const { columns } = summary;
  const { date, key, values } = planFor({ choices }, plan);
  const names = [date, ...(key ? [key.factors] : []), ...values.map(({ factor }) => factor)];
  const missing = [...new Set(names)].filter((name) => !columns.some((column) => column.name === name));
  if (missing.length > 0) {
    throw new AppError('model-columns-missing', `Columns missing in ${path}: ${missing.join(', ')}`, {
      columns: missing,
    });
  }
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
