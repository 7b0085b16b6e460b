import { describe, expect, test } from 'vitest';
import { range } from '#base/arrays.ts';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { guessRoles } from '#data/guess-roles.ts';
import { atStart } from '#data/known-when.ts';
import { selectRows, type Table } from '#data/table.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import { train } from './train.ts';
import { atStartSettings } from './testing/at-start-settings.ts';
import { prepareTrainingSet } from './training-set.ts';
import { splitFolds, splitTestRows } from './row-split.ts';

const DAYS = 640;
const epoch = Date.UTC(2024, 0, 1);
const asOf = epoch + DAYS * MS_PER_DAY;

/** Starts evenly over two years, two kinds of exponential durations; the file is made on one day, so some are under way. */
function plantFile(n: number, seed: number, means: readonly [number, number]): Table {
  const rng = createRng(seed);
  const kind = new Int32Array(n).map(() => rng.nextBelow(2));
  const start = new Float64Array(n).map(() => Math.round(epoch + rng.nextFloat() * DAYS * MS_PER_DAY));
  const duration = Float64Array.from(kind, (code) => -(means[code] ?? NaN) * Math.log(1 - rng.nextFloat()));
  const end = start.map((begun, i) => Math.round(begun + (duration[i] ?? NaN) * MS_PER_DAY));
  return {
    nRows: n,
    columns: [
      { type: 'category', name: 'Nature', codes: kind, categories: ['courte', 'longue'] },
      { type: 'number', name: 'Effectif', values: new Float64Array(n).map(() => 5 + rng.nextBelow(40)) },
      { type: 'date', name: 'Début', hasTime: true, values: start },
      {
        type: 'date',
        name: 'Fin',
        hasTime: true,
        values: end.map((instant) => (instant <= asOf ? instant : NaN)),
      },
    ],
  };
}

const sourceOf = (table: Table) => ({
  table,
  rowOrigins: range(table.nRows),
  roles: guessRoles(table),
  cleaning: [],
  ledger: { kept: table.nRows, rejected: 0 },
});
const request = { datasetId: 'd', modelId: 'm', today: asOf + 30 * MS_PER_DAY, roles: [] };
const settings = { ...atStartSettings, folds: 3, split: { kind: 'random', testShare: 0.2 } as const };

async function answer(table: Table, isKnown: boolean) {
  // Whoever sets aside what is under way has no row of it.
  const over = range(table.nRows).filter(
    (row) => !Number.isNaN((table.columns[3] as { values: Float64Array }).values[row]),
  );
  const source = sourceOf(isKnown ? table : selectRows(table, over));
  return train(source, { ...request, roles: source.roles, settings }, createSilentContext());
}

describe('a file in which 30 % of the outages are under way', () => {
  test('gives true P50 and P80, that of what ended alone far too short ones', async () => {
    const means: readonly [number, number] = [110, 280];
    const table = plantFile(900, 3, means);
    const [known, blind] = [await answer(table, true), await answer(table, false)];
    const { underWay, rows } = known.result;
    expect((underWay?.n ?? NaN) + rows.kept + rows.setAside).toBe(rows.read);
    expect((underWay?.n ?? 0) / rows.read).toBeGreaterThan(0.25);
    // The last to begin has lasted no time yet.
    expect(rows.setAside).toBeLessThan(2);
    expect(underWay?.p80.together ?? NaN).toBeGreaterThan(1.3 * (underWay?.p80.alone ?? NaN));
    expect(blind.result.underWay).toBeUndefined();
    const ask = ({ model }: typeof known, kind: string) => {
      const cells = model.summary.features.map(({ name, type, typical }) =>
        name === 'Nature' ? kind : type === 'date' ? epoch : typical,
      );
      const interval = predictCases(model, [cells])[0]?.interval;
      const valueOf = (level: 'p50' | 'p80') => {
        const bound = interval?.[level];
        return bound && isClaimed(bound) ? bound.value : NaN;
      };
      return [valueOf('p50'), valueOf('p80')] as const;
    };
    const long = ask(known, 'longue');
    const alone = ask(blind, 'longue');
    for (const [i, share] of [0.5, 0.8].entries()) {
      const truth = -means[1] * Math.log(1 - share);
      expect((long[i] ?? NaN) / truth).toBeGreaterThan(0.78);
      expect((long[i] ?? NaN) / truth).toBeLessThan(1.25);
      expect((alone[i] ?? NaN) / truth).toBeLessThan(0.72);
    }
  }, 60_000);
});

describe('outages under way in folds', () => {
  const table = plantFile(300, 7, [30, 200]);
  const source = sourceOf(table);
  const present = { today: request.today };

  test.each(['random', 'time', 'stratified'] as const)(
    'are judged at most once, never by a fold that learnt them: %s',
    (kind) => {
      const set = prepareTrainingSet(source, present, { horizon: atStart, usesPast: true });
      const { outages } = set;
      expect(outages.underWay.features.columns.map(({ name }) => name).sort()).toEqual(
        outages.features.columns.map(({ name }) => name).sort(),
      );
      const split = { ...settings, split: { kind, testShare: 0.2 } };
      const folds = splitFolds(outages, split, atStart);
      const judged = folds.flatMap(({ underWay }) => [...(underWay?.judged ?? [])]);
      expect(new Set(judged).size).toBe(judged.length);
      expect(judged.length).toBeGreaterThan(0);
      for (const { underWay } of [...folds, splitTestRows(outages, split, atStart)]) {
        if (underWay === undefined) throw new Error('none is under way');
        const { learnt, elapsed, judged: own } = underWay;
        expect([...learnt].some((i) => own.includes(i))).toBe(false);
        expect(
          Array.from(elapsed).every(
            (lasted, k) => lasted <= (outages.underWay.elapsed[learnt[k] ?? -1] ?? NaN),
          ),
        ).toBe(true);
      }
    },
  );

  test('are learnt from, when planning by time, as they stood when the tests were asked about', () => {
    const horizon = { kind: 'plan', leadDays: 60 } as const;
    const { outages } = prepareTrainingSet(source, present, { horizon, usesPast: true });
    const split = { ...settings, split: { kind: 'time', testShare: 0.2 } as const };
    const { start, underWay } = outages;
    for (const fold of splitFolds(outages, split, horizon)) {
      const first = Math.min(...Array.from(fold.testRows, (row) => start?.[row] ?? NaN));
      fold.underWay?.learnt.forEach((i, k) => {
        const asked = first - 60 * MS_PER_DAY;
        const lasted = fold.underWay?.elapsed[k] ?? NaN;
        expect((underWay.start[i] ?? NaN) + lasted * MS_PER_DAY).toBeLessThanOrEqual(asked + 1);
        expect(lasted).toBeGreaterThan(0);
      });
    }
  });
});
