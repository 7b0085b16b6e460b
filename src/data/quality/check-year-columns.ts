import type { Sliced } from '#base/slices.ts';
import { noRows, type QualityFinding } from './finding.ts';
import type { QualitySubject } from './quality-subject.ts';

const minYears = 3;

/** Columns named after years that follow one another: the table has a year in each column, not an outage in each row. */
export function* checkYearColumns({ table }: QualitySubject): Sliced<QualityFinding[]> {
  yield;
  const columns = table.columns.map(({ name }) => name).filter((name) => /^(19|20)\d\d$/.test(name));
  const follow = columns.every((name, i) => i === 0 || Number(name) === Number(columns[i - 1]) + 1);
  if (columns.length < minYears || !follow) return [];
  return [
    { code: 'years-as-columns', columns, rows: noRows, severity: 'warning', details: {}, proposal: null },
  ];
}
