import type { Instant } from '#base/instant.ts';
import type { DurationUnit } from '#data/duration-unit.ts';
import type { Announcement, LedgerModel } from './contract.ts';
import type { Evidence } from './detector.ts';
import { answerDue, HANDICAP, type JudgedOutage, observeSingly } from './due-question.ts';
import { createEProcess } from './e-process.ts';
import { type MedianEstimate, recordErrors } from './error-record.ts';
import { runDetector } from './run-detector.ts';
import { createShiryaevRoberts, RUN_LENGTH } from './shiryaev-roberts.ts';

/** How the outages of one label of a column keep what was announced. */
export interface SeriesRecord {
  readonly column: string;
  readonly label: string;
  readonly nJudged: number;
  /** Actual/P50 − 1, of whole cohorts; null for none. */
  readonly ratio: MedianEstimate | null;
  readonly bias: MedianEstimate | null;
  readonly watch: Evidence;
  readonly proof: Evidence;
}

/** A column with more labels has few outages of each. */
const MOST_LABELS = 12;
const LEAST_OF_LABEL = 20;

/** Columns whose labels are followed one by one, by position. */
export function listSeriesColumns({
  columns,
  reference,
}: Pick<LedgerModel, 'columns' | 'reference'>): readonly number[] {
  return columns.flatMap(({ type, isCalendar }, at) => {
    if (type !== 'category' || isCalendar) return [];
    const labels = new Set(reference.map((row) => row[at] ?? null));
    labels.delete(null);
    return labels.size >= 2 && labels.size <= MOST_LABELS ? [at] : [];
  });
}

/**
 * One record a label with outages enough. So many are looked at side by side that each needs as many times the evidence:
 * the promise holds for all of them together.
 */
export function recordSeries(
  model: Pick<LedgerModel, 'columns' | 'reference'>,
  outages: readonly JudgedOutage[],
  until: Instant,
  unit: DurationUnit,
): readonly SeriesRecord[] {
  const followed = listSeriesColumns(model);
  const series = followed.flatMap((at) => {
    const labels = [
      ...new Set(outages.flatMap(({ announcement }) => labelOf(announcement, at) ?? [])),
    ].sort();
    return labels.map((label) => ({
      column: model.columns[at]?.name ?? '',
      label,
      own: outages.filter(({ announcement }) => labelOf(announcement, at) === label),
    }));
  });
  const large = series.filter(({ own }) => own.length >= LEAST_OF_LABEL);
  // As many as could ever be looked at: the bar must not rise as more of them have outages enough.
  const nCompared = Math.max(1, series.length);
  return large.map(({ column, label, own }): SeriesRecord => {
    const answers = answerDue(own, until);
    const errors = recordErrors(own, until, unit);
    const watch = createShiryaevRoberts(RUN_LENGTH * nCompared);
    const proof = createEProcess(nCompared);
    return {
      column,
      label,
      nJudged: answers.filter(({ isFirst }) => isFirst).length,
      ratio: errors?.ratio ?? null,
      bias: errors?.bias ?? null,
      watch: runDetector(watch, observeSingly(answers, HANDICAP.watch)),
      proof: runDetector(proof, observeSingly(answers, HANDICAP.proof)),
    };
  });
}

/** The label of an announced outage in a column; null where it has none. */
export function labelOf({ cells }: Announcement, at: number): string | null {
  const cell = cells[at] ?? null;
  return cell === null ? null : String(cell);
}
