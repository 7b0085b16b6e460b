import type { AppState, DatasetState, ModelOnShow } from './state.ts';

/** The state's model, marked stale where the open data are no longer those it was trained on, read and used alike. */
export function refreshStaleness({ dataset, model }: AppState): Partial<AppState> {
  if (!model) return {};
  const isStale = dataset !== null && isTrainedOnOther(model, dataset);
  return isStale === model.isStale ? {} : { model: { ...model, isStale } };
}

/** Until it is known what the roles give, a model of these data is what it was. */
function isTrainedOnOther({ result, isStale }: ModelOnShow, dataset: DatasetState): boolean {
  if (!result) return false;
  const { id, preparation, recipe, cleaning } = dataset;
  if (result.datasetId !== id) return true;
  if (!preparation) return isStale;
  const before = new Map(result.roles.map((assignment) => [assignment.column, assignment]));
  const isUnitOther = preparation.target !== null && preparation.target.unit !== result.target.unit;
  const applied = recipe.present.steps.filter(({ id: step }) =>
    cleaning.report.some((entry) => entry.id === step && entry.status === 'applied'),
  );
  const actions = applied.map(({ action }) => action);
  const trainedOn = result.cleaning.map(({ action }) => action);
  return (
    isUnitOther ||
    preparation.roles.some(
      ({ column, role, knownWhen, expected }) =>
        role !== before.get(column)?.role ||
        knownWhen !== before.get(column)?.knownWhen ||
        expected !== before.get(column)?.expected,
    ) ||
    JSON.stringify(actions) !== JSON.stringify(trainedOn)
  );
}
