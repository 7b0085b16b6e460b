import { AppError } from '#base/errors.ts';
import { createPacer, type JobContext } from '#base/job-context.ts';
import { mean, sampleDeviation } from '#base/statistics.ts';
import { measurePairedLoss } from '#evaluation/selection.ts';
import { proposeByModel } from './bayesian-proposer.ts';
import { isBetter, isBorneOut } from './choose-settings.ts';
import type { EvaluateFolds, StopReason, Study, StudyResult, Trial } from './contract.ts';
import { correctError } from './corrected-error.ts';
import { proposeFromGrid } from './grid-proposer.ts';
import { rankHyperparameters } from './hyperparameter-importance.ts';
import { traceMarginals } from './marginal-curves.ts';
import type { Method, Propose, SeenTrial } from './proposer.ts';
import { proposeAtRandom } from './random-proposer.ts';
import { hasLost } from './racing.ts';
import { type Configuration, countConfigurations, keyOf } from './search-space.ts';
import { checkStudy, identifyStudy } from './study-identity.ts';
import { type FoldRequest, readErrors, type TrialLog, writeErrors } from './trial-log.ts';

const proposers: Readonly<Record<Method, Propose>> = {
  grid: proposeFromGrid,
  random: proposeAtRandom,
  bayes: proposeByModel,
};

/** Trials begun together: a fixed number, so that the same are proposed however many threads there are. */
const together: Readonly<Record<Method, number>> = { grid: 18, random: 8, bayes: 2 };

/** Folds of the first repetition that are done one by one, with a race after each. */
const RACED_FOLDS = 3;

interface RunningTrial {
  readonly number: number;
  readonly configuration: Configuration;
  readonly isStart: boolean;
  state: 'complete' | 'dropped';
  /** By repetition: absolute errors by row, NaN where not judged. */
  readonly errors: Float64Array[];
  readonly foldMae: number[];
  seconds: number;
}

/**
 * Searches settings by cross-validation: the starts first, then what the method proposes, raced fold by fold against the best so far, which
 * a challenger replaces only if it is also better on a second repetition of the folds. At last the default is kept unless the best is worth
 * leaving it for (`choose-settings.ts`).
 *
 * L1 The log decides nothing: a study that was interrupted and goes on with its log gives the result of one that was not (but for its
 * deadline), as what is found there is not done again. L2 The same with any number of threads. When `context.stop` aborts, trials finished so
 * far count. Throws `invalid-setting` for a space without configurations or without starts, `other-study` for another study's log, `cancelled`.
 */
export async function runStudy(
  study: Study,
  evaluate: EvaluateFolds,
  log: TrialLog,
  context: JobContext,
): Promise<StudyResult> {
  checkSpace(study);
  const evaluateLogged = await rememberInLog(study, evaluate, log);
  const { space, method, seed, starts, nTrials } = study;
  const pace = createPacer(context);
  const trials: RunningTrial[] = [];
  let incumbent: RunningTrial | null = null;
  let stopReason: StopReason = 'trials';
  tell();
  while (trials.length < nTrials || trials.length < starts.length) {
    const batch = proposeBatch();
    if (batch.length === 0) {
      stopReason = 'exhausted';
      break;
    }
    const begun = context.now();
    const isDone = await judgeBatch(batch);
    for (const trial of batch) trial.seconds = (context.now() - begun) / 1000 / batch.length;
    if (!isDone) {
      trials.push(...batch.filter(({ foldMae }) => foldMae.length === study.folds.testRows[0]?.length));
      stopReason = 'stopped';
      break;
    }
    trials.push(...batch);
    tell();
    if (context.stop.aborted) {
      stopReason = 'stopped';
      break;
    }
    if (study.deadline !== undefined && context.now() >= study.deadline) {
      stopReason = 'minutes';
      break;
    }
  }
  return summarise(study, trials, incumbent, stopReason);

  function proposeBatch(): RunningTrial[] {
    if (trials.length < starts.length) return starts.map((configuration, i) => begin(i, configuration, true));
    const batch: RunningTrial[] = [];
    const room = Math.min(together[method], nTrials - trials.length);
    for (let i = 0; i < room; i++) {
      const seen = [...trials.map(see), ...batch.map(({ configuration }) => ({ configuration, value: NaN }))];
      const number = trials.length + i;
      const configuration = proposers[method](space, seed, number - starts.length, seen);
      if (configuration === null) break;
      batch.push(begin(number, configuration, false));
    }
    return batch;
  }

  function begin(number: number, configuration: Configuration, isStart: boolean): RunningTrial {
    const errors = study.folds.testRows.map(() => new Float64Array(study.folds.nRows).fill(NaN));
    return { number, configuration, isStart, state: 'complete', errors, foldMae: [], seconds: 0 };
  }

  /** Its error; of a trial that lost a race, with the incumbent's on the rows that it did not see. */
  function see({ configuration, state, errors }: RunningTrial): SeenTrial {
    const own = errors[0];
    const value =
      state === 'complete' || !incumbent
        ? meanKnown(own)
        : meanKnown(
            own.map((error, row) =>
              Number.isNaN(error) ? (incumbent as RunningTrial).errors[0][row] : error,
            ),
          );
    return { configuration, value };
  }

  /** False where a stop came before its end. */
  async function judgeBatch(batch: readonly RunningTrial[]): Promise<boolean> {
    const nFolds = study.folds.testRows[0]?.length ?? 0;
    for (let fold = 0; fold < nFolds;) {
      const isRaced = incumbent !== null && method !== 'grid' && fold < RACED_FOLDS;
      const until = isRaced ? fold + 1 : nFolds;
      const running = batch.filter(({ state }) => state === 'complete');
      if (!(await judge(running, 0, fold, until))) return false;
      fold = until;
      if (fold === nFolds || !incumbent) continue;
      for (const trial of running) {
        if (hasLost(trial.errors[0], incumbent.errors[0])) trial.state = 'dropped';
      }
    }
    for (const trial of batch) {
      if (trial.state === 'complete' && !(await challenge(trial))) return false;
      await pace();
    }
    return true;
  }

  async function challenge(trial: RunningTrial): Promise<boolean> {
    if (!incumbent) {
      incumbent = trial;
      return true;
    }
    if (!(meanKnown(trial.errors[0]) < meanKnown(incumbent.errors[0]))) return true;
    const nFolds = study.folds.testRows[1]?.length ?? 0;
    if (!(await judge([incumbent, trial].filter(isUnjudged), 1, 0, nFolds))) return false;
    if (meanOfAll(trial) < meanOfAll(incumbent)) incumbent = trial;
    return true;
  }

  async function judge(
    running: readonly RunningTrial[],
    repetition: number,
    from: number,
    to: number,
  ): Promise<boolean> {
    const requests = running.flatMap(({ configuration }) =>
      Array.from({ length: to - from }, (_, i) => ({ configuration, repetition, fold: from + i })),
    );
    if (requests.length === 0) return true;
    const results = await evaluateLogged(requests);
    if (results.some((errors) => errors === null)) return false;
    requests.forEach(({ fold }, i) => {
      const trial = running[Math.floor(i / (to - from))];
      const errors = results[i] as Float64Array;
      const rows = study.folds.testRows[repetition]?.[fold];
      rows.forEach((row, at) => (trial.errors[repetition][row] = errors[at]));
      if (repetition === 0) trial.foldMae.push(mean(errors));
    });
    return true;
  }

  function tell(): void {
    const score = incumbent ? { score: meanKnown(incumbent.errors[0]) } : {};
    const total = Math.min(nTrials, countConfigurations(space));
    context.onProgress({ phase: 'cross-validating', done: trials.length, total, ...score });
  }
}

function isUnjudged({ errors }: RunningTrial): boolean {
  return errors.length > 1 && errors[1].every(Number.isNaN);
}

function meanKnown(errors: Float64Array): number {
  return mean(errors.filter((error) => !Number.isNaN(error)));
}

/** Over the repetitions that it was judged on, row by row. */
function joinRepetitions({ errors }: RunningTrial): Float64Array {
  const [first, second] = errors;
  if (!second) return first;
  return first.map((error, row) =>
    Number.isNaN(second[row]) ? error : Number.isNaN(error) ? second[row] : (error + second[row]) / 2,
  );
}

function meanOfAll(trial: RunningTrial): number {
  return meanKnown(joinRepetitions(trial));
}

function checkSpace({ space, starts, nTrials, folds }: Study): void {
  const reject = (name: string, value: number, problem: string): never => {
    throw new AppError('invalid-setting', problem, { name, value });
  };
  if (!(nTrials >= 1)) reject('trials', nTrials, `${nTrials} trials are none`);
  if (!(countConfigurations(space) >= 1)) reject('space', 0, 'the space holds no configuration');
  if (starts.length === 0) reject('starts', 0, 'a study needs settings to start from');
  if ((folds.testRows[0]?.length ?? 0) < 2)
    reject('folds', folds.testRows[0]?.length ?? 0, 'a study needs two folds');
}

/** The evaluation, through the log: what stands there is read, what is done is written before it counts. */
async function rememberInLog(study: Study, evaluate: EvaluateFolds, log: TrialLog): Promise<EvaluateFolds> {
  const { space } = study;
  const identity = identifyStudy(study);
  const events = await log.read();
  checkStudy(events, identity);
  if (events.length === 0) await log.append({ kind: 'begun', study: identity });
  const nameOf = ({ configuration, repetition, fold }: FoldRequest) =>
    `${repetition}/${fold}/${keyOf(space, configuration)}`;
  const known = new Map<string, string>();
  for (const event of events) if (event.kind === 'scored') known.set(nameOf(event), event.errors);
  return async (requests) => {
    const missing = requests.filter((request) => !known.has(nameOf(request)));
    const done = missing.length === 0 ? [] : await evaluate(missing);
    const told = missing.flatMap((request, i) => {
      const errors = done[i];
      return errors ? [{ ...request, errors: writeErrors(Float32Array.from(errors)) }] : [];
    });
    await Promise.all(told.map((each) => log.append({ kind: 'scored', ...each })));
    for (const { errors, ...request } of told) known.set(nameOf(request), errors);
    // What counts is what the log holds: rounded to 32 bits, done now or before.
    return requests.map((request) => {
      const text = known.get(nameOf(request));
      return text === undefined ? null : Float64Array.from(readErrors(text));
    });
  };
}

function summarise(
  study: Study,
  trials: readonly RunningTrial[],
  incumbent: RunningTrial | null,
  stopReason: StopReason,
): StudyResult {
  const complete = trials.filter(({ state }) => state === 'complete');
  const starts = complete.filter(({ isStart }) => isStart);
  const [usual] = starts.toSorted((a, b) => meanKnown(a.errors[0]) - meanKnown(b.errors[0]));
  if (!usual) throw new AppError('cancelled', 'stopped before the default was judged');
  const best = incumbent !== null && trials.includes(incumbent) ? incumbent : usual;
  const [usualErrors, bestErrors] = [joinRepetitions(usual), joinRepetitions(best)];
  const gain =
    best === usual
      ? {
          difference: 0,
          standardError: 0,
          nSamples: usualErrors.filter((error) => !Number.isNaN(error)).length,
        }
      : measurePairedLoss(usualErrors, bestErrors);
  const judgedRows = Array.from(usual.errors[0].keys()).filter((row) => !Number.isNaN(usual.errors[0][row]));
  const columns = [usual, ...complete.filter((trial) => trial !== usual)].map(({ errors }) =>
    Float64Array.from(judgedRows, (row) => errors[0][row]),
  );
  const groups = study.groups
    ? Int32Array.from(judgedRows, (row) => (study.groups as Int32Array)[row])
    : null;
  const corrected = correctError(columns, study.seed, groups);
  const isTuned =
    best !== usual &&
    isBetter(usualErrors, bestErrors, meanKnown(usualErrors)) &&
    isBorneOut(corrected.probabilityDefaultAsGood);
  return {
    trials: trials.map(describeTrial),
    default: usual.number,
    best: best.number,
    chosen: isTuned ? 'tuned' : 'default',
    gain: { value: gain.difference, standardError: gain.standardError, nRows: gain.nSamples },
    corrected,
    importance: findImportance(study, complete),
    stopReason,
  };
}

function findImportance(
  { space, seed }: Study,
  complete: readonly RunningTrial[],
): StudyResult['importance'] {
  const trials = complete.map(({ configuration, errors }) => ({ configuration, mae: meanKnown(errors[0]) }));
  const ranked = rankHyperparameters(space, trials, seed);
  if (ranked === null) return null;
  const curves = traceMarginals(space, trials, seed);
  return ranked.map((each) => ({ ...each, curve: curves.get(each.name) ?? [] }));
}

function describeTrial(trial: RunningTrial): Trial {
  const { number, configuration, isStart, state, foldMae, errors, seconds } = trial;
  const known = errors[0].filter((error) => !Number.isNaN(error));
  return {
    number,
    configuration,
    isStart,
    state,
    foldMae,
    mae: mean(known),
    standardError: sampleDeviation(known) / Math.sqrt(known.length),
    secondMae: errors.length < 2 || isUnjudged(trial) ? null : meanKnown(errors[1]),
    seconds,
  };
}
