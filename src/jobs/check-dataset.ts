import type { JobContext } from '#base/job-context.ts';
import { createPacer } from '#base/job-context.ts';
import { checkQualityInSteps } from '#data/quality/check-quality.ts';
import { findCleanedRoles } from './clean-dataset.ts';
import type { CheckQualityRequest, QualityFindings } from './dataset.ts';
import type { OpenDataset } from './open-dataset.ts';

/** What there is to say of the table as the recipe left it, gravest first. Rows are rows of the file. */
export function checkDataset(
  dataset: OpenDataset,
  { roles, today }: CheckQualityRequest,
  context: JobContext,
): Promise<QualityFindings> {
  const { table, rowOrigins } = dataset.cleaned;
  const pace = createPacer(context);
  return checkQualityInSteps(
    table,
    findCleanedRoles(dataset, roles).roles,
    { now: today, rowOrigins },
    (done, total) => pace(() => ({ phase: 'preparing', done, total })),
  );
}
