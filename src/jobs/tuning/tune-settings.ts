import { gather } from '#base/arrays.ts';
import { AppError } from '#base/errors.ts';
import { type JobContext, ignoreStop } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import { deriveSeed } from '#base/random.ts';
import { mean } from '#base/statistics.ts';
import type { OutageSet } from '#data/outages.ts';
import { selectRows } from '#data/table.ts';
import { findUnitColumn } from '#data/unit-column.ts';
import type { Fold } from '#evaluation/splits.ts';
import { FEW_OUTAGES } from '#models/candidates.ts';
import type { ModelSpec } from '#models/model-spec.ts';
import { canUseLogScale } from '#models/target-scale.ts';
import type { ResolvedSettings } from '#training/contract.ts';
import { evaluateOnFold } from '#training/fold-parts.ts';
import { openTraining, type OpenedTraining } from '#training/open-training.ts';
import { isComparedByTime, splitFolds } from '#training/row-split.ts';
import { groupByFit, identifyFolds, type SharedFolds } from '#training/shared-folds.ts';
import type { TrainingSource } from '#training/training-set.ts';
import type { EvaluateFolds, Study } from '#tuning/contract.ts';
import { runStudy } from '#tuning/run-study.ts';
import {
  createGrid,
  createSettingsSpace,
  listStarts,
  narrowSpace,
  readConfiguration,
  referenceGrid,
  referenceStart,
  type SettingsSpace,
  toSpec,
} from '#tuning/settings-space.ts';
import type { TrialLog } from '#tuning/trial-log.ts';
import type { TuneRequest, TuneResult } from './contract.ts';

/** Fewer outages than this leave folds that tell settings apart by chance alone. */
const LEAST_TUNED = 40;

/**
 * Searches settings on the training outages of a file, by the way its training would split them, and looks at the test outages once, after the
 * choice. Every event is recorded (`context.record`) before it counts. Cost: a fit per trial and fold that no race cuts short. Throws what
 * `openTraining` and `runStudy` throw, and `too-few-rows`.
 */
export async function tuneSettings(
  source: TrainingSource,
  request: TuneRequest,
  context: JobContext,
): Promise<TuneResult> {
  const startedAt = context.now();
  context.onProgress({ phase: 'preparing', done: 0, total: 1 });
  checkBudget(request);
  const opened = openTraining(source, request);
  const { set, settings, rows } = opened;
  if (rows.trainRows.length < LEAST_TUNED) {
    throw new AppError(
      'too-few-rows',
      `${rows.trainRows.length} outages to tune on; ${LEAST_TUNED} are needed`,
      {
        nRows: rows.trainRows.length,
        minimum: LEAST_TUNED,
      },
    );
  }
  const learnt = selectOutages(set.outages, rows.trainRows);
  const space = openSpace(request, learnt);
  const repetitions = splitTwice(learnt, settings, opened, request.method);
  const shared: SharedFolds = { features: learnt.features, target: learnt.target, folds: repetitions.flat() };
  const { seed } = settings;
  const study: Study = {
    space: { dimensions: space.dimensions },
    method: request.method,
    seed,
    starts: space === referenceGrid ? [referenceStart] : listStarts(space),
    folds: {
      nRows: learnt.target.length,
      testRows: repetitions.map((folds) => folds.map(({ testRows }) => testRows)),
    },
    ...groupByUnit(opened, learnt),
    nTrials: request.nTrials,
    ...(request.minutes !== null && { deadline: startedAt + 60_000 * request.minutes }),
    data: identifyFolds(shared),
  };
  const evaluate = createEvaluator(space, shared, study, context);
  const log = createRecordingLog(request, context);
  const found = await runStudy(study, evaluate, log, context);

  const settle = (number: number) => {
    const trial = found.trials.find((each) => each.number === number);
    if (!trial) throw new TypeError(`no trial ${number}`);
    return { ...trial, settings: readConfiguration(space, trial.configuration) };
  };
  const [usual, best] = [settle(found.default), settle(found.best)];
  const nEarlierLooks = await noteLook(request, found.trials.length, log);
  const [ofDefault = NaN, ofBest = ofDefault] = await scoreOutside(
    [...new Set([usual, best].map((trial) => trial.number))].map((number) =>
      toSpec(settle(number).settings, seed),
    ),
    set.outages,
    rows,
    context,
  );
  const { chosen, gain, corrected, importance, stopReason } = found;
  return {
    method: request.method,
    target: { name: set.outages.targetName, unit: set.outages.unit },
    space: study.space,
    nFolds: repetitions[0]?.length ?? 0,
    nRows: learnt.target.length,
    trials: found.trials.map(({ number }) => settle(number)),
    default: usual,
    best,
    chosen,
    gain,
    corrected,
    importance,
    stopReason,
    outer: { n: rows.testRows.length, default: ofDefault, best: ofBest, nEarlierLooks },
    seconds: (context.now() - startedAt) / 1000,
  };
}

function checkBudget({ nTrials, minutes }: TuneRequest): void {
  const reject = (name: string, value: number) => {
    throw new AppError('invalid-setting', `${name} must be above 0, got ${value}`, { name, value });
  };
  if (!Number.isInteger(nTrials) || nTrials < 1) reject('trials', nTrials);
  if (minutes !== null && !(minutes > 0)) reject('minutes', minutes);
}

function openSpace({ method, preset, space: wanted }: TuneRequest, { target }: OutageSet): SettingsSpace {
  const isFew = target.length < FEW_OUTAGES;
  const whole = createSettingsSpace({ isFew, isLogScaleOffered: canUseLogScale(target) });
  if (preset === 'reference' || (method === 'grid' && wanted === null)) return referenceGrid;
  if (wanted === null) return whole;
  const named = new Map(Object.entries(wanted));
  return method === 'grid' ? createGrid(whole, named) : narrowSpace(whole, named);
}

/** Those of the outages at some positions, none under way. */
function selectOutages(outages: OutageSet, positions: Int32Array): OutageSet {
  const { features, target, rows, start, groups, underWay } = outages;
  return {
    ...outages,
    features: selectRows(features, positions),
    target: gather(target, positions),
    rows: gather(rows, positions),
    start: start && gather(start, positions),
    groups: groups.map((group) => ({ ...group, codes: gather(group.codes, positions) })),
    underWay: { ...underWay, rows: underWay.rows.subarray(0, 0), elapsed: new Float64Array(0) },
  };
}

/** Folds, and other folds of the same outages: another shuffle, or, in time, other blocks. A grid is exhaustive: it has but the first. */
function splitTwice(
  outages: OutageSet,
  settings: ResolvedSettings,
  { set }: OpenedTraining,
  method: TuneRequest['method'],
): readonly (readonly Fold[])[] {
  const split = (changes: Partial<ResolvedSettings>) =>
    splitFolds(outages, { ...settings, repeats: 1, ...changes }, set.horizon).filter(
      ({ repeat }) => repeat === 0,
    );
  const first = split({});
  if (method === 'grid') return [first];
  const isByTime = isComparedByTime(settings, outages.rows.length);
  return [
    first,
    isByTime ? split({ folds: settings.folds + 2 }) : split({ seed: deriveSeed(settings.seed, 1) }),
  ];
}

/** In time, what happened to one unit hangs together. */
function groupByUnit({ set, settings }: OpenedTraining, learnt: OutageSet): { groups?: Int32Array } {
  const name = findUnitColumn(learnt.features, set.roles);
  const column = learnt.features.columns.find((each) => each.name === name);
  if (settings.split.kind !== 'time' || column?.type !== 'category') return {};
  return { groups: Int32Array.from(column.codes) };
}

function createEvaluator(
  space: SettingsSpace,
  shared: SharedFolds,
  { folds, seed }: Study,
  context: JobContext,
): EvaluateFolds {
  const firstOf = folds.testRows.map((_, repetition) =>
    folds.testRows.slice(0, repetition).reduce((sum, { length }) => sum + length, 0),
  );
  return async (requests) => {
    const asked = requests.map(({ configuration, repetition, fold }) => ({
      spec: toSpec(readConfiguration(space, configuration), seed),
      fold: (firstOf[repetition] ?? 0) + fold,
    }));
    const byFold = [...new Set(asked.map(({ fold }) => fold))].sort((a, b) => a - b);
    const parts = byFold.flatMap((fold) => {
      const specs = new Map(
        asked.flatMap((each) => (each.fold === fold ? [[each.spec.id, each.spec] as const] : [])),
      );
      return groupByFit([...specs.values()]).map((group) => ({ specs: group, fold }));
    });
    const results = await runParts(evaluateOnFold, shared, parts, { ...context, onProgress: () => {} });
    const errorsOf = new Map<string, Float64Array>();
    parts.forEach(({ specs, fold }, i) => {
      const rows = shared.folds[fold]?.testRows ?? new Int32Array(0);
      specs.forEach(({ id }, s) => {
        const predicted = results[i]?.[s]?.predicted;
        if (!predicted) return;
        errorsOf.set(
          `${fold} ${id}`,
          Float64Array.from(rows, (row, at) =>
            Math.abs((shared.target[row] ?? NaN) - (predicted[at] ?? NaN)),
          ),
        );
      });
    });
    return asked.map(({ spec, fold }) => errorsOf.get(`${fold} ${spec.id}`) ?? null);
  };
}

function createRecordingLog({ events }: TuneRequest, { record }: JobContext): TrialLog {
  return {
    append: (event) => record?.(event) ?? Promise.resolve(),
    read: () => Promise.resolve(events),
  };
}

/** Records that the test outages are looked at, unless that was done after as many trials; how often before. */
async function noteLook(
  { events, nEarlierLooks = 0 }: TuneRequest,
  nTrials: number,
  log: TrialLog,
): Promise<number> {
  const looks = new Set(events.flatMap((event) => (event.kind === 'test-opened' ? [event.nTrials] : [])));
  if (looks.has(nTrials)) return nEarlierLooks + looks.size - 1;
  await log.append({ kind: 'test-opened', nTrials });
  return nEarlierLooks + looks.size;
}

async function scoreOutside(
  specs: readonly ModelSpec[],
  { features, target }: OutageSet,
  rows: Fold,
  context: JobContext,
): Promise<readonly number[]> {
  const { underWay: _, ...fold } = rows;
  const whole: SharedFolds = { features, target, folds: [fold] };
  const requests = specs.map((spec) => ({ specs: [spec], fold: 0 }));
  const results = await runParts(evaluateOnFold, whole, requests, {
    ...ignoreStop(context),
    onProgress: () => {},
  });
  return results.map((forecasts) => {
    const predicted = forecasts?.[0]?.predicted;
    return mean(
      Array.from(fold.testRows, (row, at) => Math.abs((target[row] ?? NaN) - (predicted?.[at] ?? NaN))),
    );
  });
}
