import type { NumberFormFeature } from './contract.ts';

type Spread = Pick<NumberFormFeature, 'min' | 'max' | 'isInteger'>;

/** Step of a slider: 1 for whole numbers, else about a hundredth of the range, rounded to 1, 2 or 5. */
export function sliderStep({ min, max, isInteger }: Spread): number {
  if (isInteger) return 1;
  return roundStep((max - min) / 100);
}

/** A step near it that people count in: 1, 2 or 5 times a power of ten; 1 for none. */
export function roundStep(rough: number): number {
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return Number(((lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10) * power).toPrecision(1));
}

/** Decimals that a value of the feature is written with: as fine as its slider moves, two for a fraction. */
export function countDecimals(feature: Spread): number {
  if (feature.isInteger) return 0;
  return Math.max(0, Math.min(6, -Math.floor(Math.log10(sliderStep(feature)) + 1e-9)));
}

/**
 * Decimals that may be typed even where values are whole. A box that takes none drops the mark and keeps the
 * digits: 12,5 would become 125.
 */
export const MIN_TYPED_DECIMALS = 2;

/** The value as its box writes it: what is shown and typed back in is the same case. */
export function roundAsTyped(feature: Spread, value: number): number {
  return Number(value.toFixed(Math.max(countDecimals(feature), MIN_TYPED_DECIMALS)));
}
