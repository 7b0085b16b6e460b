import { canBeDirected, type ExpectedColumn } from '#data/roles.ts';
import { findColumn } from '#data/table.ts';
import type { TrainingSet } from './training-set.ts';

type Directed = Pick<TrainingSet, 'roles' | 'outages'>;

/** Directions that answers are to keep: of columns whose numbers are learnt from as they are. */
export function listExpected({ roles, outages: { features } }: Directed): readonly ExpectedColumn[] {
  return roles.flatMap(({ column, role, expected }) => {
    const feature = findColumn(features, column);
    return expected && feature && canBeDirected(role, feature.type) ? [{ column, direction: expected }] : [];
  });
}

/** Columns of which a direction was expected in vain: they are not learnt from, or hold no numbers. */
export function listExpectedInVain(set: Directed): readonly string[] {
  const kept = new Set(listExpected(set).map(({ column }) => column));
  return set.roles.flatMap(({ column, expected }) => (expected && !kept.has(column) ? [column] : []));
}
