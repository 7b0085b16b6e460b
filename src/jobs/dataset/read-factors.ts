import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { readTable } from '#data/csv/read-table.ts';
import type { FactorPlan } from '#data/factors/factor-plan.ts';
import { type FactorChoices, proposeFactors } from '#data/factors/propose-factors.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { FactorsFile, FactorsSummary } from './contract.ts';
import { toByteSource } from './file-source.ts';
import type { OpenDataset, OpenFactors } from './open-dataset.ts';

/** Reads a second file as the first one is read. Errors: those of `readTable`, `file-unreadable`. */
export async function readFactors(
  { file, overrides, choices = {} }: FactorsFile,
  context: JobContext,
): Promise<{ readonly open: OpenFactors; readonly summary: FactorsSummary }> {
  const { table, dialect, evidence, ledger, unread, preview } = await readTable(
    toByteSource(file),
    overrides,
    context,
  );
  return {
    open: { name: file.name, table, choices },
    summary: {
      name: file.name,
      nRows: table.nRows,
      dialect,
      questions: evidence.filter(({ isAmbiguous }) => isAmbiguous),
      headerLines: preview.headerLines,
      ledger,
      unread,
      columns: table.columns.map(({ name, type }) => ({ name, type })),
    },
  };
}

/** How the open second file is to be joined to the outages. Errors: those of `proposeFactors`. */
export function proposeFactorsFor(
  { read, factors }: OpenDataset,
  roles: readonly RoleAssignment[],
  choices: FactorChoices,
): FactorPlan {
  if (factors === null) {
    throw new AppError('invalid-setting', 'no file of factors is open', { name: 'factors', value: null });
  }
  return proposeFactors(read.table, roles, factors, choices);
}
