import type { TunedTrial, TuneResult } from '#jobs/tuning/contract.ts';

/** What `tune --json` prints; README.md explains the names. */
export function toTuningJson(result: TuneResult) {
  const {
    method,
    target,
    nRows,
    nFolds,
    trials,
    best,
    chosen,
    gain,
    corrected,
    importance,
    outer,
    stopReason,
  } = result;
  const { mae, low, high, probabilityDefaultAsGood } = corrected;
  return {
    method,
    target: target.name,
    unit: target.unit,
    n: nRows,
    folds: nFolds,
    best: describe(best),
    default: describe(result.default),
    gain: { mae: gain.value, se: gain.standardError, n: gain.nRows },
    corrected: { mae, low, high },
    probabilityDefaultAsGood,
    chosen,
    trials: trials.map(({ number, configuration, state, foldMae, mae: ofTrial, secondMae, seconds }) => ({
      number,
      settings: configuration,
      folds: foldMae,
      mae: ofTrial,
      secondMae,
      seconds,
      state,
    })),
    importance,
    outer,
    stopReason,
    seconds: result.seconds,
  };
}

function describe({ number, settings, configuration, mae, standardError, secondMae }: TunedTrial) {
  const { family, model, scale, hyperparameters } = settings;
  const init = settings.family === 'forest' ? {} : { init: settings.init };
  return {
    trial: number,
    settings: { family, model, ...init, scale, hyperparameters },
    tried: configuration,
    mae,
    se: standardError,
    secondMae,
  };
}
