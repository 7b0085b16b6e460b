import type { ModelSummary } from '#inference/contract.ts';
import type { ScenarioComparison } from '#jobs/planning/contract.ts';
import { nameCells, valueOf } from '#jobs/planning/case-json.ts';

/** The answer of `compare --json`, as README.md tells it. */
export function writeComparisonJson(
  { scenarios, differences, names, link, nWorlds }: ScenarioComparison,
  { features, target }: Pick<ModelSummary, 'features' | 'target'>,
) {
  return {
    unit: target.unit,
    link,
    nWorlds,
    scenarios: scenarios.map(({ cells, interval, probability, expected, isBest }, i) => ({
      name: names[i] ?? null,
      cells: nameCells(features, cells),
      p10: valueOf(interval.p10),
      p50: valueOf(interval.p50),
      p80: valueOf(interval.p80),
      p90: valueOf(interval.p90),
      expected,
      probability: probability?.probability ?? null,
      best: isBest,
    })),
    differences: differences.map(({ from, to, isIndiscernible, isUnseen, ...figures }) => ({
      from: from + 1,
      to: to + 1,
      indiscernible: isIndiscernible,
      unseen: isUnseen,
      ...figures,
    })),
  };
}
