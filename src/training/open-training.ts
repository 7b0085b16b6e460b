import { type AskedHorizon, atStart } from '#data/known-when.ts';
import type { Fold } from '#evaluation/splits.ts';
import type {
  HorizonReason,
  LearningRequest,
  ResolvedSettings,
  SplitReason,
  SplitSettings,
  TrainingBasis,
  TrainingSettings,
} from './contract.ts';
import { findPlanning, judgePlanning } from './default-basis.ts';
import { canJudgeByTime } from './judge-by-time.ts';
import { splitTestRows } from './row-split.ts';
import { prepareTrainingSet, type TrainingSet, type TrainingSource } from './training-set.ts';

/** The outages of a training, parted: what it starts from, and whatever is fitted anew beside it. */
export interface OpenedTraining {
  readonly set: TrainingSet;
  /** With nothing left open. */
  readonly settings: ResolvedSettings;
  readonly basis: TrainingBasis;
  readonly rows: Fold;
}

/**
 * Prepares the outages and parts them into training and test, with what the settings leave open as it suits the file.
 * The settings it gives open the same again. Errors: those of `prepareTrainingSet` and `splitTestRows`; what is left
 * open never makes one.
 */
export function openTraining(source: TrainingSource, request: LearningRequest): OpenedTraining {
  const { set, reason } = prepareAtHorizon(source, request);
  const split = chooseSplit(set, request.settings);
  const settings: ResolvedSettings = { ...request.settings, split: split.settings, horizon: set.horizon };
  const basis = { split: split.reason, horizon: reason };
  return { set, settings, basis, rows: splitTestRows(set.outages, settings, set.horizon) };
}

function prepareAtHorizon(
  source: TrainingSource,
  request: LearningRequest,
): { readonly set: TrainingSet; readonly reason: HorizonReason } {
  const { settings } = request;
  const { horizon: asked } = settings;
  const prepare = (horizon: AskedHorizon) => prepareTrainingSet(source, request, { ...settings, horizon });
  if (asked.kind !== 'auto') return { set: prepare(asked), reason: 'asked' };
  const planning = findPlanning(source);
  const prepareAtStart = () => prepare(atStart);
  if (planning.kind === 'none') return { set: prepareAtStart(), reason: planning.reason };
  const set = prepare(planning);
  const { outages, knownLater, history } = set;
  const facts = { horizon: planning, outages, knownLater, hasPast: history !== null };
  const reason = judgePlanning(facts, settings);
  return { set: reason === 'near' ? set : prepareAtStart(), reason };
}

function chooseSplit(
  { outages, horizon }: TrainingSet,
  settings: TrainingSettings,
): { readonly settings: SplitSettings; readonly reason: SplitReason } {
  const { split } = settings;
  if (split.kind !== 'auto') return { settings: split, reason: 'asked' };
  const { testShare } = split;
  if (canJudgeByTime(outages, settings, horizon)) {
    return { settings: { kind: 'time', testShare }, reason: 'dated' };
  }
  const reason = outages.start === null ? 'undated' : 'few-dates';
  return { settings: { kind: 'random', testShare }, reason };
}
