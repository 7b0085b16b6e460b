import { gather } from '#base/arrays.ts';
import type { JobContext } from '#base/job-context.ts';
import type { Instant } from '#base/instant.ts';
import type { ColumnRole } from '#data/roles.ts';
import type { FileRows, TableRow, TableRows } from '#data/row-index.ts';
import { requireColumns } from '#data/require-columns.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { findColumn, selectRows, type Table } from '#data/table.ts';
import { computeDurationCurve } from '#evaluation/intervals/duration-curve.ts';
import type { IntervalCalibration } from '#evaluation/intervals/calibration.ts';
import { predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { judgeReach, reachCurve } from '#inference/reach.ts';
import { forecastRow } from '#evaluation/intervals/model-forecast.ts';
import { measureDomainDistance } from '#explain/domain-distance.ts';
import { indexOutages, type ProximityIndex } from '#explain/leaf-proximity.ts';
import { explainPredictions, isEstimated } from '#explain/model-shap.ts';
import { findSimilarOutages } from '#explain/similar-outages.ts';
import { buildWaterfall } from '#explain/waterfall.ts';
import { buildModelFeatures, findKnownOutages } from '#inference/model-features.ts';
import { holdTime, noteOutside } from '#inference/case-notes.ts';
import { createClassFinder, toCaseTable } from '#inference/case-table.ts';
import { forecastOpenCase } from '#inference/forecast-open.ts';
import { findOpenInputs, findOpenNames, settleCells } from '#inference/open-cells.ts';
import { type CellRow, readCell } from '#data/cell.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { recallRefit } from '../refits/find-refit.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { CaseExplanation, ExplainCaseRequest, SimilarCases, SimilarCasesRequest } from './contract.ts';

/** Points of the S-curve: enough for a smooth line. */
const N_CURVE_POINTS = 81;

/**
 * Why a case is predicted what it is, in the target's unit by column of the file, and its S-curve; of a case with open
 * cells the curve alone. Null where the model file lacks what it takes (trained before its time). Some 10 ms.
 */
export async function explainCase(
  open: ModelAtWork,
  { cells: asked, from }: Omit<ExplainCaseRequest, 'modelId'>,
  context: JobContext,
): Promise<CaseExplanation | null> {
  const { model, description, history, calibration, summary, without } = open;
  if (calibration === null) return null;
  const cells = settleCells(summary.features, asked);
  const unknown = findOpenInputs(description, cells, from);
  if (unknown.some((i) => !without?.has(description.inputs[i]?.name ?? ''))) {
    const { pooled } = forecastOpenCase(open, cells, unknown);
    const reach = judgeReach({ summary, calibration }, cells);
    const curve = pooled && reachCurve(pooled.curve, pooled.interval, reach);
    return { waterfall: null, isEstimated: false, curve };
  }
  const table = toCaseTable(description.inputs, [cells]);
  const features = buildModelFeatures(open, table);
  const origins = [...description.origins, ...(history?.plan.features ?? [])];
  const shap = await explainPredictions(model, calibration.background, features, origins, context);
  const { intervals } = calibration;
  const drawCurve = (levels: IntervalCalibration) => {
    const forecast = forecastRow(model, levels, features, 0);
    const caseClass = createClassFinder(table, calibration)(0);
    const curve = computeDurationCurve(levels, forecast, caseClass, N_CURVE_POINTS);
    return reachCurve(
      curve,
      predictInterval(levels, forecast, caseClass),
      judgeReach({ summary, calibration }, cells),
    );
  };
  return {
    waterfall: buildWaterfall(shap, 0),
    isEstimated: isEstimated(model.state),
    curve: intervals && drawCurve(intervals),
  };
}

interface Past {
  readonly dataset: OpenDataset;
  readonly index: ProximityIndex;
  readonly actual: Float64Array;
  /** Row in the file of each indexed outage, and in the cleaned table. */
  readonly rows: FileRows;
  readonly positions: TableRows;
}

/** Indexed once per model and dataset: some 100 ms on thousands of outages. */
const pasts = new WeakMap<ModelAtWork, Past>();

function indexPast(open: ModelAtWork, dataset: OpenDataset, today: Instant): Past {
  const known = pasts.get(open);
  if (known?.dataset === dataset) return known;
  const { table, rowOrigins } = dataset.cleaned;
  const { positions, target } = findKnownOutages(open, table, today);
  const features = selectRows(buildModelFeatures(open, table), positions);
  const past = {
    dataset,
    index: indexOutages(open.model, features),
    actual: target,
    rows: gather(rowOrigins, positions),
    positions,
  };
  pasts.set(open, past);
  return past;
}

/** The past outages the model holds to be most like a case, and how far the case is from all of them. */
export function findSimilarCases(
  whole: ModelAtWork,
  dataset: OpenDataset,
  { cells: given, exceptRow, today }: SimilarCasesRequest,
): SimilarCases {
  const cells = settleCells(whole.summary.features, given);
  const without = findOpenNames(whole.description, cells);
  // Alike in what is known: by the fit that looks at nothing else, once there is one.
  const open = (without.length > 0 && recallRefit(whole, dataset, without)) || whole;
  const { index, actual, rows, positions } = indexPast(open, dataset, today);
  const asked = open.summary.features;
  const held = holdTime(asked, open.description.origins, cells);
  const features = buildModelFeatures(open, toCaseTable(open.description.inputs, [held]));
  const same = findSameOutages(open, dataset.cleaned.table, positions, cells);
  const exceptRows = new Set(same);
  const except = exceptRow === undefined ? -1 : rows.indexOf(exceptRow);
  if (except >= 0) exceptRows.add(except);
  const similar = findSimilarOutages(index, actual, features, 0, { exceptRows });
  const domain = open.calibration?.domain ?? null;
  const { distance, typicality, ...measured } = measureDomainDistance(index, domain, features, 0);
  const isOutside = measured.isOutside || noteOutside(asked, cells).length > 0;
  return {
    outages: similar.map(({ row, proximity, actual: duration }) => ({
      row: rows[row] as number,
      proximity,
      actual: duration,
      ...identify(open, dataset.cleaned.table, positions[row] as number),
    })),
    nSame: same.length,
    distance,
    typicality,
    isOutside,
    outsideBy: isOutside ? findOutlyingColumn(open, index, held, distance) : null,
  };
}

/** Numbers this near, in shares of what training saw, are the same; dates within a day. */
const NEARLY = 0.01;

/** The past outages that the case is, or nearly: none of them is like itself. O(outages × columns). */
function findSameOutages(
  { description }: ModelAtWork,
  table: Table,
  positions: TableRows,
  cells: CellRow,
): readonly number[] {
  const { inputs } = description;
  const columns = requireColumns(
    table,
    inputs.map(({ name }) => ({ name })),
  );
  const isSame = (position: TableRow) =>
    columns.every((column, i) => {
      const [cell, other] = [cells[i] ?? null, readCell(column, position)];
      const input = inputs[i];
      if (typeof cell !== 'number' || typeof other !== 'number' || !input || input.type === 'category')
        return cell === other;
      const within = input.type === 'date' ? MS_PER_DAY : NEARLY * (input.max - input.min);
      return Math.abs(cell - other) <= within;
    });
  return Array.from(positions).flatMap((position, i) => (isSame(position) ? [i] : []));
}

/** Where no column's change brings a case this much nearer, it is strange as a whole. */
const NOTABLE_SHARE = 0.05;

/** The column whose typical cell, put in its place, brings the case nearest to the past outages. One measure a column. */
function findOutlyingColumn(
  open: ModelAtWork,
  index: ProximityIndex,
  cells: CellRow,
  distance: number,
): string | null {
  const { inputs, typical } = open.description;
  const changed = inputs.map((_, i) => cells.map((cell, at) => (at === i ? (typical[i] ?? null) : cell)));
  const features = buildModelFeatures(open, toCaseTable(inputs, changed));
  let least = (1 - NOTABLE_SHARE) * distance;
  let found: string | null = null;
  for (const [i, { name }] of inputs.entries()) {
    if (cells[i] === typical[i]) continue;
    const { distance: left } = measureDomainDistance(index, null, features, i);
    if (left >= least) continue;
    least = left;
    found = name;
  }
  return found;
}

/** What a person knows an outage by: the labels of its unit and site, and its start. */
function identify({ description }: ModelAtWork, table: Table, position: TableRow) {
  const columnsOf = (role: ColumnRole) =>
    description.roles.flatMap((each) => (each.role === role ? (findColumn(table, each.column) ?? []) : []));
  const labels = columnsOf('group').flatMap((column) => {
    const cell = readCell(column, position);
    return cell === null ? [] : [String(cell)];
  });
  const [start] = columnsOf('start').map((column) => readCell(column, position));
  return { labels, start: typeof start === 'number' ? start : null };
}
