import type { ShapValues } from './model-shap.ts';

interface WaterfallStep {
  readonly column: string;
  /** In the target's unit, signed. */
  readonly contribution: number;
}

/** One prediction as steps: base + Σ steps + rest = prediction. */
export interface Waterfall {
  readonly base: number;
  /** The largest first, whatever their sign. */
  readonly steps: readonly WaterfallStep[];
  /** The smaller ones together; null where none was left out. */
  readonly rest: { readonly nColumns: number; readonly contribution: number } | null;
  readonly prediction: number;
}

/** The waterfall of one explained sample, with at most `maxSteps` columns shown by name. */
export function buildWaterfall(shap: ShapValues, sample: number, maxSteps = 8): Waterfall {
  const all = shap.columns
    .map(({ column, values }): WaterfallStep => ({ column, contribution: values[sample] }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.column < b.column ? -1 : 1));
  const steps = all.slice(0, maxSteps);
  const others = all.slice(maxSteps);
  const contribution = others.reduce((sum, step) => sum + step.contribution, 0);
  return {
    base: shap.base,
    steps,
    rest: others.length > 0 ? { nColumns: others.length, contribution } : null,
    prediction: shap.predictions[sample],
  };
}
