import type { CellRow } from '#data/cell.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { type DurationCurve, readCurve } from '#evaluation/intervals/duration-curve.ts';
import type { Waterfall } from '#explain/waterfall.ts';
import type { CasePrediction, ModelSummary } from '#inference/contract.ts';
import { findHeadline } from '#inference/headline.ts';
import type { Instant } from '#base/instant.ts';
import type { SimilarCases } from '#jobs/explanation/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import type { TrainingResult } from '#training/contract.ts';
import { tellCoverage } from './coverage-sentences.ts';
import { nameStep } from './explanation-sentences.ts';
import { tellTarget, viewInterval } from './interval-sentences.ts';
import { tellLearnt } from './learnt-sentences.ts';
import { nameOpenCells } from './open-cell-sentences.ts';
import { tellPast, tellPlan } from './past-sentences.ts';
import { tellReach } from './reach-sentences.ts';

/** What is on screen when the note is asked for. */
export interface NoteSource {
  readonly summary: ModelSummary;
  /** Null for a model opened from a file. */
  readonly result: TrainingResult | null;
  readonly cells: CellRow;
  readonly prediction: CasePrediction;
  /** The past outage it is, with what it took; null for one to come. */
  readonly origin: { readonly row: number; readonly actual: number | null } | null;
  readonly waterfall: Waterfall | null;
  readonly curve: DurationCurve | null;
  /** Null without open data. */
  readonly similar: SimilarCases | null;
  readonly target: number | null;
  readonly announced: number | null;
  readonly start: Instant | null;
  readonly end: Instant | null;
  readonly hasTime: boolean;
  /** What is odd about the case, as the answer says it; and what it takes for known. */
  readonly oddities: readonly string[];
  readonly file: { readonly name: string; readonly nRows: number } | null;
  readonly isSample: boolean;
  readonly isStale: boolean;
}

/** A step of the reasons; what is written of each adds up to the last digit. */
export interface NoteStep {
  readonly label: string;
  readonly change: number;
}

/** One page for a committee, in words and figures: everything that stands on it. */
export interface DecisionNote {
  readonly question: readonly string[];
  readonly headline: string;
  readonly answer: readonly string[];
  readonly plan: readonly string[];
  readonly reasons: {
    readonly base: number;
    readonly steps: readonly NoteStep[];
    readonly total: number;
    readonly sentence: string;
  } | null;
  readonly similar: readonly { readonly text: string; readonly duration: number }[];
  readonly past: readonly string[];
  readonly trust: readonly string[];
  readonly limits: readonly string[];
  readonly sources: readonly string[];
  /** Null where the case carries no duration. */
  readonly drawing: {
    readonly p10: number | null;
    readonly p50: number | null;
    readonly p80: number | null;
    readonly p90: number | null;
  } | null;
}

/** Fields, past facts and outages that a page has room for. */
const most = { fields: 14, steps: 5, past: 3, similar: 5 } as const;

export function writeNote(source: NoteSource, words: Words): DecisionNote {
  const { summary, prediction, similar } = source;
  const { unit } = summary.target;
  const headline = findHeadline(prediction);
  const isRefused = headline.kind === 'refused';
  const { interval } = prediction;
  const valueOf = (level: 'p10' | 'p50' | 'p80' | 'p90') => {
    const bound = interval?.[level];
    return bound && isClaimed(bound) ? bound.value : null;
  };
  return {
    question: tellCase(source, words),
    headline: isRefused ? words.t('scenarios.refused.title') : words.format.duration(headline.value, unit),
    answer: tellAnswer(source, isRefused, words),
    plan: tellPlans(source, isRefused, words),
    reasons:
      source.waterfall === null || isRefused
        ? null
        : viewReasons(source, source.waterfall, headline.value, words),
    similar: (similar?.outages ?? []).slice(0, most.similar).map(({ row, labels, start, actual }) => {
      const names = labels.filter(
        (label) => !labels.some((other) => other !== label && other.includes(label)),
      );
      const known = [...names, ...(start === null ? [] : [words.format.longDate(start)])];
      const outage =
        known.length > 0
          ? known.join(', ')
          : words.t('scenarios.origin', { row: words.format.plain(row + 1) });
      const duration = words.format.duration(actual, unit);
      return { text: words.t('note.took', { outage, duration }), duration: actual };
    }),
    past: prediction.past.slice(0, most.past).map((facts) => tellPast(facts, unit, words)),
    trust: tellTrust(source, unit, words),
    limits: tellLimits(source, isRefused, words),
    sources: tellSources(source, words),
    drawing:
      isRefused || interval === null
        ? null
        : { p10: valueOf('p10'), p50: valueOf('p50'), p80: valueOf('p80'), p90: valueOf('p90') },
  };
}

function tellCase({ summary, cells }: NoteSource, words: Words): string[] {
  const { features } = summary;
  const shown = features
    .slice(0, most.fields)
    .map(({ name }) => nameStep(name, plainly(features), cells, words));
  const nMore = features.length - shown.length;
  return nMore > 0 ? [...shown, words.count('note.others', nMore)] : shown;
}

/** A field says what it holds, not what the model makes of it. */
function plainly(features: ModelSummary['features']): ModelSummary['features'] {
  return features.map((feature) => ({ ...feature, hasPast: false }));
}

function tellAnswer(
  { summary, prediction, start, end, hasTime }: NoteSource,
  isRefused: boolean,
  words: Words,
): string[] {
  const { t } = words;
  const { interval } = prediction;
  const { unit } = summary.target;
  if (interval === null) return [t('scenarios.interval.estimate'), t('forecasts.note.no-intervals')];
  const { sentence, basis, range } = viewInterval(interval, unit, words);
  const write = (instant: number) => writeDay(instant, hasTime, words);
  return [
    ...(isRefused ? [] : [t('scenarios.interval.p50')]),
    sentence,
    ...(range ? [t('scenarios.interval.range', { range: range.text })] : []),
    ...(start === null ? [] : [t('note.start', { date: write(start) })]),
    ...(end === null || isRefused ? [] : [t('note.end', { date: write(end) })]),
    ...(basis === null ? [] : [basis]),
  ].map((line) => (line.endsWith('.') ? line : `${line}.`));
}

/** With the month in letters. */
function writeDay(instant: number, hasTime: boolean, { format }: Words): string {
  const day = format.longDate(instant);
  return hasTime ? `${day}, ${format.date(instant, true).split(' ').at(-1) ?? ''}` : day;
}

function tellPlans(
  { summary, prediction, announced, target, curve, origin }: NoteSource,
  isRefused: boolean,
  words: Words,
): string[] {
  const { t, format } = words;
  const { unit } = summary.target;
  const { probability } = prediction;
  const ofPlan = announced === null || curve === null || isRefused ? null : readCurve(curve, announced);
  return [
    announced === null
      ? t('note.noPlan')
      : ofPlan === null
        ? t('note.planned', { plan: format.duration(announced, unit) })
        : tellPlan(announced, ofPlan, unit, words),
    ...(target !== null && probability ? [`${tellTarget(probability, target, unit, words)}.`] : []),
    ...(origin?.actual == null ? [] : [t('note.actual', { actual: format.duration(origin.actual, unit) })]),
  ];
}

function viewReasons(
  { summary, cells }: NoteSource,
  waterfall: Waterfall,
  answer: number,
  words: Words,
): NonNullable<DecisionNote['reasons']> {
  const { t, format, count } = words;
  const { unit } = summary.target;
  const named = waterfall.steps.slice(0, most.steps);
  const others = waterfall.steps.slice(most.steps);
  const nOthers = others.length + (waterfall.rest?.nColumns ?? 0);
  const ofOthers =
    others.reduce((sum, { contribution }) => sum + contribution, 0) + (waterfall.rest?.contribution ?? 0);
  const exact = [
    ...named.map(({ column, contribution }) => ({
      label: nameStep(column, summary.features, cells, words),
      change: contribution,
    })),
    ...(nOthers > 0 ? [{ label: count('scenarios.why.rest', nOthers), change: ofOthers }] : []),
    { label: t('scenarios.why.correction'), change: answer - waterfall.prediction },
  ];
  const { base, steps, total } = roundSteps(waterfall.base, exact, answer);
  const told = steps.map(({ label, change }) =>
    t('note.step', { label, change: format.durationChange(change, 'unknown') }),
  );
  return {
    base,
    steps,
    total,
    sentence: [
      t('note.base', { base: format.duration(base, unit) }),
      ...told,
      t('note.total', { answer: format.duration(total, unit) }),
    ].reduce((first, second) => t('note.joined', { first, second })),
  };
}

/**
 * Steps in whole tenths that add up from base to answer in tenths: each is rounded, and what is then missing is given to
 * those that were rounded away the most (largest remainder). Steps of nothing are left out.
 */
export function roundSteps(
  base: number,
  steps: readonly NoteStep[],
  answer: number,
): { readonly base: number; readonly steps: readonly NoteStep[]; readonly total: number } {
  const tenths = (value: number) => Math.round(value * 10) || 0;
  const rounded = steps.map(({ change }) => tenths(change));
  let missing = tenths(answer) - tenths(base) - rounded.reduce((sum, change) => sum + change, 0);
  const byRemainder = steps
    .map(({ change }, i) => ({ i, remainder: change * 10 - (rounded[i] ?? 0) }))
    .toSorted((a, b) => Math.sign(missing) * (b.remainder - a.remainder));
  for (let turn = 0; missing !== 0 && byRemainder.length > 0; turn++) {
    const { i } = byRemainder[turn % byRemainder.length] as { i: number };
    rounded[i] = (rounded[i] ?? 0) + Math.sign(missing);
    missing -= Math.sign(missing);
  }
  return {
    base: tenths(base) / 10,
    steps: steps
      .map(({ label }, i) => ({ label, change: (rounded[i] ?? 0) / 10 }))
      .filter(({ change }) => change !== 0),
    total: tenths(answer) / 10,
  };
}

function tellTrust({ result, summary }: NoteSource, unit: DurationUnitName, words: Words): string[] {
  const { t, format, count } = words;
  if (result === null) return [t('note.unknownTrust')];
  const chosen = result.models.find(({ name }) => name === result.chosen);
  const { coverage } = result;
  return [
    ...(chosen === undefined
      ? []
      : [
          t('note.error', {
            outages: count('common.outages', result.rows.test),
            mae: format.duration(chosen.test.mae, unit),
          }),
        ]),
    ...(coverage === null
      ? []
      : [t('note.coverage', { level: tellCoverage(coverage.overall, 'p80', true, words) })]),
    t(`scenarios.horizon.${summary.horizon.kind}`),
  ];
}

function tellLimits(source: NoteSource, isRefused: boolean, words: Words): string[] {
  const { summary, prediction, oddities, isSample, isStale } = source;
  const { t } = words;
  const { open, reach, interval } = prediction;
  const learnt = tellLearnt(prediction, words);
  const ofReach = interval && (!isRefused || reach.kind === 'beyond') ? tellReach(reach, words) : null;
  return [
    ...(isSample ? [t('note.sample')] : []),
    ...(isStale ? [t('note.stale')] : []),
    ...(isRefused ? [t('note.refused')] : []),
    ...oddities,
    ...(ofReach === null ? [] : [ofReach]),
    ...(open ? [nameOpenCells(open, summary.features, words)] : []),
    ...(learnt === null ? [] : [learnt]),
    t('note.association'),
  ];
}

function tellSources({ summary, file }: NoteSource, { t, count }: Words): string[] {
  return [
    file ? t('note.file', { name: file.name, rows: count('common.rows', file.nRows) }) : t('note.noFile'),
    t('note.model', {
      model: t(`terms.model.${summary.name}`),
      outages: count('common.outages', summary.nTrainingRows),
    }),
    t('note.hash', { hash: summary.hash }),
  ];
}
