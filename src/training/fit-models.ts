import type { JobContext } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import { type NoiseFittedModel, noiseNames } from '#explain/noise-features.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import { createFittedModel, type FittedModel, fitModel, type ModelSpec } from '#models/regressor.ts';
import { type FitRequest, fitRows } from './fit-rows.ts';
import { withGrace } from './grace.ts';
import { isReference } from './model-scores.ts';
import { type Samples, selectSamples } from './training-set.ts';

/** The fits that follow the comparison. */
export interface FinalFits {
  /** Every candidate on the training rows, for the test scores; after a stop those that are done or cost nothing. */
  readonly fitted: ReadonlyMap<ModelName, FittedModel>;
  readonly chosen: FittedModel;
  /** The chosen one with columns of chance, on the training rows; null where a stop came before. */
  readonly withNoise: NoiseFittedModel | null;
  /** The chosen one on every kept row: what will predict; null where a stop came before. */
  readonly whole: FittedModel | null;
}

const TRAINING = 0;
const ALL = 1;

/**
 * Fits the chosen model first — it is fitted whatever happens, with a few seconds of grace after a stop — then what
 * takes as long as it, then the other candidates.
 */
export async function fitFinalModels(
  chosen: ModelSpec,
  specs: readonly ModelSpec[],
  outages: Samples,
  trainRows: Int32Array,
  context: JobContext,
): Promise<FinalFits> {
  const { features, target } = outages;
  const all = Int32Array.from(target, (_, row) => row);
  const singles = chosen.members?.map(({ spec }) => spec) ?? [chosen];
  const others = specs.filter((spec) => !spec.members && !singles.includes(spec));
  const noise = { names: noiseNames, seed: chosen.seed };
  const requests: readonly FitRequest[] = [
    ...singles.map((spec) => ({ spec, subset: TRAINING, hasGrace: true })),
    ...singles.map((spec) => ({ spec, subset: ALL })),
    ...singles.map((spec) => ({ spec, subset: TRAINING, noise })),
    ...others.map((spec) => ({ spec, subset: TRAINING })),
  ];
  const states = await runParts(fitRows, { features, target, subsets: [trainRows, all] }, requests, context, {
    onProgress: (done, index) => {
      const model = requests[index]?.spec.name;
      context.onProgress({ phase: 'scoring', done, total: requests.length, ...(model && { model }) });
    },
  });
  const collect = (isWanted: (request: FitRequest) => boolean): Map<ModelName, FittedModel> =>
    new Map(
      requests.flatMap((request, i) => {
        const fit = states[i];
        if (!fit || !isWanted(request)) return [];
        return [[request.spec.name, createFittedModel(request.spec, fit.encoder, fit.state)]];
      }),
    );

  const fitted = collect(({ subset, noise }) => subset === TRAINING && !noise);
  const training = selectSamples(outages, trainRows);
  // After a stop those are missing that cost nothing, and members of a blend may be.
  for (const spec of specs) {
    if (fitted.has(spec.name) || !(isReference(spec.name) || singles.includes(spec))) continue;
    fitted.set(spec.name, await fitModel(spec, training.features, training.target, {}, withGrace(context)));
  }
  const assemble = async (spec: ModelSpec, from: ReadonlyMap<ModelName, FittedModel>) => {
    if (!spec.members) return from.get(spec.name) ?? null;
    const isWhole = spec.members.every((member) => from.has(member.spec.name));
    // Its members are given: this fits nothing.
    return isWhole ? fitModel(spec, features, target, { fitted: from }, context) : null;
  };
  for (const blend of specs.filter(({ members }) => members)) {
    const model = await assemble(blend, fitted);
    if (model) fitted.set(blend.name, model);
  }
  const withNoise = await assemble(
    chosen,
    collect((request) => request.noise !== undefined),
  );
  return {
    fitted,
    chosen: fitted.get(chosen.name) as FittedModel,
    withNoise: withNoise && { model: withNoise, names: noiseNames },
    whole: await assemble(
      chosen,
      collect(({ subset }) => subset === ALL),
    ),
  };
}
