import type { ModelFamily } from '#models/model-catalogue.ts';
import type { ModelSpec } from '#models/model-spec.ts';

/** How long a fit takes and what it makes is asked, roughly, in fits of boosting. */
const slowness: Partial<Record<ModelFamily, number>> = {
  hazard: 6,
  forest: 3,
  'nearest-past': 2,
  'gradient-boosting': 1,
};

/** The slowest first, so that threads which share the fits end at about one time; equals in order. */
export function putSlowFirst<Fit>(fits: readonly Fit[], specOf: (fit: Fit) => ModelSpec): readonly Fit[] {
  const costOf = (fit: Fit) => slowness[specOf(fit).settings.family] ?? 0;
  return fits.toSorted((a, b) => costOf(b) - costOf(a));
}

/** The same, but what takes no time before all: something can be said of it at once. */
export function putQuickThenSlow<Fit>(fits: readonly Fit[], specOf: (fit: Fit) => ModelSpec): readonly Fit[] {
  const isQuick = (fit: Fit) => slowness[specOf(fit).settings.family] === undefined;
  return [...fits.filter(isQuick), ...putSlowFirst(fits, specOf).filter((fit) => !isQuick(fit))];
}
