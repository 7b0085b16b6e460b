import { range } from '#base/arrays.ts';
import type { JobContext } from '#base/job-context.ts';
import { createRng, deriveSeed, shuffleInPlace } from '#base/random.ts';
import { guessRoles } from '#data/guess-roles.ts';
import type { FileRow, FileRows } from '#data/row-index.ts';
import type { Column, Table } from '#data/table.ts';
import { createSmallWorld, type SmallWorldName } from '#training/testing/small-worlds.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import type { Method } from '#tuning/proposer.ts';
import type { TuneResult } from '../contract.ts';
import { tuneSettings } from '../tune-settings.ts';

export interface TunedWorld {
  readonly name: SmallWorldName;
  readonly n: number;
  readonly seed: number;
  readonly method: Method;
  readonly nTrials: number;
  /** Durations are shuffled over all outages: nothing can be learnt, and no settings are better than others. */
  readonly isPermuted: boolean;
  readonly folds: number;
}

/** A search on n outages of a planted world; its outer test are 2,000 fresh ones. */
export async function tuneWorld(world: TunedWorld, context: JobContext): Promise<TuneResult> {
  const { name, n, seed, method, nTrials, isPermuted, folds } = world;
  const { training, fresh } = createSmallWorld(name, n, seed);
  const joined = joinTables(training, fresh);
  const table = isPermuted ? shuffleNumbers(joined, 'Durée (jours)', seed) : joined;
  const rows = Array.from(range(table.nRows), (row) => row as FileRow);
  const source = {
    table,
    rowOrigins: range(table.nRows) as FileRows,
    roles: guessRoles(table),
    cleaning: [],
    ledger: { kept: table.nRows, rejected: 0 },
  };
  const request = {
    datasetId: 'world',
    roles: source.roles,
    today: Date.UTC(2200, 0, 1),
    settings: {
      ...defaultTrainingSettings,
      folds,
      seed: deriveSeed(seed, 1),
      usesPast: false,
      horizon: { kind: 'start' },
      split: { kind: 'rows', trainRows: rows.slice(0, n), testRows: rows.slice(n) },
    },
    method,
    preset: null,
    space: null,
    nTrials,
    minutes: null,
    events: [],
  } as const;
  return tuneSettings(source, request, context);
}

/** Of what the search chose against what nobody tuned, both on outages that no trial saw: its share of the default's error. */
export function measureLoss({ chosen, outer }: TuneResult): number {
  return chosen === 'tuned' ? outer.best / outer.default - 1 : 0;
}

/**
 * How much lower the corrected error is than the truth, as a share of the error. Both beside the default's on the same outages, so that the
 * luck of the draw of outages cancels.
 */
export function measureFlattery({ chosen, corrected, default: usual, outer }: TuneResult): number {
  const truth = (chosen === 'tuned' ? outer.best : outer.default) - outer.default;
  return (truth - (corrected.mae - usual.mae)) / usual.mae;
}

function joinTables(first: Table, second: Table): Table {
  const columns = first.columns.map((column, i): Column => {
    const other = second.columns[i];
    if (column.type === 'category' && other?.type === 'category') {
      const categories = [...new Set([...column.categories, ...other.categories])];
      const codes = [column, other].flatMap((each) =>
        Array.from(each.codes, (code) => categories.indexOf(each.categories[code] ?? '')),
      );
      return { ...column, categories, codes: Int32Array.from(codes) };
    }
    if (column.type === 'category' || !other || other.type === 'category') throw new TypeError(column.name);
    return { ...column, values: Float64Array.of(...column.values, ...other.values) };
  });
  return { nRows: first.nRows + second.nRows, columns };
}

function shuffleNumbers(table: Table, name: string, seed: number): Table {
  const columns = table.columns.map((column): Column => {
    if (column.name !== name || column.type === 'category') return column;
    const values = column.values.slice();
    shuffleInPlace(values, createRng(deriveSeed(seed, 2)));
    return { ...column, values };
  });
  return { ...table, columns };
}
