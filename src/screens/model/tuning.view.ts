import type { ChartTable } from '#charts/chart-frame.tsx';
import type { ParallelAxis, ParallelLine } from '#charts/parallel-plot.tsx';
import { type AxisScale, linearScale } from '#charts/ticks.ts';
import type { Preparation } from '#jobs/dataset/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import { FEW_OUTAGES } from '#models/candidates.ts';
import { nameSetting, writeSetting } from '#report/tuning-sentences.ts';
import { withUnit } from '#report/with-unit.ts';
import type { AskedStudy, StudyOnShow } from '#store/state.ts';
import type { LoggedStudy, LoggedTrial } from '#tuning/logged-trials.ts';
import type { Method } from '#tuning/proposer.ts';
import {
  type Configuration,
  countValues,
  type Dimension,
  fromPoint,
  type SettingValue,
  toPoint,
} from '#tuning/search-space.ts';
import { createSettingsSpace } from '#tuning/settings-space.ts';

export const families = ['all', 'gradient-boosting', 'quantile-forest'] as const;
export type FamilyChoice = (typeof families)[number];

/** What the form holds; a setting that nobody touched is absent. */
export interface SearchForm {
  readonly method: Method;
  readonly family: FamilyChoice;
  readonly nTrials: number | null;
  readonly minutes: number | null;
  readonly ranges: ReadonlyMap<string, { readonly min: number | null; readonly max: number | null }>;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

const DEFAULT_TRIALS = 60;

export const untouchedForm: SearchForm = {
  method: 'bayes',
  family: 'all',
  nTrials: DEFAULT_TRIALS,
  minutes: null,
  ranges: new Map(),
  values: new Map(),
};

/** What can be searched of a family on outages like these, the family itself apart. */
export function listSearchable(
  { family, method }: SearchForm,
  preparation: Preparation | null,
  testShare: number,
): readonly Dimension[] {
  const isFew = (preparation?.nKept ?? FEW_OUTAGES) * (1 - testShare) < FEW_OUTAGES;
  const { dimensions } = createSettingsSpace({ isFew, isLogScaleOffered: true });
  const wanted = method === 'grid' && family === 'all' ? 'gradient-boosting' : family;
  return dimensions.filter(
    ({ name, when }) => name !== 'model' && (wanted === 'all' || when === undefined || when.value === wanted),
  );
}

/** What the form asks for. A grid without a range is the reference's; one of the forest has all of its settings. */
export function readForm(form: SearchForm, searchable: readonly Dimension[]): AskedStudy {
  const { method, family, nTrials, minutes } = form;
  const isGrid = method === 'grid';
  const ranges = searchable.flatMap((dimension) => {
    const range = narrow(dimension, form);
    return range === null ? [] : [[dimension.name, range] as const];
  });
  const ofForest = searchable.flatMap(({ name, when }) =>
    when?.value === 'quantile-forest' ? [[name, {}] as const] : [],
  );
  const named = isGrid && family === 'quantile-forest' && ranges.length === 0 ? ofForest : ranges;
  const isFamilyNamed = isGrid ? family === 'quantile-forest' : family !== 'all';
  const space = [...(isFamilyNamed ? [['model', [family]] as const] : []), ...named];
  return {
    method,
    preset: isGrid && space.length === 0 ? 'reference' : null,
    space: space.length === 0 ? null : Object.fromEntries(space),
    nTrials: nTrials ?? (isGrid ? Number.MAX_SAFE_INTEGER : DEFAULT_TRIALS),
    minutes,
  };
}

function narrow({ kind, name }: Dimension, { ranges, values }: SearchForm): unknown {
  if (kind === 'list') {
    const chosen = values.get(name) ?? [];
    return chosen.length > 0 ? chosen : null;
  }
  const { min = null, max = null } = ranges.get(name) ?? {};
  if (min === null && max === null) return null;
  return { ...(min !== null && { min }), ...(max !== null && { max }) };
}

export function isComplete({ foldMae }: LoggedTrial, { nFolds }: LoggedStudy): boolean {
  return foldMae.length === nFolds;
}

interface XY {
  readonly x: number;
  readonly y: number;
}

/** The trials in their order, and how the best came down. */
export interface HistoryView {
  readonly complete: readonly XY[];
  readonly dropped: readonly XY[];
  readonly best: readonly XY[];
  readonly default: number;
  readonly y: AxisScale;
  /** Trials that stand on the axis's end, as their error is beyond it. */
  readonly nBeyond: number;
}

/** Errors beyond what nine trials in ten stay under do not squeeze the rest. Null before a trial is complete. */
export function viewHistory(study: LoggedStudy, { result }: Pick<StudyOnShow, 'result'>): HistoryView | null {
  const { trials } = study;
  const complete = trials.filter((trial) => isComplete(trial, study));
  if (complete.length === 0) return null;
  const starts = complete.filter(({ isStart }) => isStart).map(({ mae }) => mae);
  const usual = Math.min(...starts);
  const sorted = complete.map(({ mae }) => mae).sort((a, b) => a - b);
  const corrected = result ? [result.corrected.low, result.corrected.high] : [];
  const high = sorted[Math.floor(0.9 * (sorted.length - 1))] ?? usual;
  const y = linearScale(Math.min(sorted[0] ?? usual, ...corrected), Math.max(high, usual, ...corrected));
  const place = ({ number, mae }: LoggedTrial) => ({
    x: number + 1,
    y: Math.min(y.domain[1], Math.max(y.domain[0], mae)),
  });
  let least = Infinity;
  const best = complete.map((trial) => {
    least = Math.min(least, trial.mae);
    return { x: trial.number + 1, y: Math.min(least, y.domain[1]) };
  });
  const last = trials.at(-1)?.number ?? 0;
  return {
    complete: complete.map(place),
    dropped: trials.filter((trial) => !isComplete(trial, study)).map(place),
    best: [...best, { x: last + 1, y: Math.min(least, y.domain[1]) }],
    default: usual,
    y,
    nBeyond: trials.filter(({ mae }) => mae > y.domain[1] || mae < y.domain[0]).length,
  };
}

export interface ParallelView {
  readonly axes: readonly ParallelAxis[];
  /** The best last. */
  readonly lines: readonly ParallelLine[];
  /** In the order of the lines. */
  readonly trials: readonly LoggedTrial[];
}

const GOOD_SHARE = 0.1;

/** Complete trials over the settings that differ among them, and their error. */
export function viewParallel(study: LoggedStudy, words: Words, maeLabel: string): ParallelView {
  const { space } = study;
  const trials = study.trials.filter((trial) => isComplete(trial, study)).toSorted((a, b) => b.mae - a.mae);
  const errors = trials.map(({ mae }) => mae);
  const [low, high] = [Math.min(...errors), Math.max(...errors)];
  const points = trials.map(({ configuration }) => toPoint(space, configuration));
  const shown = space.dimensions.flatMap((_, d) =>
    new Set(points.map((point) => point[d]).filter((share) => !Number.isNaN(share))).size > 1 ? [d] : [],
  );
  const nGood = Math.max(1, Math.round(GOOD_SHARE * trials.length));
  const axes = shown.map((d) => {
    const dimension = space.dimensions[d] as Dimension;
    return { label: nameSetting(dimension.name, words), ticks: listTicks(dimension, words) };
  });
  const write = (mae: number) => words.format.number(mae, 2);
  return {
    axes: [
      ...axes,
      {
        label: maeLabel,
        ticks: [
          { share: 0, text: write(low) },
          { share: 1, text: write(high) },
        ],
      },
    ],
    lines: trials.map(({ mae }, i) => ({
      shares: [...shown.map((d) => points[i]?.[d] ?? NaN), high > low ? (mae - low) / (high - low) : 0.5],
      isGood: i >= trials.length - nGood,
    })),
    trials,
  };
}

/** Every value of a list, both ends of a range. */
function listTicks(dimension: Dimension, words: Words): ParallelAxis['ticks'] {
  const { name } = dimension;
  const n = countValues(dimension);
  const shares = dimension.kind === 'list' ? dimension.values.map((_, i) => (i + 0.5) / n) : [0, 1];
  const { when: _, ...always } = dimension;
  return shares.map((share) => ({
    share,
    text: writeSetting(name, fromPoint({ dimensions: [always] }, [share])[name] ?? '', words),
  }));
}

export type TrialSort = 'number' | 'mae' | 'second';

/** Those without a value of what they are sorted by come last. */
export function sortTrials(
  trials: readonly LoggedTrial[],
  sort: TrialSort,
  isDescending: boolean,
): readonly LoggedTrial[] {
  const valueOf = ({ number, mae, secondMae }: LoggedTrial) =>
    ({ number, mae, second: secondMae ?? NaN })[sort];
  const sign = isDescending ? -1 : 1;
  return trials.toSorted((a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)];
    if (Number.isNaN(one) || Number.isNaN(other))
      return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
    return sign * (one - other);
  });
}

/** Trials with a column a setting, for files and readers of tables. */
export function tabulateTrials(
  { space, nFolds }: LoggedStudy,
  trials: readonly LoggedTrial[],
  unit: DurationUnitName,
  words: Words,
): ChartTable {
  const { t } = words;
  const cellOf = (value: SettingValue | undefined, name: string) =>
    typeof value === 'number' ? value : value === undefined ? '' : writeSetting(name, value, words);
  return {
    headers: [
      t('tuning.history.number'),
      withUnit(t('tuning.mae'), unit, words),
      t('tuning.table.second'),
      t('tuning.table.folds'),
      ...space.dimensions.map(({ name }) => nameSetting(name, words)),
    ],
    rows: trials.map(({ number, mae, secondMae, foldMae, configuration }) => [
      number + 1,
      mae,
      secondMae ?? '',
      `${foldMae.length} / ${nFolds}`,
      ...space.dimensions.map(({ name }) => cellOf(configuration[name], name)),
    ]),
  };
}

/** Leaves out of a configuration what is the same in all of the trials. */
export function findDiffering(
  trials: readonly LoggedTrial[],
): (configuration: Configuration) => Configuration {
  const [first] = trials;
  const differs = (name: string, value: SettingValue) =>
    trials.some(({ configuration }) => name in configuration && configuration[name] !== value);
  const same = new Set(
    Object.entries(first?.configuration ?? {}).flatMap(([name, value]) =>
      differs(name, value) ? [] : [name],
    ),
  );
  return (configuration) =>
    Object.fromEntries(
      Object.entries(configuration).filter(([name]) => trials.length === 1 || !same.has(name)),
    );
}
