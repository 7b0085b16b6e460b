import {
  windowDays,
  type FactorKey,
  type FactorPart,
  type FactorPlan,
  type FactorValue,
} from '#data/factors/factor-plan.ts';
import type { FactorsSummary } from '#jobs/dataset/contract.ts';

type Value = Omit<FactorValue, 'column'>;

/** What is read of one column of the second file: at the start, and over each window; null for nothing. */
export interface FactorRow {
  readonly factor: string;
  readonly isNumber: boolean;
  readonly atStart: boolean;
  readonly windows: readonly { readonly days: number; readonly part: FactorPart | null }[];
}

/** One row a column that can be read: neither a date nor the key. */
export function viewFactors(
  { columns }: Pick<FactorsSummary, 'columns'>,
  plan: FactorPlan,
): readonly FactorRow[] {
  const partOf = (factor: string, days: number) =>
    plan.values.find((value) => value.factor === factor && value.days === days)?.part ?? null;
  return columns
    .filter(({ name, type }) => type !== 'date' && name !== plan.key?.factors)
    .map(({ name, type }) => ({
      factor: name,
      isNumber: type === 'number',
      atStart: partOf(name, 0) !== null,
      windows: windowDays.map((days) => ({ days, part: partOf(name, days) })),
    }));
}

/** The plan's values with one of them read otherwise, or not at all; in the order of the rows. */
export function changeValue(
  rows: readonly FactorRow[],
  factor: string,
  days: number,
  part: FactorPart | null,
): readonly Value[] {
  return rows.flatMap((row): Value[] => {
    const cells = [{ days: 0, part: row.atStart ? ('at-start' as const) : null }, ...row.windows];
    return cells.flatMap((cell) => {
      const read = row.factor === factor && cell.days === days ? part : cell.part;
      return read === null ? [] : [{ factor: row.factor, part: read, days: cell.days }];
    });
  });
}

/** The key with one of its two sides chosen; null while one is missing. */
export function changeKey(
  key: FactorKey | null,
  side: keyof FactorKey,
  name: string,
  others: FactorKey,
): FactorKey | null {
  if (name === '') return null;
  return { ...(key ?? others), [side]: name };
}
