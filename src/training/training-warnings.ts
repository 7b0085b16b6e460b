import type { OutageSet } from '#data/outages.ts';
import type { SpecId } from '#models/model-spec.ts';
import type { FittedModel } from '#models/regressor.ts';
import type { ModelScore, ResolvedSettings, TrainingResult, TrainingWarning } from './contract.ts';

/** Below these, what is said of a model may change with a handful of other outages. */
const FEW_ROWS = 50;
const FEW_TEST_ROWS = 30;

interface Facts {
  readonly outages: OutageSet;
  readonly settings: ResolvedSettings;
  readonly models: readonly ModelScore[];
  readonly chosen: SpecId;
  readonly model: FittedModel;
  readonly isLogScaleOffered: boolean;
  readonly isStopped: boolean;
  readonly isTooOpen: boolean;
  readonly expectedInVain: readonly string[];
  readonly testRows: Int32Array;
}

/**
 * The unit or site, the one of most labels, that random folds part: then the outages of one stand on both sides, which
 * flatters the score for those never seen. Null where folds are not random, or too few labels come back to part them.
 */
function findRepeated(
  { groups, rows }: OutageSet,
  { split, folds }: ResolvedSettings,
): { readonly column: string; readonly nLabels: number } | null {
  if (split.kind !== 'random' && split.kind !== 'stratified') return null;
  const repeated = groups
    .map(({ name, codes }) => ({ column: name, nLabels: new Set(codes.filter((code) => code >= 0)).size }))
    .filter(({ nLabels }) => nLabels > folds && 2 * nLabels <= rows.length)
    .sort((a, b) => b.nLabels - a.nLabels);
  return repeated[0] ?? null;
}

/** What a careful reader of the result should know. */
export function listWarnings(facts: Facts): TrainingResult['warnings'] {
  const { outages, settings, models, model, testRows } = facts;
  const nKept = outages.rows.length;
  const nWithoutStart = outages.start?.filter(Number.isNaN).length ?? 0;
  const chosen = models.find(({ id }) => id === facts.chosen);
  const median = models.find(({ name }) => name === 'median');
  const warnings: TrainingResult['warnings'][number][] = [];
  const warn = (code: TrainingWarning, details: TrainingResult['warnings'][number]['details'] = {}) =>
    void warnings.push({ code, details });

  if (facts.isStopped) warn('stopped-early');
  if (facts.isTooOpen) warn('too-many-under-way', { n: outages.underWay.rows.length });
  if (nKept < FEW_ROWS) warn('few-rows', { nRows: nKept });
  if (testRows.length < FEW_TEST_ROWS) warn('few-test-rows', { nRows: testRows.length });
  if (settings.scale === 'auto' && !facts.isLogScaleOffered) warn('log-scale-not-possible');
  if (settings.split.kind === 'time' && nWithoutStart > 0)
    warn('rows-without-start', { nRows: nWithoutStart });
  const repeated = findRepeated(outages, settings);
  if (repeated) warn('groups-repeat', repeated);
  for (const { feature, nCategories, nKept: nCategoriesKept } of model.encoder.notes) {
    warn('categories-merged', { feature, nCategories, nKept: nCategoriesKept });
  }
  if (facts.expectedInVain.length > 0) warn('expected-in-vain', { columns: facts.expectedInVain.join(', ') });
  if (chosen && median && chosen.test.mae >= median.test.mae) {
    warn('no-better-than-median', { mae: chosen.test.mae, median: median.test.mae });
  }
  return warnings;
}
