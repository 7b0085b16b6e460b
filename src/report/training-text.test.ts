import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CoverageReport } from '#evaluation/intervals/coverage.ts';
import { type Preparation, type DatasetSummary } from '#jobs/dataset/contract.ts';
import type { Language } from '#language/dictionary.ts';
import { wordsIn } from '#language/words.ts';
import type { ModelScore, TrainingResult } from '#training/contract.ts';
import { tellWarnings } from './model-sentences.ts';
import { tellPreparation } from './preparation-sentences.ts';
import { tellReading, tellTwoReadings, tellUnread } from './reading-sentences.ts';
import { writeEvaluation, writeTraining } from './training-text.ts';

const languages = ['fr', 'en'] as const;

const summary = {
  workbook: null,
  name: 'arrets.csv',
  dialect: {
    encoding: 'windows-1252',
    delimiter: ';',
    decimalMark: ',',
    thousandsMark: ' ',
    dateOrder: 'dmy',
    headerRow: 0,
    headerRows: 2,
    unevenRecords: 'fit',
  },
  ledger: {
    bytes: 75_400,
    records: 1018,
    kept: 1012,
    rejected: 1,
    empty: 2,
    headers: 2,
    titles: 0,
    totals: 1,
    filled: 3,
    cut: 1,
    rejects: [],
  },
  unread: { count: 2, cells: [{ row: 41, column: 'Effectif', raw: '1O' }] },
} as unknown as DatasetSummary;

const question = { field: 'dateOrder', examples: ['03/04/2025', '05/06/2025'] } as unknown as Parameters<
  typeof tellTwoReadings
>[0];

const asOf = Date.UTC(2025, 4, 31);

const preparation: Pick<Preparation, 'underWay' | 'setAside' | 'roles'> = {
  underWay: { n: 12, asOf },
  setAside: [
    { reason: 'ongoing', count: 1, rows: [3] },
    { reason: 'duration-not-positive', count: 11, rows: [] },
  ],
  roles: [
    { column: 'Fin', role: 'end', reason: 'name', leak: { column: 'Fin', kind: 'end-date' } },
    { column: 'MWh', role: 'context', reason: 'user', leak: { column: 'MWh', kind: 'correlation' } },
  ] as Preparation['roles'],
};

const details = {
  n: 200,
  mae: { value: 1.5, low: 1.31, high: 1.72 },
  bias: { value: 2.25, low: 1.5, high: 3 },
} as ModelScore['details'];

function score(name: ModelScore['name'], mae: number, test: number): ModelScore {
  return {
    id: name,
    name,
    scale: 'log1p',
    isReference: name === 'median',
    cv: { mae, rmse: 1.5 * mae, r2: 0.5, sd: 0.1 },
    test: { mae: test, rmse: 1.5 * test, r2: -0.25 },
    details: name === 'gradient-boosting-log' ? details : null,
    toBest: null,
  };
}

function level(nominal: number, empirical: number) {
  return { nominal, empirical, n: 1000, band: [nominal - 0.025, nominal + 0.025], isWithin: true };
}

const result = {
  target: { name: 'Durée', unit: 'day' },
  rows: { read: 1013, kept: 1000, rejected: 1, setAside: 12, train: 800, test: 200 },
  underWay: {
    n: 12,
    asOf,
    longest: 90,
    p50: { alone: 8, together: 8.5 },
    p80: { alone: 30, together: 34 },
  },
  settings: { scale: 'auto', folds: 5, split: { kind: 'time', testShare: 0.2 } },
  chosen: 'gradient-boosting-log',
  scale: 'log1p',
  basis: { split: 'dated', horizon: 'near' },
  horizon: { kind: 'plan', leadDays: 180 },
  knownLater: ['Cause'],
  choice: { reason: 'simplest-within-one-standard-error', best: 'blend' },
  bestErrors: [4, NaN, 6],
  models: [
    score('median', 20.25, 19.5),
    score('announced', 18, 17),
    score('gradient-boosting-log', 12.125, 1.5),
    score('blend', 12, 11.9),
  ],
  againstAnnounced: { value: 1.25, low: 0.2, high: 2.3, nSamples: 214 },
  besideAnnounced: {
    cv: null,
    test: {
      n: 34,
      announced: 2.75,
      model: 1.5,
      difference: { value: 1.25, low: 0.2, high: 2.3, nSamples: 34 },
    },
  },
  stoppedCandidates: {
    nFolds: 2,
    n: 812,
    leader: 'gradient-boosting-hazard',
    leaderMae: 22.38,
    models: [
      { id: 'gradient-boosting', name: 'gradient-boosting', mae: 28.39 },
      { id: 'gradient-boosting-linear-init', name: 'gradient-boosting-linear-init', mae: 32.41 },
    ],
  },
  horizonPrice: {
    n: 900,
    plan: 12.1,
    start: 8.6,
    difference: { value: 3.5, low: 2.4, high: 4.6, nSamples: 900 },
  },
  againstMedian: { value: 18, low: 15, high: 21, nSamples: 200 },
  test: {
    actual: [12, 30],
    predicted: [10, 27.5],
    intervals: { p10: [8, 22], p80: [11, 31], p90: [13, NaN] },
  },
  coverage: {
    overall: { n: 1000, levels: { p80: level(0.8, 0.812), p10p90: level(0.8, 0.79) }, meanWidth: 30 },
    classes: [],
    answered: { class: 900, alike: 90, overall: 0, few: 3, unlike: 7 },
  } as unknown as CoverageReport,
  importance: {
    columns: [
      { column: 'Complexité', mean: 6.5, sd: 0.25 },
      { column: 'Site', mean: -0.0625, sd: 0.125 },
    ],
    floor: 0.1,
    nRows: 200,
    nRepeats: 10,
  },
  inputs: ['Complexité', 'Site', 'Début'],
  pastFeatures: ['Site [past-median]'],
  isStopped: false,
  nFinalRows: 1000,
  warnings: [
    { code: 'few-test-rows', details: {} },
    { code: 'log-scale-not-possible', details: {} },
  ],
} as unknown as TrainingResult;

const evaluation = {
  rows: { read: 1013, kept: 1000, rejected: 1, setAside: 12 },
  target: { name: 'Durée', unit: 'hour' },
  mae: 1.5,
  rmse: 2.25,
  medianAbsoluteError: 1,
  r2: 0.5,
  bias: -0.125,
  factors: null,
} as const;

/** Everything a training prints, in the order it is printed. */
function printTraining(language: Language): string {
  const words = wordsIn(language);
  const { pair, t } = words;
  return [
    ...tellReading(summary, words),
    tellTwoReadings(question, summary.dialect, words),
    tellUnread(summary, 1, words),
    ...tellPreparation(preparation, '--keep', words),
    ...tellWarnings(result, words).map(({ text }) => pair(t('report.warning'), text)),
    writeTraining(result, words),
    writeEvaluation(evaluation, words),
  ].join('\n');
}

describe('a printed training', () => {
  it.each(languages)('reads as a person has proofread it (%s)', (language) => {
    const golden = readFileSync(new URL(`./fixtures/training.${language}.txt`, import.meta.url), 'utf8');
    expect(printTraining(language)).toBe(golden);
  });

  it('says nothing of intervals and announced durations where there are none', () => {
    const without = {
      coverage: null,
      stoppedCandidates: null,
      againstAnnounced: null,
      besideAnnounced: null,
    };
    const test = { ...result.test, intervals: null };
    const text = writeTraining({ ...result, ...without, test }, wordsIn('en'));
    expect(text).not.toMatch(/P80|announced/u);
  });
});
