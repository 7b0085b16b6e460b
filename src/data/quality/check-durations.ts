import { msPerUnit } from '../time-units.ts';
import { subtract } from '#base/arrays.ts';
import type { Sliced } from '#base/slices.ts';
import { findRange } from '#base/statistics.ts';
import { nameSays } from '../column-words.ts';
import { MS_PER_DAY } from '../dates.ts';
import { guessUnit } from '../duration-unit.ts';
import { type Bounds, type RecipeAction, isInside } from '../recipe/recipe-step.ts';
import { findRoleColumn } from '../role-columns.ts';
import { findRows, type FindingCode, type FindingDetails, type QualityFinding } from './finding.ts';
import type { QualitySubject } from './quality-subject.ts';

/** No outage that was planned takes ten years; a unit that stays away so long is closed. */
const absurdDays = 3652.5;

/** More values of zero or less than that are no slips of the hand. */
const usualShare = 0.2;

/** Durations that are not positive or absurdly long, and ends that come before their starts. */
export function* checkDurations(subject: QualitySubject): Sliced<QualityFinding[]> {
  const start = findRoleColumn(subject, 'start', 'date');
  const end = findRoleColumn(subject, 'end', 'date');
  const target = findRoleColumn(subject, 'target', 'number');
  const spans = start && end && subtract(end.values, start.values).map((ms) => ms / MS_PER_DAY);
  const findings: QualityFinding[] = [];
  function* report(
    code: FindingCode,
    columns: readonly string[],
    values: Float64Array,
    isWrong: (value: number) => boolean,
    details: FindingDetails,
    proposal: RecipeAction,
  ): Sliced<void> {
    yield;
    const rows = findRows(values, isWrong);
    if (rows.count > 0) findings.push({ code, columns, rows, severity: 'warning', details, proposal });
  }
  if (spans) {
    const columns = [start.name, end.name];
    const excludeSpan = (bounds: Bounds): RecipeAction => ({
      kind: 'exclude-span-outside',
      start: start.name,
      end: end.name,
      bounds,
    });
    yield* report('end-before-start', columns, spans, (span) => span < 0, {}, excludeSpan({ min: 0 }));
    // Days without a time tell of no outage shorter than one: no error, and said where rows are set aside.
    const isByDay = !start.hasTime && !end.hasTime;
    if (!target && !isByDay) {
      const isZero = (span: number) => span === 0;
      yield* report('duration-not-positive', columns, spans, isZero, { min: 0 }, excludeSpan({ above: 0 }));
    }
    if (!target) {
      const bounds = { max: absurdDays };
      const details = { limit: absurdDays, unit: 'day', max: findRange(spans)[1] };
      yield* report(
        'duration-absurd',
        columns,
        spans,
        (span) => span > absurdDays,
        details,
        excludeSpan(bounds),
      );
    }
  }
  if (target) {
    const { values, name: column } = target;
    const exclude = (bounds: Bounds): RecipeAction => ({ kind: 'exclude-outside', column, bounds });
    const positive = { above: 0 };
    const isNotPositive = (value: number) => !isInside(value, positive);
    const [min, max] = findRange(values);
    // A delay may well be none, or negative; so may what is not called a duration and often is.
    const isDelay =
      nameSays(column, 'overrun') ||
      (!nameSays(column, 'duration') && findRows(values, isNotPositive).count > usualShare * values.length);
    if (!isDelay) {
      yield* report('duration-not-positive', [column], values, isNotPositive, { min }, exclude(positive));
    }
    const unit = guessUnit(target, start, end, undefined);
    if (unit !== 'unknown') {
      const limit = (absurdDays * MS_PER_DAY) / msPerUnit[unit];
      const details = { limit, unit, max };
      yield* report(
        'duration-absurd',
        [column],
        values,
        (value) => value > limit,
        details,
        exclude({ max: limit }),
      );
    }
  }
  return findings;
}
