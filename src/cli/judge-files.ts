import { createWorkbench } from '#jobs/workbench.ts';
import type { JudgeModels } from '#pipeline/steps/decide.ts';

/** Stands in until the gate is there. */
export const judgeFiles: JudgeModels = async (old, next, test, context) => {
  const workbench = createWorkbench();
  await workbench.run('read-dataset', { datasetId: 'data', file: test, overrides: {} }, context);
  const score = async (bytes: Uint8Array) => {
    const text = new TextDecoder().decode(bytes);
    await workbench.run('open-model', { modelId: 'model', text }, context);
    const { mae, rmse, bias, rows, target } = await workbench.run(
      'evaluate',
      { modelId: 'model', datasetId: 'data', today: Date.now() },
      context,
    );
    return { mae, mse: rmse ** 2, bias, pinball: null, rows, target };
  };
  const [before, after] = [await score(old), await score(next)];
  const isBetter = after.mae < before.mae && after.mse < before.mse;
  const { rows, target, ...errors } = after;
  const { rows: _, target: __, ...oldErrors } = before;
  return {
    verdict: isBetter ? 'proven-better' : 'not-better',
    deploy: isBetter,
    n: rows.kept,
    unit: target.unit,
    old: oldErrors,
    new: errors,
    difference: { value: after.mae - before.mae, low: after.mae - before.mae, high: after.mae - before.mae },
    test: null,
    nUnits: null,
    tolerance: null,
    needed: null,
    guardrails: [],
    rows: {
      read: rows.read,
      finished: rows.kept,
      underWay: 0,
      learntByOld: 0,
      learntByNew: 0,
      unanswered: 0,
    },
    seed: 1,
  };
};
