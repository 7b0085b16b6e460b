import type { Progress } from '#base/job-context.ts';
import { isRuleOfThumb, modelCatalogue, modelNames } from '#models/model-catalogue.ts';
import { isComparedByTime } from '#training/row-split.ts';
import { findOptimism } from '#evaluation/weighted-choice.ts';
import { findCourse, readDataCurve } from '#evaluation/curve-course.ts';
import { computeMetrics } from '#evaluation/metrics.ts';
import { judgeBias, judgeDifference, judgeSureGain } from '#evaluation/verdict.ts';
import type { DataCurve } from '#jobs/explanation/contract.ts';
import type { FormFeature } from '#inference/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import { tellHorizonReason } from './basis-sentences.ts';
import { nameJudged, tellHeld, tellRange } from './score-sentences.ts';
import type { LearningCurve, ModelScore, PairedDifference, TrainingResult } from '#training/contract.ts';

export function findScore(
  { models }: Pick<TrainingResult, 'models'>,
  name: ModelScore['name'],
): ModelScore | undefined {
  return models.find((model) => model.name === name);
}

/** The error on the test outages, and how that compares with always announcing the median; null where that cannot be said. */
export function tellError(
  result: Pick<TrainingResult, 'models' | 'chosen' | 'target' | 'againstMedian'>,
  { t, format }: Words,
): { readonly mae: string; readonly median: string | null; readonly gain: string | null } {
  const { unit } = result.target;
  const mae = findScore(result, result.chosen)?.test.mae ?? NaN;
  const median = findScore(result, 'median')?.test.mae ?? NaN;
  const gain = median > 0 ? 1 - mae / median : NaN;
  return {
    mae: format.duration(mae, unit, 2),
    median: Number.isNaN(median) ? null : format.duration(median, unit, 2),
    gain: Number.isNaN(gain)
      ? null
      : judgeSureGain(mae, median, result.againstMedian) === 'unsure'
        ? t('model.result.unsure')
        : t(gain >= 0 ? 'model.result.gain' : 'model.result.loss', {
            change: format.percent(Math.abs(gain)),
          }),
  };
}

/** Why this model: "Retenu parce que son erreur est la plus basse en validation croisée." */
export function tellChoice(result: TrainingResult, words: Words): string {
  const { choice } = result;
  const { t } = words;
  if (choice.reason === 'weighted-on-few') return tellWeights(choice, countCompared(result), words);
  const reason = t(`model.selection.${choice.reason}`, { best: t(`terms.model.${choice.best}`) });
  return [reason, tellCompared(result, words)].filter(Boolean).join(' ');
}

/** "En tête pour l'instant : …": who leads a comparison under way, by its error on what was compared; null before any is done. */
export function tellLeader(
  { leader, score, nCompared }: Pick<Progress, 'leader' | 'score' | 'nCompared'>,
  unit: DurationUnitName,
  { t, format, count }: Words,
): string | null {
  const name = modelNames.find((each) => each === leader);
  if (name === undefined || score === undefined || nCompared === undefined) return null;
  return t('model.result.leading', {
    model: t(`terms.model.${name}`),
    mae: format.duration(score, unit, 2),
    outages: count('common.outages', nCompared),
  });
}

/** "Arrêtés en cours de comparaison…", with their error on what they were compared on; null where nobody was. */
export function tellStopped(
  { stoppedCandidates, settings, target }: Pick<TrainingResult, 'stoppedCandidates' | 'settings' | 'target'>,
  { t, format, count }: Words,
): string | null {
  if (stoppedCandidates === null) return null;
  const { models, n, nFolds, leader, leaderMae } = stoppedCandidates;
  const write = (mae: number) => format.duration(mae, target.unit);
  return t('model.selection.stopped', {
    models: models
      .map(({ name, mae }) =>
        t('model.selection.stoppedModel', { model: t(`terms.model.${name}`), mae: write(mae) }),
      )
      .join(', '),
    outages: count('common.outages', n),
    nFolds: format.number(nFolds),
    folds: format.number(settings.folds),
    leader: t(`terms.model.${leader}`),
    mae: write(leaderMae),
  });
}

/** A smaller share would be told as 0 %. */
const LEAST_TOLD = 0.005;

/** What few outages were weighted to, and how surely their error is known. */
function tellWeights(
  { members, isGuarded }: TrainingResult['choice'],
  nOutages: number,
  { t, format }: Words,
): string {
  const list = members
    .filter(({ weight }) => weight >= LEAST_TOLD)
    .map(({ name, weight }) =>
      t('model.selection.member', { model: t(`terms.model.${name}`), share: format.percent(weight) }),
    )
    .join(', ');
  const [only] = members;
  const what =
    members.length > 1 || only === undefined
      ? t('model.selection.weighted', { members: list })
      : t('model.selection.weightedToOne', { model: t(`terms.model.${only.name}`) });
  const guard = isGuarded ? ` ${t('model.selection.guarded')}` : '';
  const share = format.percent(findOptimism(nOutages));
  return `${what}${guard} ${t('model.selection.optimism', { n: format.number(nOutages), share })}`;
}

/** Outages that the choice rests on; 0 where it was not kept. */
function countCompared({ bestErrors }: TrainingResult): number {
  return bestErrors?.filter((error) => !Number.isNaN(error)).length ?? 0;
}

/** What the choice was made between, and on what: no more is claimed than that. Empty where it was not kept. */
function tellCompared(result: TrainingResult, words: Words): string {
  const { models, choice, settings, rows } = result;
  const { t, format, count } = words;
  const n = countCompared(result);
  if (n === 0) return '';
  const compared = models.filter(({ name }) => name !== 'announced');
  const told = t(`model.selection.compared.${isComparedByTime(settings, rows.kept) ? 'time' : 'other'}`, {
    models: count('model.selection.models', compared.length),
    outages: count('common.outages', n),
  });
  // Those whose gap to the best may be none.
  const nAlike = compared.filter(
    ({ id, toBest }) => id !== choice.chosenId && toBest !== null && toBest.low <= 0,
  ).length;
  if (choice.reason !== 'lowest-error' || nAlike === 0) return told;
  return `${told} ${t('model.selection.alike', { count: nAlike, n: format.number(nAlike) })}`;
}

/** Whether it learnt the duration or its logarithm, and why. */
export function tellScale({ chosen, scale, settings, warnings }: TrainingResult, { t }: Words): string {
  if (chosen === 'blend' || chosen === 'blend-own-past') return t('model.result.scale.blend');
  if (chosen === 'own-past' || chosen === 'nearest-past') return t('model.result.scale.past');
  if (chosen === 'gradient-boosting-hazard') return t('model.result.scale.hazard');
  if (modelCatalogue[chosen].family === 'plan') return t('model.result.scale.plan');
  const isOnlyOne = warnings.some(({ code }) => code === 'log-scale-not-possible');
  if (isOnlyOne && scale === 'identity') return t('model.result.scale.identityOnly');
  return t(`model.result.scale.${scale}${settings.scale === 'auto' ? '' : 'Given'}`);
}

/** How many outages it learnt from and was judged on. */
export function tellRows({ rows, isStopped, nFinalRows }: TrainingResult, { t, count }: Words): string {
  const outages = (n: number) => count('common.outages', n);
  const shared = t('model.result.rows', { train: outages(rows.train), test: outages(rows.test) });
  const nLeftOut = rows.kept - rows.train - rows.test;
  const left =
    nLeftOut > 0 ? [t('model.result.neither', { count: nLeftOut, outages: outages(nLeftOut) })] : [];
  const final = t(isStopped ? 'model.result.finalStopped' : 'model.result.final', {
    outages: outages(nFinalRows),
  });
  return [`${shared}.`, ...left, final].join(' ');
}

/** How many outages were under way, and what they change in the durations of all; null for none. */
export function tellUnderWayResult(
  { underWay, target: { unit } }: Pick<TrainingResult, 'underWay' | 'target'>,
  { t, format }: Words,
): string | null {
  if (!underWay) return null;
  const { n, asOf, p50, p80 } = underWay;
  const write = (duration: number | null) =>
    duration === null ? t('model.result.underWay.unknown') : format.duration(duration, unit);
  return t('model.result.underWay.told', {
    count: n,
    n: format.number(n),
    date: format.date(asOf),
    p50: write(p50.together),
    p50Alone: write(p50.alone),
    p80: write(p80.together),
    p80Alone: write(p80.alone),
  });
}

/** What it looks at (null for a rule of thumb): "4 colonnes + 9 caractéristiques tirées du passé", with what linear models of few outages leave aside. */
export function tellFeatures(
  { chosen, inputs, pastFeatures, models, choice }: TrainingResult,
  { t, format, count }: Words,
): string | null {
  if (isRuleOfThumb(chosen)) return null;
  const columns = count('common.columns', inputs.length);
  const nPast = pastFeatures.length;
  if (nPast === 0) return t('model.result.features.columns', { columns });
  const past = t('model.result.features.past', { count: nPast, columns, n: format.number(nPast) });
  const isLinearWithout = choice.reason === 'weighted-on-few' && models.some(({ name }) => name === 'linear');
  return isLinearWithout ? `${past} ${t('model.result.features.linearWithout')}` : past;
}

/** The directions that every answer keeps, and what was not compared for it; null for none. */
export function tellExpected({ expected }: Pick<TrainingResult, 'expected'>, { t }: Words): string | null {
  if (!expected) return null;
  const columns = expected.map(({ column, direction }) =>
    t(`model.expected.column.${direction}`, { column }),
  );
  return t('model.expected.told', { columns: columns.join(', ') });
}

type ToldWarning = Exclude<TrainingResult['warnings'][number]['code'], 'log-scale-not-possible'>;

/** What to warn of, gravest first; a logarithm that was not possible is told by the sentence on the scale. */
export function tellWarnings(
  { warnings }: TrainingResult,
  { t, format }: Words,
): readonly { readonly code: ToldWarning; readonly text: string }[] {
  return warnings
    .flatMap(({ code, details }) => (code === 'log-scale-not-possible' ? [] : [{ code, details }]))
    .map(({ code, details: { column, columns, nLabels } }) => {
      const values = {
        column: String(column),
        columns: String(columns),
        nLabels: format.number(Number(nLabels)),
      };
      return { code, text: t(`model.warning.${code}`, values) };
    });
}

/** What the model is worth, in plain words: its error, where it leans, and on which outages it was judged. */
export function tellVerdict(
  result: TrainingResult,
  words: Words,
): { readonly sentence: string; readonly bias: string; readonly split: string } {
  const { t, format } = words;
  const { unit } = result.target;
  const chosen = findScore(result, result.chosen);
  const mae = chosen?.test.mae ?? NaN;
  const median = findScore(result, 'median')?.test.mae ?? NaN;
  const { bias, shareLate } = computeMetrics(result.test.actual, result.test.predicted);
  const held = tellHeld(result.test, words);
  const range = tellRange(chosen?.details?.mae, words);
  const score = t(`evaluation.verdict.${judgeSureGain(mae, median, result.againstMedian)}`, {
    outages: nameJudged(result, words),
    error: t(`evaluation.verdict.${range === '' ? 'average' : 'averageIn'}`, {
      mae: format.duration(mae, unit, 2),
      range,
    }),
    median: format.duration(median, unit, 2),
    gain: format.percent(1 - mae / median),
  });
  const leaning = chosen?.details?.bias;
  const isBiasUnsure = leaning !== undefined && leaning.low <= 0 && leaning.high >= 0;
  return {
    sentence:
      held === null
        ? t('evaluation.verdict.alone', { score })
        : t('evaluation.verdict.withHeld', { score, held }),
    bias: t(`evaluation.verdict.${isBiasUnsure ? 'biasUnsure' : judgeBias(bias, mae, shareLate)}`, {
      bias: format.duration(Math.abs(bias), unit, 2),
      fraction: format.percent(shareLate),
    }),
    split: [
      t(`evaluation.verdict.${result.settings.split.kind}Split`),
      result.basis.split === 'few-dates' ? t('model.split.why.few-dates') : null,
      chosen?.details ? t('evaluation.verdict.rangeMeans') : null,
    ]
      .filter((sentence) => sentence !== null)
      .join(' '),
  };
}

/** "Le modèle est en moyenne 6,2 jours plus juste que l’annonce…"; null where the file has no announced durations. */
export function tellSkill(
  { againstAnnounced, target }: Pick<TrainingResult, 'againstAnnounced' | 'target'>,
  words: Words,
): string | null {
  if (!againstAnnounced || againstAnnounced.nSamples === 0) return null;
  const { value, nSamples } = againstAnnounced;
  return words.t(`evaluation.skill.${judgeDifference(againstAnnounced)}`, {
    days: words.format.duration(Math.abs(value), target.unit),
    n: words.format.number(nSamples),
    range: writeRange(againstAnnounced, words),
  });
}

/** "[+0,2 ; +1,4]": the 90 % interval of a paired difference. */
export function writeRange({ low, high }: PairedDifference, { format }: Words): string {
  return `[${writeSigned(low, format)} ; ${writeSigned(high, format)}]`;
}

export function writeSigned(value: number, format: Words['format']): string {
  return value > 0 ? `+${format.fixed(value, 2)}` : format.fixed(value, 2);
}

/** What the model rests on. */
export function tellHorizon(
  result: Pick<TrainingResult, 'horizon' | 'knownLater' | 'basis'>,
  words: Words,
): string {
  const reason = tellHorizonReason(result.basis.horizon, words);
  return [tellHorizonAlone(result, words), reason].filter((sentence) => sentence !== null).join(' ');
}

function tellHorizonAlone(
  { horizon, knownLater }: Pick<TrainingResult, 'horizon' | 'knownLater'>,
  { t, format, count }: Words,
): string {
  const nLater = knownLater.length;
  if (horizon.kind === 'start') {
    const told = t('model.horizon.told.start');
    return nLater === 0
      ? told
      : `${told} ${t('model.horizon.told.afterwards', { count: nLater, columns: count('common.columns', nLater), names: knownLater.join(', ') })}`;
  }
  const lead = format.duration(horizon.leadDays, 'day');
  if (nLater === 0) return t('model.horizon.told.planAll', { lead });
  return t('model.horizon.told.plan', { lead, count: nLater, columns: count('common.columns', nLater) });
}

/** Names of a list that are said; the others are counted. */
const MAX_NAMES = 3;

/**
 * What an answer for an outage to come takes for granted: columns that are known only when it begins. `instead` is what
 * asks for a model without them. Null where there are none.
 */
export function tellKnownAtStart(
  features: readonly FormFeature[],
  instead: string,
  { t, format }: Words,
): string | null {
  const names = features.flatMap(({ name, isKnownAtStart }) => (isKnownAtStart ? [name] : []));
  const n = names.length;
  if (n === 0) return null;
  const shown = names.slice(0, MAX_NAMES).join(', ');
  const values = { count: n, n: format.number(n), names: n > MAX_NAMES ? `${shown}…` : shown, instead };
  return t('scenarios.knownAtStart', values);
}

/** What the test error does along the trees, and whether this is the model that was retained. */
export function tellLearningCurve(
  chosen: TrainingResult['chosen'],
  { model, validation, bestIteration }: LearningCurve,
  { t, format }: Words,
): string {
  const course = t(`evaluation.curve.verdict.${findCourse(validation, bestIteration)}`, {
    best: format.number(bestIteration),
  });
  if (model === chosen) return course;
  return `${course} ${t('evaluation.curve.notChosen', { chosen: t(`terms.model.${chosen}`) })}`;
}

/** Would more outages help? */
export function tellDataCurve({ points }: DataCurve, unit: DurationUnitName, { t, format }: Words): string {
  const reading = readDataCurve(points);
  if (reading === null) return t('evaluation.dataCurve.tooShort');
  const { course, half, last } = reading;
  return t(`evaluation.dataCurve.${course}`, {
    from: format.number(half.nOutages),
    to: format.number(last.nOutages),
    gain: format.duration(Math.abs(half.mae - last.mae), unit, 2),
    before: format.duration(half.mae, unit, 2),
    after: format.duration(last.mae, unit, 2),
  });
}
