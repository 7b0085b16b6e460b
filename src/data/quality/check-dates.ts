import type { Sliced } from '#base/slices.ts';
import { findRange } from '#base/statistics.ts';
import { daysFromCivil, MS_PER_DAY, writeDay } from '../dates.ts';
import type { DateColumn } from '../table.ts';
import { findRoleColumn, listRoleColumns } from '../role-columns.ts';
import { findRows, type QualityFinding } from './finding.ts';
import { featureRoles } from '../roles.ts';
import { examineEach, type QualitySubject } from './quality-subject.ts';

/** Plans reach some years ahead; 2099 and 9999 are what programs write for "not known". */
const maxDaysAhead = 5 * 366;
/** Before the first power reactor, and before the plants that are still planned for. */
const firstPlausible = daysFromCivil(1950, 1, 1) * MS_PER_DAY;

/** Ends more than five years ahead, and other dates before 1950 or as far ahead. */
export function checkDates(subject: QualitySubject): Sliced<QualityFinding[]> {
  const latest = subject.now + maxDaysAhead * MS_PER_DAY;
  const end = findRoleColumn(subject, 'end', 'date');
  const others = listRoleColumns(subject, ['start', ...featureRoles], 'date');
  const columns = [...(end ? [end] : []), ...others.map(({ column }) => column)];
  return examineEach(columns, (column) =>
    column === end ? examineEnd(column, latest) : examineOther(column, latest),
  );
}

function examineEnd(column: DateColumn, limit: number): QualityFinding[] {
  const { name, values } = column;
  const rows = findRows(values, (instant) => instant > limit);
  if (rows.count === 0) return [];
  return [
    {
      code: 'end-in-far-future',
      columns: [name],
      rows,
      severity: 'warning',
      details: { limit: writeDay(limit), latest: writeDay(findRange(values)[1]) },
      proposal: { kind: 'exclude-outside', column: name, bounds: { max: limit } },
    },
  ];
}

function examineOther(column: DateColumn, limit: number): QualityFinding[] {
  const { name, values } = column;
  const isImplausible = (instant: number) => instant < firstPlausible || instant > limit;
  const rows = findRows(values, isImplausible);
  if (rows.count === 0) return [];
  const [min, max] = findRange(values);
  return [
    {
      code: 'date-implausible',
      columns: [name],
      rows,
      severity: 'warning',
      details: { earliest: writeDay(min), latest: writeDay(max) },
      proposal: { kind: 'set-missing-outside', column: name, bounds: { min: firstPlausible, max: limit } },
    },
  ];
}
