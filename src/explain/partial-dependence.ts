import { spreadEvenly } from '#base/arrays.ts';
import { type JobContext, createPacer } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import { requireColumn } from '#data/require-columns.ts';
import { selectRows, type Table } from '#data/table.ts';
import { countGridPoints, type FeatureGrid, findFeatureGrid, holdAt } from './feature-grid.ts';

/** How the prediction runs along one feature, all else as it was. In the target's unit. */
export interface PartialDependence {
  readonly feature: string;
  readonly grid: FeatureGrid;
  /** Mean prediction over the rows at each point. */
  readonly average: Float64Array;
  /** Prediction of single outages at each point (individual conditional expectation). */
  readonly curves: readonly { readonly row: number; readonly values: Float64Array }[];
  /** Rows averaged over. */
  readonly nRows: number;
}

export interface PartialDependenceOptions {
  /** Where to ask; by default between the 5 and 95 % quantiles of `features`. */
  readonly grid?: FeatureGrid;
  readonly nPoints?: number;
  /** Rows averaged over at most, evenly spread. */
  readonly maxRows?: number;
  /** Single curves kept at most, evenly spread over those rows. */
  readonly maxCurves?: number;
}

/**
 * Partial dependence (Friedman 2001) by brute force on the fitted model, as scikit-learn's
 * `partial_dependence(method='brute')`, with the curves of single outages (Goldstein et al. 2015): each
 * row is asked at each point of the grid. One prediction of all rows a point.
 *
 * It tells what the model does, all else held: also for combinations no outage ever had.
 * Throws `unknown-column` where `features` lacks the feature.
 */
export async function computePartialDependence(
  predict: (features: Table) => Float64Array,
  features: Table,
  feature: string,
  options: PartialDependenceOptions,
  context: JobContext,
): Promise<PartialDependence> {
  const { nPoints = 30, maxRows = 1000, maxCurves = 50 } = options;
  const whole = requireColumn(features, feature);
  const grid = options.grid ?? findFeatureGrid(whole, nPoints);
  const rows = spreadEvenly(features.nRows, maxRows);
  const sample = selectRows(features, rows);
  const kept = spreadEvenly(rows.length, maxCurves);
  const n = countGridPoints(grid);
  const average = new Float64Array(n);
  const curves = Array.from(kept, (at) => ({ row: rows[at], values: new Float64Array(n) }));
  const pace = createPacer(context);
  for (let point = 0; point < n; point++) {
    await pace(() => ({ phase: 'explaining', done: point, total: n }));
    const columns = sample.columns.map((c) => (c.name === feature ? holdAt(c, grid, point) : c));
    const predictions = predict({ nRows: sample.nRows, columns });
    average[point] = mean(predictions);
    curves.forEach(({ values }, i) => (values[point] = predictions[kept[i]]));
  }
  return { feature, grid, average, curves, nRows: rows.length };
}

/** Curves from 0 at one point of the grid (centred ICE): what differs is the shape, not the level. */
export function centreCurves(dependence: PartialDependence, point = 0): PartialDependence {
  const centre = (values: Float64Array): Float64Array => values.map((value) => value - values[point]);
  const curves = dependence.curves.map(({ row, values }) => ({ row, values: centre(values) }));
  return { ...dependence, average: centre(dependence.average), curves };
}
