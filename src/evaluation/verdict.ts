/** Less gain than this on the median is no gain to speak of. */
const NEGLIGIBLE_GAIN = 0.03;
/** A bias under this fraction of the mean error is not worth a sentence. */
const NEGLIGIBLE_BIAS = 0.1;
/** Where no more than this fraction is late, a late mean is the work of a few very long outages. */
const HALF_LATE = 0.55;

/** Whether a model is worth having: its error against that of always announcing the median. NaN is 'worse'. */
export function judgeGain(mae: number, medianMae: number): 'better' | 'same' | 'worse' {
  const gain = 1 - mae / medianMae;
  if (gain >= NEGLIGIBLE_GAIN) return 'better';
  return gain >= 0 ? 'same' : 'worse';
}

/** The same where the outages were too few to tell: `unsure` where chance explains a gain or a loss worth speaking of. */
export function judgeSureGain(
  mae: number,
  medianMae: number,
  difference: { readonly low: number; readonly high: number } | null,
): 'better' | 'same' | 'worse' | 'unsure' {
  const isMaterial = Math.abs(1 - mae / medianMae) >= NEGLIGIBLE_GAIN;
  if (difference !== null && isMaterial && difference.low <= 0 && difference.high >= 0) return 'unsure';
  return judgeGain(mae, medianMae);
}

/** Where a model leans; `bias` is the mean of actual − predicted. */
export function judgeBias(
  bias: number,
  mae: number,
  shareLate: number,
): 'biasNone' | 'biasEarly' | 'biasLate' | 'biasLateByFew' {
  if (Math.abs(bias) < NEGLIGIBLE_BIAS * mae) return 'biasNone';
  if (bias < 0) return 'biasEarly';
  return shareLate <= HALF_LATE ? 'biasLateByFew' : 'biasLate';
}

/** Whether a difference of errors (other − model) is one: by its 90 % interval. */
export function judgeDifference({ low, high }: { readonly low: number; readonly high: number }) {
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'same';
}
