import type { JobContext } from '#base/job-context.ts';
import { type CellRow, readCell } from '#data/cell.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { FittedModel } from '#models/regressor.ts';
import { compareScenarios } from '#planning/doubt/compare-scenarios.ts';
import type { CompareRequest } from '#planning/doubt/contract.ts';
import { growWorlds, N_WORLDS } from '#planning/doubt/worlds.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import type { ScenarioComparison } from './contract.ts';
import { readCases } from './read-cases.ts';

/** Grown once a model: all but the first comparison are answered at once, and one that was cancelled goes on. */
const worldsOf = new WeakMap<ModelAtWork, FittedModel[]>();

/** Scenarios side by side, of a request or of the rows of a file. Errors: those of `compareScenarios`, `model-columns-missing`. */
export async function compare(
  open: ModelAtWork,
  dataset: OpenDataset | null,
  request: Omit<CompareRequest, 'cases'> & Partial<Pick<CompareRequest, 'cases'>>,
  context: JobContext,
): Promise<ScenarioComparison> {
  const { cases = dataset ? readCases(open, dataset) : [] } = request;
  const asked = { ...request, cases };
  // What cannot be compared is said before the worlds are grown.
  compareScenarios(open, [], asked);
  const grown = worldsOf.get(open) ?? [];
  worldsOf.set(open, grown);
  const worlds = cases.length < 2 ? [] : await growWorlds(open, context, N_WORLDS, grown);
  return {
    ...compareScenarios(open, worlds, asked),
    names: dataset ? readNames(open, dataset) : cases.map(() => null),
  };
}

function readNames({ description }: ModelAtWork, { cleaned }: OpenDataset): (string | null)[] {
  const known = new Set([...description.roles.map(({ column }) => column), description.target.name]);
  const { columns, nRows } = cleaned.table;
  const naming = columns.find(({ name }) => !known.has(name));
  return Array.from({ length: nRows }, (_, row) => {
    const cell: CellRow[number] = naming ? readCell(naming, row) : null;
    return cell === null ? null : String(cell);
  });
}
