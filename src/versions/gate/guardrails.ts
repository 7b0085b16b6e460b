import { createRng, deriveSeed } from '#base/random.ts';
import { mean } from '#base/statistics.ts';
import { findBinomialBand } from '#evaluation/intervals/binomial-band.ts';
import { findPAbove, rejectByHolm } from '#evaluation/paired-mean.ts';
import type { BiasGuard, ClassGuard, CoverageGuard, GateErrors, Guardrail } from './contract.ts';
import type { GatedModel, GateQuestion } from './question.ts';

/** A class of fewer outages is not judged by itself. */
const MIN_OF_CLASS = 30;
const MIN_FOR_COVERAGE = 10;
/** All levels of coverage together are wrongly found outside so often at most. */
const CONFIDENCE = 0.95;

const promises = [
  { level: 'P80', share: 0.8, low: null, high: 'p80' },
  { level: 'P10–P90', share: 0.8, low: 'p10', high: 'p90' },
] as const;

/** What a smaller mean error must not hide: broken promises, a class that loses, a lean. `rows` are those compared. */
export function checkGuardrails(
  question: GateQuestion,
  rows: readonly number[],
  differences: Float64Array,
  errors: { readonly old: GateErrors; readonly new: GateErrors; readonly tolerance: number },
): readonly Guardrail[] {
  return [...checkCoverage(question, rows), ...checkClasses(question, rows, differences), checkBias(errors)];
}

function checkCoverage(question: GateQuestion, rows: readonly number[]): readonly CoverageGuard[] {
  return promises.flatMap((promise): CoverageGuard[] => {
    const { held, n } = countHeld(question.new, question.actual, rows, promise);
    if (n < MIN_FOR_COVERAGE) return [];
    const before = countHeld(question.old, question.actual, rows, promise);
    const oldShare = before.n < MIN_FOR_COVERAGE ? null : before.held / before.n;
    const [low, high] = findBinomialBand(n, promise.share, 1 - (1 - CONFIDENCE) / promises.length);
    const share = held / n;
    const distance = (from: number) => Math.abs(from - promise.share);
    const isWithin = share >= low && share <= high;
    const holds = isWithin || (oldShare !== null && distance(share) <= distance(oldShare));
    return [{ kind: 'coverage', level: promise.level, held, n, oldShare, low, high, holds }];
  });
}

function countHeld(
  { levels }: GatedModel,
  actual: Float64Array,
  rows: readonly number[],
  { low, high }: (typeof promises)[number],
) {
  let [held, n] = [0, 0];
  for (const row of rows) {
    const lower = low === null ? -Infinity : (levels?.[low][row] ?? NaN);
    const upper = levels?.[high][row] ?? NaN;
    if (Number.isNaN(lower) || Number.isNaN(upper)) continue;
    n++;
    const value = actual[row] ?? NaN;
    if (value >= lower && value <= upper) held++;
  }
  return { held, n };
}

function checkClasses(
  { classes, seed }: GateQuestion,
  rows: readonly number[],
  differences: Float64Array,
): readonly ClassGuard[] {
  const byLabel = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const label = classes[row] ?? null;
    if (label === null) return;
    const members = byLabel.get(label) ?? [];
    byLabel.set(label, members);
    members.push(differences[i] ?? NaN);
  });
  const judged = [...byLabel].filter(([, members]) => members.length >= MIN_OF_CLASS);
  const p = judged.map(([, members], i) =>
    findPAbove(Float64Array.from(members), createRng(deriveSeed(seed, 1 + i))),
  );
  const isWorse = rejectByHolm(p);
  return judged.map(([label, members], i) => ({
    kind: 'class',
    label,
    n: members.length,
    difference: mean(members),
    p: p[i] ?? 1,
    holds: isWorse[i] === false,
  }));
}

function checkBias({ old, new: challenger, tolerance }: Parameters<typeof checkGuardrails>[3]): BiasGuard {
  const holds = Math.abs(challenger.bias) <= Math.abs(old.bias) + tolerance;
  return { kind: 'bias', old: old.bias, new: challenger.bias, tolerance, holds };
}
