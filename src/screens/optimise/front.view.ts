import type { Point } from '#charts/plot-points.ts';
import type { CellRow } from '#data/cell.ts';
import type { OptimiseAnswer } from '#jobs/planning/contract.ts';
import type { Translate } from '#language/words.ts';

/** The front with the present case and the plan on it; `row` of a point is its place in `cells`. */
export function viewFront(
  { plan, base }: Pick<OptimiseAnswer, 'plan' | 'base'>,
  front: NonNullable<OptimiseAnswer['front']>,
  t: Translate,
): { readonly points: readonly Point[]; readonly cells: readonly CellRow[] } {
  const marked = [
    { of: base, group: 1, label: t('optimise.present') },
    { of: plan, group: 2, label: t('optimise.proposed') },
  ].flatMap(({ of, group, label }) =>
    of === null || of.p80 === null || of.leverCost === null
      ? []
      : [{ cells: of.cells, leverCost: of.leverCost, p80: of.p80, group, label }],
  );
  const all = [
    ...front.plans.map((each) => ({ ...each, group: 0, label: t('optimise.front.plan') })),
    ...marked,
  ];
  return {
    cells: all.map(({ cells }) => cells),
    points: all.map(({ leverCost, p80, group, label }, row) => ({ x: leverCost, y: p80, group, label, row })),
  };
}
