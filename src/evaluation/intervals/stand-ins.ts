import { gather, spreadEvenly } from '#base/arrays.ts';
import { weighEnded } from '#base/kaplan-meier.ts';
import { canUseLogScale, toScale } from '#models/target-scale.ts';
import type { ForecastOutages } from './calibration.ts';
import type { OutOfFoldForecasts } from './out-of-fold-forecasts.ts';
import { placeInForecast } from './quantile-score.ts';

/** Outages that are over, taken as often as each stands for those under way. */
export interface StandIns extends OutOfFoldForecasts {
  /** The given row of each. */
  readonly rows: Int32Array;
  /** The share of all outages of which nothing is known but that they lasted longer, for their forecasts, than any that ended. */
  readonly beyond: number;
}

/** Outages that are over which a class takes to be weighed by its own; smaller ones are weighed together. */
const LEAST_OF_CLASS = 50;

/**
 * About as many outages as are over, taken so that they speak for those under way too: of what began lately only the short
 * ones have ended, and levels of these alone are too short. An outage under way lies, among its forecasts, beyond its
 * duration so far (`actual`): Kaplan and Meier's weights of such scores, by class where it is large. A small class is not
 * counted more often than it has outages that are over. Nothing is left to chance. O(n log n).
 */
export function drawStandIns(
  { outages, foldOf }: OutOfFoldForecasts,
  classes: Labels | null,
  underWay: ForecastOutages,
): StandIns {
  const isLog = [outages, underWay].every(({ actual, predicted }) =>
    [actual, predicted].every((values) => canUseLogScale(Array.from(values).filter(Number.isFinite))),
  );
  const over = listScored(outages, classes, isLog);
  const open = listScored(underWay, underWay.classes ?? null, isLog);
  const sizes = new Map([...groupBy(over, ({ label }) => label)].map(([label, own]) => [label, own.length]));
  const sizeOf = (label: string) => sizes.get(label) ?? 0;
  const groupOf = ({ label }: Scored) => (sizeOf(label) < LEAST_OF_CLASS ? '' : label);
  const openOf = groupBy(open, groupOf);
  let beyond = 0;
  const weighed = [...groupBy(over, groupOf)].flatMap(([group, members]) => {
    const found = weighEnded(
      members.map(({ score }) => score),
      (openOf.get(group) ?? []).map(({ score }) => score),
    );
    beyond += found.beyond;
    return members.map((member, i) => ({ ...member, weight: found.weights[i] ?? 0 }));
  });
  weighed.sort((a, b) => compareText(a.label, b.label) || a.score - b.score || a.row - b.row);
  const drawn = [...groupBy(spread(weighed), ({ label }) => label)].flatMap(([label, members]) =>
    sizeOf(label) < LEAST_OF_CLASS ? thin(members, sizeOf(label)) : members,
  );
  const rows = Int32Array.from(drawn, ({ row }) => row).sort();
  const all = over.length + open.length;
  return { ...takeRows(outages, foldOf, rows), rows, beyond: all === 0 ? 0 : beyond / all };
}

type Labels = readonly (string | null)[];

interface Scored {
  readonly row: number;
  /** Of the class; empty where unknown. */
  readonly label: string;
  readonly score: number;
}

/** Those that have a forecast. */
function listScored(outages: ForecastOutages, labels: Labels | null, isLog: boolean): Scored[] {
  return Array.from(scoreAll(outages, isLog), (score, row) => ({
    row,
    label: labels?.[row] ?? '',
    score,
  })).filter(({ score }) => !Number.isNaN(score));
}

/** The place among the forecast quantiles, else how far off the forecast was; NaN without one. */
function scoreAll({ actual, predicted, quantiles }: ForecastOutages, isLog: boolean): Float64Array {
  const scale = isLog ? 'log1p' : 'identity';
  const [scaled, centres] = [actual, predicted].map((values) => toScale(Float64Array.from(values), scale));
  return Float64Array.from(predicted, (centre, i) => {
    if (Number.isNaN(centre)) return NaN;
    const value = scaled?.[i] ?? NaN;
    if (!quantiles) return value - (centres?.[i] ?? NaN);
    const column = toScale(
      Float64Array.from(quantiles.values, (values) => values[i] ?? NaN),
      scale,
    );
    return placeInForecast(quantiles.shares, column, value);
  });
}

/** As many of the items as there are, evenly along their weights. */
function spread<Item extends { readonly weight: number }>(items: readonly Item[]): Item[] {
  const total = items.reduce((sum, { weight }) => sum + weight, 0);
  const drawn: Item[] = [];
  let passed = 0;
  for (const item of items) {
    passed += (item.weight / total) * items.length;
    while (drawn.length + 0.5 < passed - 1e-9) drawn.push(item);
  }
  return drawn;
}

/** At most so many of them, evenly spread. */
function thin<Item>(items: readonly Item[], most: number): Item[] {
  return items.length <= most ? [...items] : gather(items, spreadEvenly(items.length, most));
}

function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const known = groups.get(nameOf(item));
    if (known) known.push(item);
    else groups.set(nameOf(item), [item]);
  }
  return groups;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function takeRows(
  { actual, predicted, quantiles, isDirected }: ForecastOutages,
  foldOf: Int32Array,
  rows: Int32Array,
): OutOfFoldForecasts {
  const take = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row] ?? NaN);
  return {
    outages: {
      actual: take(actual),
      predicted: take(predicted),
      ...(isDirected && { isDirected }),
      ...(quantiles && { quantiles: { ...quantiles, values: quantiles.values.map(take) } }),
    },
    foldOf: rows.map((row) => foldOf[row] ?? -1),
  };
}
