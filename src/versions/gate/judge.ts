import { createRng } from '#base/random.ts';
import { mean } from '#base/statistics.ts';
import { boundPairedMean } from '#evaluation/paired-mean.ts';
import { findComparable } from './comparable-rows.ts';
import { type GateErrors, type GateReport, type GateVerdict, MIN_GATE_ROWS } from './contract.ts';
import { checkGuardrails } from './guardrails.ts';
import { type GatedModel, type GateLevel, type GateQuestion, gateLevels } from './question.ts';

/** Share of the champion's error that a challenger may err more without counting as worse. */
const TOLERANCE = 0.01;
/** Normal quantiles of 95 % and of 80 %: the sureness of a verdict, and how often it is to be found. */
const [Z_SURE, Z_POWER] = [1.645, 0.84];
/** More outages than this are said to be this many. */
const MAX_NEEDED = 1e9;

const shareOf: Readonly<Record<GateLevel, number>> = { p10: 0.1, p50: 0.5, p80: 0.8, p90: 0.9 };

/**
 * Challenger against champion on outages that neither was trained on. Primary is the mean absolute error; the mean squared
 * one must be smaller too, or nothing is better. Deterministic by the question's seed. O(flips × outages).
 */
export function judgeChallenger(question: GateQuestion, nFlips?: number): GateReport {
  const { rows, ...left } = findComparable(question);
  const isOverlap = !question.dropsLearnt && left.learntByOld + left.learntByNew > 0;
  const base = {
    n: rows.length,
    unit: question.unit,
    rows: { ...question.rows, ...left },
    seed: question.seed,
  };
  if (rows.length < MIN_GATE_ROWS) {
    return { ...NOTHING_COMPARED, ...base, verdict: isOverlap ? 'overlap' : 'too-few', deploy: false };
  }
  const levels = findShared(question, rows);
  const old = findGateErrors(question, question.old, rows, levels);
  const challenger = findGateErrors(question, question.new, rows, levels);
  const differences = Float64Array.from(rows, (row) => {
    const error = (model: GatedModel) =>
      Math.abs((question.actual[row] ?? NaN) - (model.predicted[row] ?? NaN));
    return error(question.new) - error(question.old);
  });
  const units = question.units && Int32Array.from(rows, (row) => question.units?.[row] ?? -1);
  const { value, low, high, test, deviation } = boundPairedMean(
    differences,
    units,
    createRng(question.seed),
    nFlips,
  );
  const tolerance = TOLERANCE * old.mae;
  const isSmaller = value < 0 && challenger.mse < old.mse;
  const verdict = isOverlap ? 'overlap' : findVerdict(isSmaller, high, tolerance);
  const guardrails = checkGuardrails(question, rows, differences, { old, new: challenger, tolerance });
  return {
    ...base,
    verdict,
    deploy: verdict === 'proven-better' && guardrails.every(({ holds }) => holds),
    old,
    new: challenger,
    difference: { value, low, high },
    test,
    nUnits: units && new Set(units).size,
    tolerance,
    needed: findNeeded(deviation, tolerance),
    guardrails,
  };
}

const NOTHING_COMPARED = {
  old: null,
  new: null,
  difference: null,
  test: null,
  nUnits: null,
  tolerance: null,
  needed: null,
  guardrails: [],
} as const;

function findVerdict(isSmaller: boolean, high: number, tolerance: number): GateVerdict {
  if (!isSmaller) return 'not-better';
  if (high < 0) return 'proven-better';
  return high < tolerance ? 'not-worse' : 'cannot-tell';
}

/** Outages that prove a gain as large as the tolerance in four cases of five. Null where differences do not vary. */
function findNeeded(deviation: number, tolerance: number): number | null {
  if (!(deviation > 0) || !(tolerance > 0)) return null;
  return Math.min(MAX_NEEDED, Math.ceil((((Z_SURE + Z_POWER) * deviation) / tolerance) ** 2));
}

/** Rows to which both models give all levels: pinball losses are of these alone. */
function findShared({ old, new: challenger }: GateQuestion, rows: readonly number[]): readonly number[] {
  const isClaimed = ({ levels }: GatedModel, row: number) =>
    levels !== null && gateLevels.every((level) => Number.isFinite(levels[level][row]));
  return rows.filter((row) => isClaimed(old, row) && isClaimed(challenger, row));
}

function findGateErrors(
  { actual }: GateQuestion,
  { predicted, levels }: GatedModel,
  rows: readonly number[],
  shared: readonly number[],
): GateErrors {
  const errors = rows.map((row) => (actual[row] ?? NaN) - (predicted[row] ?? NaN));
  return {
    mae: mean(errors.map(Math.abs)),
    mse: mean(errors.map((error) => error * error)),
    bias: mean(errors),
    pinball:
      levels === null || shared.length === 0
        ? null
        : mean(shared.flatMap((row) => gateLevels.map((level) => findPinball(actual, levels, row, level)))),
  };
}

function findPinball(
  actual: Float64Array,
  levels: Readonly<Record<GateLevel, Float64Array>>,
  row: number,
  level: GateLevel,
): number {
  const error = (actual[row] ?? NaN) - (levels[level][row] ?? NaN);
  return error >= 0 ? shareOf[level] * error : (shareOf[level] - 1) * error;
}
