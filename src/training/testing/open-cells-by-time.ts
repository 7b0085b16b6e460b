import type { JobContext } from '#base/job-context.ts';
import { gather, range } from '#base/arrays.ts';
import { mean } from '#base/statistics.ts';
import { readCell } from '#data/cell.ts';
import { requireColumns } from '#data/require-columns.ts';
import { selectRows } from '#data/table.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { splitRandomFolds, splitTimeFolds } from '#evaluation/splits.ts';
import { toCaseTable } from '#inference/case-table.ts';
import type { CasePrediction } from '#inference/contract.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import { findHeadline } from '#inference/headline.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import { type ModelAtWork, putToWork } from '#inference/open-model.ts';
import type { ModelSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import { calibrateSpec } from '../calibration.ts';
import { describeModel } from '../describe-model.ts';
import { refitWithout } from '../refit-without.ts';
import type { TrainingSet, TrainingSource } from '../training-set.ts';

/** How well outages of a later block are foretold, in the target's unit; P10–P90's share where there are intervals. */
export interface OpenCellsScore {
  readonly mae: number;
  readonly p80: number;
  readonly range: number;
}

export interface OpenCellsScores {
  /** Of each way to answer with the columns open; `known`: with nothing open. */
  readonly known: OpenCellsScore;
  readonly refit: OpenCellsScore;
  readonly wide: OpenCellsScore;
  /** Taken for cells that the file has empty, and filled with the typical outage's: the ways that are wrong. */
  readonly empty: Pick<OpenCellsScore, 'mae'>;
  readonly typical: Pick<OpenCellsScore, 'mae'>;
  readonly n: number;
}

/**
 * Answers the outages of the last of `nBlocks` blocks by time with some columns open, each block by a model fitted on all
 * before it. `blocks` counts from the last. The past of the test outages is known up to their starts, as when asked.
 */
export async function scoreOpenCellsByTime(
  source: TrainingSource,
  set: TrainingSet,
  spec: ModelSpec,
  open: readonly string[],
  { nBlocks, blocks }: { readonly nBlocks: number; readonly blocks: number },
  context: JobContext,
): Promise<OpenCellsScores> {
  const { outages } = set;
  const folds = splitTimeFolds(outages.start ?? new Float64Array(0), nBlocks).slice(-blocks);
  const actual: number[] = [];
  const answers = { known: [], refit: [], wide: [] } as Record<'known' | 'refit' | 'wide', CasePrediction[]>;
  const points = { empty: [] as number[], typical: [] as number[] };
  for (const { trainRows, testRows } of folds) {
    const model = await fitDescribed(source, set, spec, trainRows, context);
    const learnt = {
      table: source.table,
      outages: {
        ...outages,
        target: gather(outages.target, trainRows),
        positions: gather(outages.positions, trainRows),
        rows: gather(outages.rows, trainRows),
      },
    };
    const refit = await refitWithout(model, new Set(open), learnt, null, context);
    const { inputs, typical } = model.description;
    const columns = requireColumns(
      source.table,
      inputs.map(({ name }) => ({ name })),
    );
    const cases = Array.from(testRows, (row) =>
      columns.map((column) => readCell(column, outages.positions[row] as number)),
    );
    const isOpen = (i: number) => open.includes(inputs[i]?.name ?? '');
    const masked = cases.map((cells) => cells.map((cell, i) => (isOpen(i) ? null : cell)));
    const filled = cases.map((cells) => cells.map((cell, i) => (isOpen(i) ? (typical[i] ?? null) : cell)));
    actual.push(...gather(outages.target, testRows));
    answers.known.push(...predictCases(model, cases, undefined, 'file'));
    answers.wide.push(...predictCases(model, masked, undefined, 'file'));
    answers.refit.push(...predictCases(refit, masked, undefined, 'file'));
    points.empty.push(...predictPlainly(model, masked));
    points.typical.push(...predictPlainly(model, filled));
  }
  const maeOf = (values: readonly number[]) =>
    mean(values.map((value, i) => Math.abs(value - (actual[i] as number))));
  const score = (given: readonly CasePrediction[]): OpenCellsScore => ({
    mae: maeOf(given.map((each) => findHeadline(each).value)),
    ...measureShares(given, actual),
  });
  return {
    known: score(answers.known),
    refit: score(answers.refit),
    wide: score(answers.wide),
    empty: { mae: maeOf(points.empty) },
    typical: { mae: maeOf(points.typical) },
    n: actual.length,
  };
}

function predictPlainly(model: ModelAtWork, cases: Parameters<typeof toCaseTable>[1]): Float64Array {
  const table = toCaseTable(model.description.inputs, cases);
  return forecastDurations(model.model, buildModelFeatures(model, table)).predicted;
}

function measureShares(given: readonly CasePrediction[], actual: readonly number[]) {
  let [nP80, nRange] = [0, 0];
  for (const [i, { interval }] of given.entries()) {
    const duration = actual[i] as number;
    if (!interval) continue;
    const { p10, p80, p90 } = interval;
    if (isClaimed(p80) && duration <= p80.value) nP80++;
    if (isClaimed(p10) && isClaimed(p90) && duration >= p10.value && duration <= p90.value) nRange++;
  }
  return { p80: nP80 / given.length, range: nRange / given.length };
}

/** A model of one spec, calibrated by random folds, that knows the past of all outages. */
async function fitDescribed(
  source: TrainingSource,
  set: TrainingSet,
  spec: ModelSpec,
  rows: Int32Array,
  context: JobContext,
): Promise<ModelAtWork> {
  const features = selectRows(set.outages.features, rows);
  const target = gather(set.outages.target, rows);
  const model = await fitModel(spec, features, target, {}, context);
  const folds = splitRandomFolds(rows.length, 5, 1);
  const { calibration } = await calibrateSpec(spec, { features, target, folds }, null, context);
  const part = { ...set.outages, features, target, positions: gather(set.outages.positions, rows) };
  const description = describeModel(
    source,
    { ...set, outages: part },
    model,
    range(rows.length),
    { classColumn: null, intervals: calibration, elapsed: null, domain: null },
    {
      scores: [],
      specs: [],
      folds: [],
      forecasts: new Map(),
      weighted: null,
      stopped: null,
      isComplete: true,
    },
  );
  return putToWork('block', { model, description, hash: '' });
}
