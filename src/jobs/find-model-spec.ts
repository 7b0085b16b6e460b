import type { FittedModel, ModelSpec } from '#models/regressor.ts';

/** How the model was fitted. A file tells the members of a blend by what they have become. */
export function findModelSpec({ spec, state }: FittedModel): ModelSpec {
  if (state.family !== 'blend') return spec;
  const members = state.members.map(({ weight, name, scale }) => ({
    weight,
    spec: { ...spec, name, scale },
  }));
  return { ...spec, members };
}
