import { existsSync, readFileSync } from 'node:fs';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';
import { guessRoles } from '#data/guess-roles.ts';
import { addHistory } from '#data/history/add-history.ts';
import { type OutageSet, prepareOutages } from '#data/outages.ts';
import { findUnitColumn } from '#data/unit-column.ts';
import { findColumn, selectRows, type Table } from '#data/table.ts';
import { assignRole } from '#jobs/dataset/assign-role.ts';

/** A real file to be accurate on. */
export interface AccuracyCase {
  readonly name: string;
  readonly file: string;
  readonly target: string;
  /** Only rows with this label in this column. */
  readonly only?: { readonly column: string; readonly label: string };
}

export const accuracyCases: readonly AccuracyCase[] = [
  { name: 'french', file: 'arrets_tranche_2011_2023.csv', target: 'duree_jours' },
  { name: 'caiso', file: 'caiso_plant_outages_2024.csv', target: 'duration_hours' },
  {
    name: 'entsoe-nuclear',
    file: 'entsoe_fr_outages.csv',
    target: 'duration_hours',
    only: { column: 'fuel', label: 'Nuclear' },
  },
];

const folder = new URL('../../../shared/data/', import.meta.url);

/** The outages of a case as training would see them, without features from the past; null where the file is absent. */
export interface CaseOutages {
  readonly outages: OutageSet;
  /** The same features and those from the past; null where the past cannot be told. */
  readonly withHistory: Table | null;
  readonly unitFeature: string | null;
}

export async function readCase({ file, target, only }: AccuracyCase): Promise<CaseOutages | null> {
  const url = new URL(file, folder);
  if (!existsSync(url)) return null;
  const source = createByteSource(file, readFileSync(url));
  const { table } = await readTable(source, {}, createSilentContext());
  const used = only ? keepLabel(table, only.column, only.label) : table;
  const roles = assignRole(guessRoles(used), target, 'target');
  // All these files are of the past: any later instant does.
  const outages = prepareOutages(used, roles, { now: Date.parse('2026-11-01') });
  const past = addHistory(used, roles, outages);
  const { nRows, columns } = outages.features;
  const unitFeature = findUnitColumn(outages.features, roles);
  return { outages, unitFeature, withHistory: past && { nRows, columns: [...columns, ...past.columns] } };
}

function keepLabel(table: Table, column: string, label: string): Table {
  const labels = findColumn(table, column);
  if (labels?.type !== 'category') return table;
  const code = labels.categories.indexOf(label);
  return selectRows(
    table,
    Int32Array.from(labels.codes, (_, row) => row).filter((row) => labels.codes[row] === code),
  );
}
