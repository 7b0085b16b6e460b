import { type JobContext, type Progress, createPacer } from '#base/job-context.ts';
import { runInSlices } from '#base/slices.ts';
import { checkQualityInSlices } from '#data/quality/check-quality.ts';
import { findCleanedRoles } from './clean-dataset.ts';
import type { CheckQualityRequest, QualityFindings } from './contract.ts';
import { findManyMerged } from './many-merged.ts';
import type { OpenDataset } from './open-dataset.ts';

/** What there is to say of the table as the recipe left it, gravest first. Rows are rows of the file. */
export async function checkDataset(
  dataset: OpenDataset,
  { roles, today }: CheckQualityRequest,
  context: JobContext,
): Promise<QualityFindings> {
  const { table, rowOrigins } = dataset.cleaned;
  const pace = createPacer(context);
  let progress: Progress = { phase: 'checking', done: 0, total: 1 };
  const used = findCleanedRoles(dataset, roles).roles;
  const onCheck = (done: number, total: number) => {
    progress = { phase: 'checking', done, total };
  };
  const findings = await runInSlices(
    checkQualityInSlices(table, used, { now: today, rowOrigins }, onCheck),
    () => pace(() => progress),
  );
  return [...findManyMerged(dataset), ...findings];
}
