/** What is remarkable about a value that training saw no like of. */
export type RangeBreach = 'below-training-range' | 'above-training-range';

/** On which side of the training range a value lies; null within it, or up to `ahead` above. */
export function findRangeBreach(
  { min, max }: { readonly min: number; readonly max: number },
  value: number,
  ahead = 0,
): RangeBreach | null {
  if (value < min) return 'below-training-range';
  return value > max + ahead ? 'above-training-range' : null;
}
