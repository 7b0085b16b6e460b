import { findUnitColumn } from '#data/unit-column.ts';
import { type Candidates, type CandidateSettings, listCandidates } from '#models/candidates.ts';
import { isPlanned } from '#models/plan.ts';
import { listExpected } from './expected-columns.ts';
import { listPastFeatures, type TrainingSet } from './training-set.ts';

/** What a training on these outages compares: their unit, their plans and their past decide with the settings. */
export function findCandidates(
  set: TrainingSet,
  settings: Pick<
    CandidateSettings,
    'hyperparameters' | 'forest' | 'init' | 'scale' | 'seed' | 'isExportable'
  >,
): Candidates {
  const { outages, roles, horizon } = set;
  const { hyperparameters, forest, init, scale, seed, isExportable } = settings;
  return listCandidates(outages.target, {
    hyperparameters,
    ...(forest && { forest }),
    ...(isExportable && { isExportable }),
    init,
    scale,
    seed,
    horizon,
    unitFeature: findUnitColumn(outages.features, roles),
    planFeature: outages.announcedFeature,
    nPlanned: outages.announced?.filter(isPlanned).length ?? 0,
    pastFeatures: listPastFeatures(set),
    expected: listExpected(set).map(({ column, direction }) => ({ feature: column, direction })),
  });
}
