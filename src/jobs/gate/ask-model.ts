import type { Instant } from '#base/instant.ts';
import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { guessUnit } from '#data/duration-unit.ts';
import type { OutageSet } from '#data/outages.ts';
import { findRoleColumn } from '#data/role-columns.ts';
import type { FileRow } from '#data/row-index.ts';
import { isTimeUnit, msPerUnit } from '#data/time-units.ts';
import { findColumn, listLabels, selectRows, type Table } from '#data/table.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { completeInputs } from '#inference/input-rows.ts';
import { findLearntRows } from '#inference/learnt-cases.ts';
import { buildModelFeatures, findKnownOutages } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { findRepeated, recogniseRows } from '#models/row-fingerprints.ts';
import type { GateLevel } from '#versions/gate/question.ts';
import { completeDataset } from '../dataset/complete-dataset.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { predictAll } from '../dataset/row-slices.ts';
import { answerTable } from '../prediction/answer-table.ts';

/** What a model says of one finished outage of a file, in its own unit. */
export interface AskedOutage {
  readonly actual: number;
  readonly predicted: number;
  readonly levels: Readonly<Record<GateLevel, number>>;
  readonly learnt: boolean | null;
  readonly label: string | null;
  readonly unit: string | null;
}

/** By the row of the file. */
export interface AskedModel {
  readonly outages: ReadonlyMap<FileRow, AskedOutage>;
  readonly hasIntervals: boolean;
  readonly nUnderWay: number;
  /** Finished outages that the file tells again: the first of each counts. */
  readonly nRepeated: number;
}

/**
 * Asks a model of all finished outages of a file, as an export would answer them. Throws `gate-no-fingerprints` for a model whose
 * file does not tell what it was trained on, `model-columns-missing`, `no-target`.
 */
export async function askModel(
  model: ModelAtWork,
  given: OpenDataset,
  today: Instant,
  context: JobContext,
): Promise<AskedModel> {
  const { dataset } = completeDataset(model, given);
  const table = completeInputs(model.description, dataset.cleaned.table);
  const known = findKnownOutages(model, table, today);
  const { positions } = known;
  const asking = { today, isTrainingData: false, refit: null };
  const { intervals, gaps } = await answerTable(model, dataset, asking, context);
  const features = buildModelFeatures(model, table);
  const predicted = await predictAll(model.model, selectRows(features, positions), context);
  const valueOfGap = new Map(gaps.map(({ row, prediction }) => [row, prediction.value]));
  const factor = findFactor(model, table);
  const actual = known.target.map((value) => value * factor);
  const learnt = listLearnt(model, table, { ...known, target: actual });
  const findLabel = createLabelReader(table, model.calibration?.classColumn ?? null);
  const findUnit = createLabelReader(table, findUnitName(known));
  const { rowOrigins } = dataset.cleaned;
  const outages = new Map<FileRow, AskedOutage>();
  const { learntRows } = model.description;
  const isRepeated = learntRows ? findRepeated(learntRows, { table, ...known }) : [];
  positions.forEach((position, i) => {
    if (isRepeated[i]) return;
    const interval = intervals[position] ?? null;
    const levelOf = (level: GateLevel) => {
      const bound = interval?.[level];
      return bound && isClaimed(bound) ? bound.value : NaN;
    };
    outages.set(rowOrigins[position] ?? position, {
      actual: actual[i] ?? NaN,
      predicted: valueOfGap.get(position) ?? predicted[i] ?? NaN,
      levels: { p10: levelOf('p10'), p50: levelOf('p50'), p80: levelOf('p80'), p90: levelOf('p90') },
      learnt: learnt[i] ?? null,
      label: findLabel(position),
      unit: findUnit(position),
    });
  });
  return {
    outages,
    hasIntervals: (model.calibration?.intervals ?? null) !== null,
    nUnderWay: countUnderWay(known),
    nRepeated: isRepeated.filter(Boolean).length,
  };
}

/** Whether the model was trained on each outage: by its fingerprints; in older files by the past that it keeps. */
function listLearnt(model: ModelAtWork, table: Table, known: OutageSet): readonly (boolean | null)[] {
  const { learntRows, history } = model.description;
  if (learntRows) return recogniseRows(learntRows, { table, ...known });
  if (history === null) {
    const { name } = model.summary;
    throw new AppError('gate-no-fingerprints', `the file of ${name} does not keep what it learnt`, { name });
  }
  const states = findLearntRows(model, table, () => true);
  return Array.from(known.positions, (position) => {
    const state = states[position];
    return state === 'unknown' || state === undefined ? null : state === 'yes';
  });
}

/**
 * What makes the file's durations those of the model, where start and end tell that they are in another unit. Throws
 * `gate-other-unit` where the name of the column says otherwise: one of the two is wrong.
 */
function findFactor({ description }: ModelAtWork, table: Table): number {
  const { unit } = description.target;
  const roles = description.roles.map((each) => ({ ...each, reason: 'default' as const }));
  const target = findRoleColumn({ table, roles }, 'target', 'number');
  if (!target || !isTimeUnit(unit)) return 1;
  const [start, end] = (['start', 'end'] as const).map((role) =>
    findRoleColumn({ table, roles }, role, 'date'),
  );
  const told = guessUnit({ type: 'number', name: '', values: target.values }, start, end, undefined);
  if (told === 'unknown' || told === unit) return 1;
  const named = guessUnit(target, undefined, undefined, undefined);
  if (named === 'unknown') return msPerUnit[told] / msPerUnit[unit];
  throw new AppError('gate-other-unit', `${target.name} holds ${told}s by the file's dates, not ${named}s`, {
    column: target.name,
    told,
    unit: named,
  });
}

function findUnitName({ groups }: OutageSet): string | null {
  const [first] = groups.toSorted((a, b) => b.categories.length - a.categories.length);
  return first?.name ?? null;
}

function createLabelReader(table: Table, name: string | null): (row: number) => string | null {
  const column = name === null ? undefined : findColumn(table, name);
  const labels = column?.type === 'category' ? listLabels(column) : [];
  return (row) => labels[row] ?? null;
}

function countUnderWay({ underWay, setAside }: OutageSet): number {
  const counted = new Set<number>(underWay.positions);
  for (const { row, reason } of setAside) {
    if (reason === 'ongoing' || reason === 'ends-in-future') counted.add(row);
  }
  return counted.size;
}
