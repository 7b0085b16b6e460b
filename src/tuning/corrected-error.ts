import { createRng } from '#base/random.ts';
import { mean, quantileOfSorted } from '#base/statistics.ts';
import { isWorthTaking } from './choose-settings.ts';

const N_RESAMPLES = 500;

export interface CorrectedError {
  /** Mean absolute error to expect of what a search like this one chooses, and its 80 % range. */
  readonly mae: number;
  readonly low: number;
  readonly high: number;
  /** In how many of the resamples the default did no worse, on rows that did not choose, than the trial that was best without it. */
  readonly probabilityDefaultAsGood: number;
}

/**
 * Bootstrap bias-corrected cross-validation (Tsamardinos, Greasidou & Borboudakis 2018): the search's choice is made again on rows drawn
 * with replacement, and scored on those not drawn. `errors[c][row]` of configurations that were judged on every row; the first is the
 * default. `groups`: rows of one group are drawn together. O(resamples × rows × configurations).
 */
export function correctError(
  errors: readonly Float64Array[],
  seed: number,
  groups: Int32Array | null = null,
): CorrectedError {
  const nRows = errors[0]?.length ?? 0;
  const members = groups ? groupRows(groups) : Array.from({ length: nRows }, (_, row) => [row]);
  const rng = createRng(seed);
  const counts = new Int32Array(nRows);
  const chosenErrors: number[] = [];
  let nAsGood = 0;
  let nCompared = 0;
  for (let resample = 0; resample < N_RESAMPLES; resample++) {
    counts.fill(0);
    for (let draw = 0; draw < members.length; draw++) {
      for (const row of members[rng.nextBelow(members.length)]) counts[row]++;
    }
    const judged = errors.map((own) => scoreBoth(own, counts));
    if (!judged.every(({ out }) => Number.isFinite(out))) continue;
    const best = judged.reduce((least, { drawn }, c) => (drawn < judged[least].drawn ? c : least), 0);
    const chosen = best > 0 && isBetterDrawn(errors[0], errors[best], counts) ? best : 0;
    chosenErrors.push(judged[chosen].out);
    const rival = bestBesideDefault(judged);
    if (rival === null) continue;
    nCompared++;
    if (judged[0].out <= judged[rival].out) nAsGood++;
  }
  const sorted = Float64Array.from(chosenErrors).sort();
  return {
    mae: mean(sorted),
    low: quantileOfSorted(sorted, 0.1),
    high: quantileOfSorted(sorted, 0.9),
    probabilityDefaultAsGood: nCompared === 0 ? 1 : nAsGood / nCompared,
  };
}

/** Mean error over the rows drawn, each as often as it was, and over those not drawn. */
function scoreBoth(
  errors: Float64Array,
  counts: Int32Array,
): { readonly drawn: number; readonly out: number } {
  let [sum, n, sumOut, nOut] = [0, 0, 0, 0];
  for (let row = 0; row < errors.length; row++) {
    const count = counts[row];
    if (count > 0) {
      sum += count * errors[row];
      n += count;
    } else {
      sumOut += errors[row];
      nOut++;
    }
  }
  return { drawn: sum / n, out: sumOut / nOut };
}

function bestBesideDefault(judged: readonly { readonly drawn: number }[]): number | null {
  if (judged.length < 2) return null;
  let best = 1;
  for (let c = 2; c < judged.length; c++) if (judged[c].drawn < judged[best].drawn) best = c;
  return best;
}

/**
 * Being borne out (`isBorneOut`) cannot be asked within a resample: it takes resamples. On the rows not drawn, 0.37 of all, a gain is above
 * 0 four times in five where it is above 0.84 standard errors of theirs: 1.4 of all rows'.
 */
const BORNE_OUT_ERRORS = 1.4;

/** The rule of `choose-settings.ts` on the rows drawn. */
function isBetterDrawn(ofDefault: Float64Array, tuned: Float64Array, counts: Int32Array): boolean {
  let [n, sum, squares, level] = [0, 0, 0, 0];
  for (let row = 0; row < counts.length; row++) {
    const count = counts[row];
    if (count === 0) continue;
    const gain = ofDefault[row] - tuned[row];
    n += count;
    sum += count * gain;
    squares += count * gain * gain;
    level += count * ofDefault[row];
  }
  const gain = sum / n;
  const standardError = Math.sqrt(Math.max(0, squares / n - gain * gain) / n);
  return isWorthTaking(gain, BORNE_OUT_ERRORS * standardError, level / n);
}

function groupRows(groups: Int32Array): number[][] {
  const rows = new Map<number, number[]>();
  groups.forEach((group, row) => {
    const own = rows.get(group);
    if (own) own.push(row);
    else rows.set(group, [row]);
  });
  return [...rows.values()];
}
