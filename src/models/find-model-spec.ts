import type { FittedModel, ModelSpec } from './regressor.ts';

/** How the model was fitted. A file tells the members of a blend by what they have become. */
export function findModelSpec({ spec, encoder, state }: FittedModel): ModelSpec {
  if (state.family !== 'blend') return spec;
  const members = state.members.map(({ weight, name, scale, state: member }) => {
    const unit =
      member.family === 'median-per-class' ? encoder.features[member.featureIndex]?.name : undefined;
    const own = name === 'median-per-unit' && unit !== undefined ? { classFeature: unit } : {};
    return { weight, spec: { ...spec, name, scale, ...own } };
  });
  return { ...spec, members };
}
