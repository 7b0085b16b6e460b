import type { JobContext } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import { forecastDurations, type ModelForecasts } from '#evaluation/intervals/model-forecast.ts';
import type { Fold } from '#evaluation/splits.ts';
import { type NoiseFittedModel, noiseNames } from '#explain/noise-features.ts';
import { isReference } from '#models/model-catalogue.ts';
import { listMembers, type ModelSpec, type SpecId } from '#models/model-spec.ts';
import { assembleBlend, createFittedModel, type FittedModel } from '#models/regressor.ts';
import { putSlowFirst } from './fit-order.ts';
import { type FinalFitRequest, fitFinalModel, type FittedState } from './fold-parts.ts';
import { withGrace } from './grace.ts';
import type { SharedFolds } from './shared-folds.ts';
import { type Samples, selectSamples } from './training-set.ts';

/** A model fitted on the training rows, and what it says of the test rows. */
export interface TestedModel {
  readonly model: FittedModel;
  readonly forecasts: ModelForecasts;
}

/** The fits that follow the comparison. */
export interface FinalFits {
  /** Every candidate, by its id; after a stop those that are done or cost nothing. */
  readonly tested: ReadonlyMap<SpecId, TestedModel>;
  readonly chosen: TestedModel;
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
  rows: Fold,
  context: JobContext,
): Promise<FinalFits> {
  const { testRows } = rows;
  const all = Int32Array.from(outages.target, (_, row) => row);
  const samples = selectSamples(outages, all);
  const none = new Int32Array(0);
  const elapsed = samples.underWay?.elapsed;
  const whole = elapsed && { learnt: Int32Array.from(elapsed.keys()), elapsed, judged: none };
  const folds: SharedFolds = {
    ...samples,
    folds: [rows, { trainRows: all, testRows: none, repeat: 0, ...(whole && { underWay: whole }) }],
  };
  const members = listMembers(chosen).map(({ spec }) => spec);
  const singles = members.length > 0 ? members : [chosen];
  const isSingle = ({ id }: ModelSpec) => singles.some((single) => single.id === id);
  const others = putSlowFirst(
    specs.filter((spec) => spec.settings.family !== 'blend' && !isSingle(spec)),
    (spec) => spec,
  );
  const noise = { names: noiseNames, seed: chosen.seed };
  const requests: readonly FinalFitRequest[] = [
    ...singles.map((spec) => ({ spec, fold: TRAINING, hasGrace: true })),
    ...singles.map((spec) => ({ spec, fold: ALL })),
    ...singles.map((spec) => ({ spec, fold: TRAINING, noise })),
    ...others.map((spec) => ({ spec, fold: TRAINING })),
  ];
  const states = await runParts(fitFinalModel, folds, requests, context, {
    onProgress: (done, index) => {
      const model = requests[index]?.spec.name;
      context.onProgress({ phase: 'scoring', done, total: requests.length, ...(model && { model }) });
    },
  });
  const collect = (isWanted: (request: FinalFitRequest) => boolean) =>
    new Map(
      requests.flatMap((request, i) => {
        const fit = states[i];
        return fit && isWanted(request) ? [[request.spec.id, open(request.spec, fit)] as const] : [];
      }),
    );

  const tested = collect(({ fold, noise: own }) => fold === TRAINING && !own);
  // After a stop those are missing that cost nothing, and members of a blend may be.
  for (const spec of specs) {
    if (tested.has(spec.id) || !(isReference(spec.name) || isSingle(spec))) continue;
    const request = { spec, fold: TRAINING };
    tested.set(spec.id, open(spec, await fitFinalModel.run(folds, request, withGrace(context))));
  }
  const test = selectSamples(outages, testRows).features;
  for (const spec of specs.filter(({ settings }) => settings.family === 'blend')) {
    const model = assemble(spec, tested);
    if (model) tested.set(spec.id, { model, forecasts: forecastDurations(model, test) });
  }
  const noisy = assemble(
    chosen,
    collect((request) => request.noise !== undefined),
  );
  return {
    tested,
    chosen: tested.get(chosen.id) as TestedModel,
    withNoise: noisy && { model: noisy, names: noiseNames },
    whole: assemble(
      chosen,
      collect(({ fold }) => fold === ALL),
    ),
  };
}

function open(spec: ModelSpec, { encoder, state, forecasts }: FittedState): TestedModel {
  return {
    model: createFittedModel(spec, encoder, state),
    forecasts: forecasts ?? { predicted: new Float64Array(0) },
  };
}

/** The fitted model of a spec; of a blend where all its members are there. */
function assemble(spec: ModelSpec, fits: ReadonlyMap<SpecId, TestedModel>): FittedModel | null {
  if (spec.settings.family !== 'blend') return fits.get(spec.id)?.model ?? null;
  const members = spec.settings.members.flatMap((member) => fits.get(member.spec.id)?.model ?? []);
  return members.length === spec.settings.members.length ? assembleBlend(spec, members) : null;
}
