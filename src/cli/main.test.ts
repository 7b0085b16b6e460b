import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMain as run } from './testing/run-main.ts';

const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const hasShared = existsSync(shared);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function generate(name: string, ...options: readonly string[]): Promise<string> {
  const path = join(folder, name);
  expect(await run('generate', '--out', path, ...options)).toEqual({ code: 0, out: '', error: '' });
  return path;
}

interface Report {
  readonly rows: Record<'read' | 'kept' | 'rejected' | 'setAside' | 'train' | 'test', number>;
  readonly target: string;
  readonly chosen: string;
  readonly draws: number;
  readonly models: readonly {
    name: string;
    mae: number;
    rmse: number;
    r2: number;
    test: { mae: number };
    testDetails: Record<'mae' | 'rmse' | 'bias', { value: number; low: number; high: number }>;
    toBest: { mae: number; low: number; high: number; n: number } | null;
  }[];
  readonly coverage: { p80: number; p10p90: number; n: number } | null;
  readonly intervalHalfWidth: number | null;
  readonly horizon: 'plan' | 'start';
  readonly lead: number | null;
  readonly knownLater: readonly string[];
  readonly expected: readonly { column: string; direction: string }[];
  readonly horizonReason: string;
  readonly split: string;
  readonly splitReason: string;
  readonly importance: readonly { feature: string; mean: number; sd: number }[];
  readonly leftOut: readonly { column: string; kind: string }[];
  readonly seconds: { read: number; fit: number };
}

async function trainJson(...argv: readonly string[]): Promise<{ report: Report; error: string }> {
  // In one thread, unless a test asks for more: starting others takes longer than these trainings.
  const { code, out, error } = await run('train', '--workers', '1', ...argv, '--json');
  expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
  return { report: JSON.parse(out) as Report, error };
}

describe('generate', () => {
  it('gives the same bytes for the same seed, other ones for another', async () => {
    const [one, same, other] = await Promise.all([
      generate('one.csv', '--rows', '50'),
      generate('same.csv', '--rows', '50'),
      generate('other.csv', '--rows', '50', '--seed', '43'),
    ]);
    const text = await readFile(one, 'utf8');
    expect(await readFile(same, 'utf8')).toBe(text);
    expect(await readFile(other, 'utf8')).not.toBe(text);
    expect(text.trimEnd().split('\r\n')).toHaveLength(51);
    expect(text).toContain('Type_Maintenance,Complexité,Effectif,Ressources_Disponibles,Durée');
  });

  it('writes French Excel, and a fleet, to standard output where no file is named', async () => {
    const french = await run('generate', '--rows', '3', '--dialect', 'excel-french');
    expect(french.out).toMatch(/;0,\d+;-?\d+,\d+\r\n/u);
    const fleet = await run('generate', '--kind', 'fleet', '--units', '3', '--years', '4');
    expect(fleet.code).toBe(0);
    expect(fleet.out.split('\r\n').length).toBeGreaterThan(10);
  });
});

describe('what is known only when the outage begins', () => {
  const lines = Array.from({ length: 120 }, (_, i) => {
    const duration = 20 + ((i * 37) % 50);
    const start = new Date(Date.UTC(2016, 0, 1 + 25 * i)).toISOString().slice(0, 10);
    return `T${i % 4},${start},${(i * 13) % 7},${2 * duration + (i % 3)},${duration}`;
  });
  const write = async (name: string, column: string) => {
    const path = join(folder, name);
    await writeFile(path, [`unit,start date,crew,${column},duration (days)`, ...lines].join('\n'));
    return path;
  };

  it('is used where a person keeps it, which is warned of, though it gives the target away', async () => {
    const path = await write('leak.csv', 'final count');
    const target = ['--target', 'duration (days)'];
    const without = await trainJson(path, ...target);
    expect(without.report.leftOut.map(({ column }) => column)).toEqual(['final count']);
    const kept = await trainJson(path, ...target, '--keep', 'final count', '--horizon', 'start');
    expect(kept.report.importance[0]?.feature).toBe('final count');
    expect(kept.error).toContain('final count');
    // Months ahead nobody knows it, whoever keeps it.
    const planned = await trainJson(path, ...target, '--keep', 'final count');
    expect(planned.report).toMatchObject({ horizon: 'plan', knownLater: ['final count'] });
    expect(planned.error).not.toContain('final count');
  });

  it('is said where answers rest on it, by its name or as it was told', async () => {
    const path = await write('load.csv', 'load');
    const training = [path, '--target', 'duration (days)', '--keep', 'load'];
    const model = join(folder, 'load.json');
    const predict = async (...options: readonly string[]) => {
      await trainJson(...training, ...options, '--model-out', model);
      return (await run('predict', model, path)).error;
    };
    const atStart = ['--horizon', 'start'] as const;
    expect(await predict(...atStart)).toMatch(/“load”.*only at the start.*--horizon plan/u);
    expect(await predict(...atStart, '--known-at-start', 'crew')).toContain('2 columns');
    expect(await predict(...atStart, '--known-before', 'load')).not.toContain('--horizon plan');
    expect(await predict()).not.toContain('--horizon plan');
  });
});

describe('a direction that a person expects', () => {
  it('is kept by the model, said in the report and the file, and refused before the work where it makes no sense', async () => {
    const path = await generate('expected.csv', '--rows', '120');
    const model = join(folder, 'expected.json');
    const training = [path, '--target', 'Durée'];
    const expected = ['--expect', 'Complexité=shorter,Effectif=shorter'];
    const { report } = await trainJson(...training, ...expected, '--model-out', model);
    expect(report.expected).toEqual([
      { column: 'Complexité', direction: 'shorter' },
      { column: 'Effectif', direction: 'shorter' },
    ]);
    expect(report.models.map(({ name }) => name)).not.toContain('quantile-forest');
    // In truth complexity lengthens: against the direction it has no effect at all.
    const cases = join(folder, 'expected-cases.csv');
    const line = (complexity: number, crew: number) => `préventive,${complexity},${crew},1`;
    const head = (await readFile(path, 'utf8')).split(/\r?\n/u)[0]?.replace(/,Durée$/u, '');
    await writeFile(cases, [head, line(2, 10), line(8, 10), line(2, 40)].join('\n'));
    const { out } = await run('predict', model, cases, '--dialect', 'international');
    const [simple = '', complex = '', staffed = ''] = out.split(/\r?\n/u).slice(1);
    const durationOf = (written: string) => Number(written.split(',')[4]);
    expect(durationOf(complex)).toBeLessThanOrEqual(durationOf(simple));
    expect(durationOf(staffed)).toBeLessThan(durationOf(simple));

    const refuse = async (entry: string) => {
      const { code, error } = await run('train', ...training, '--expect', entry);
      expect(code).not.toBe(0);
      return error;
    };
    expect(await refuse('Type_Maintenance=shorter')).toContain('column of numbers');
    expect(await refuse('Effectif=up')).toContain('COLUMN=shorter');
    expect(await refuse('Équipe=longer')).toContain('Effectif');
  });
});

describe('train', () => {
  it('prints one JSON object that keeps the contract', async () => {
    const { report } = await trainJson(await generate('sample.csv', '--rows', '300'), '--target', 'Durée');
    expect(report.rows).toEqual({ read: 300, kept: 300, rejected: 0, setAside: 0, train: 240, test: 60 });
    expect(report.target).toBe('Durée');
    expect(report.draws).toBe(1);
    const names = report.models.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['median', 'median-per-class', 'linear', 'gradient-boosting']),
    );
    expect(names).toContain(report.chosen);
    for (const { mae, rmse, r2 } of report.models) {
      expect(mae).toBeGreaterThan(0);
      expect(rmse).toBeGreaterThanOrEqual(mae);
      expect(r2).toBeLessThanOrEqual(1);
    }
    for (const { test, testDetails } of report.models) {
      expect(testDetails.mae.value).toBeCloseTo(test.mae, 9);
      expect(testDetails.mae.low).toBeLessThan(test.mae);
      expect(testDetails.mae.high).toBeGreaterThan(test.mae);
    }
    const least = Math.min(...report.models.map(({ mae }) => mae));
    for (const { mae, toBest } of report.models) {
      expect(toBest === null).toBe(mae === least);
      if (toBest === null) continue;
      expect(toBest.mae).toBeCloseTo(mae - least, 9);
      expect(toBest.low).toBeLessThanOrEqual(toBest.mae);
      expect(toBest.high).toBeGreaterThanOrEqual(toBest.mae);
      expect(toBest.n).toBe(300);
    }
    // 300 outages at 80 %: chance alone stays within 0.73 and 0.87 (three standard deviations).
    expect(report.coverage?.n).toBe(300);
    for (const share of [report.coverage?.p80, report.coverage?.p10p90]) {
      expect(share).toBeGreaterThan(0.73);
      expect(share).toBeLessThan(0.87);
    }
    // Noise of 2 days: P10 and P90 lie 1.28 deviations off the middle, a little more where the law must be learnt.
    expect(report.intervalHalfWidth).toBeGreaterThan(2);
    expect(report.intervalHalfWidth).toBeLessThan(4.5);
    expect(report.importance.map(({ feature }) => feature).sort()).toEqual(
      ['Complexité', 'Effectif', 'Ressources_Disponibles', 'Type_Maintenance'].sort(),
    );
    // Planted: complexity moves the duration by up to 16 days, the pool by up to 4.5.
    expect(report.importance[0]?.feature).toBe('Complexité');
    expect(report.importance.at(-1)?.feature).toBe('Effectif');
    expect(report.seconds.read).toBeGreaterThanOrEqual(0);
    expect(report.seconds.fit).toBeGreaterThan(0);
  });

  it('gives the same model bytes for the same seed with one thread and two, and leaves a dropped column out', async () => {
    const data = await generate('bytes.csv', '--rows', '120');
    const models = [join(folder, 'a.json'), join(folder, 'b.json'), join(folder, 'c.json')] as const;
    const base = ['--target', 'Durée', '--folds', '2', '--preset', 'reference'] as const;
    await trainJson(data, ...base, '--model-out', models[0]);
    await trainJson(data, ...base, '--workers', '2', '--model-out', models[1]);
    const { report } = await trainJson(
      data,
      ...base,
      '--drop',
      'Effectif,Complexité',
      '--model-out',
      models[2],
    );
    expect(await readFile(models[1], 'utf8')).toBe(await readFile(models[0], 'utf8'));
    expect(report.importance.map(({ feature }) => feature).sort()).toEqual(
      ['Ressources_Disponibles', 'Type_Maintenance'].sort(),
    );
    expect(await readFile(models[2], 'utf8')).not.toContain('"feature":"Effectif"');
  });

  it('derives the duration from start and end, says so on standard error, and splits by time', async () => {
    const path = join(folder, 'dates.csv');
    const rows = Array.from({ length: 60 }, (_, i) => {
      const start = new Date(Date.UTC(2018, 0, 1 + 20 * i));
      const end = new Date(start.getTime() + (5 + (i % 4) * 10) * 86_400_000);
      return `${'ABCD'[i % 4]};${start.toISOString().slice(0, 10)};${end.toISOString().slice(0, 10)}`;
    });
    await writeFile(path, ['type;debut;fin', ...rows, 'A;2022-01-01;'].join('\n'));
    const { report, error } = await trainJson(
      path,
      '--start',
      'debut',
      '--end',
      'fin',
      '--split',
      'time',
      '--folds',
      '3',
    );
    expect(report.rows).toMatchObject({ read: 61, kept: 60, setAside: 1 });
    expect(error).toContain('1 row set aside: no end date, and nothing tells how long it has lasted\n');
    expect(report.leftOut).toContainEqual({ column: 'fin', kind: 'end-date' });
    // The type tells the duration entirely.
    const chosen = report.models.find(({ name }) => name === report.chosen);
    expect(chosen?.mae).toBeLessThan((report.models.find(({ name }) => name === 'median')?.mae ?? 0) / 2);
  });

  it('makes one outage of the lines that share the identifier it is told', async () => {
    const path = join(folder, 'lines.csv');
    const day = (i: number) => new Date(Date.UTC(2018, 0, 1 + i)).toISOString().slice(0, 10);
    const lines = Array.from({ length: 40 }, (_, i) => {
      const label = 'ABCD'[i % 4];
      const first = 20 * i;
      return [
        `D${i};${label};${day(first)};${day(first + 1)}`,
        `D${i};${label};${day(first + 1)};${day(first + 3 + (i % 4))}`,
      ];
    });
    await writeFile(path, ['dossier;type;de;a', ...lines.flat()].join('\n'));
    const columns = ['--id', 'dossier', '--start', 'de', '--end', 'a', '--folds', '2'];
    const { report, error } = await trainJson(path, ...columns);
    expect(report.rows).toMatchObject({ read: 80, kept: 40, setAside: 40 });
    expect(error).toContain('40 rows set aside: row merged into that of the same outage\n');
  });
});

describe('predict and evaluate', () => {
  it('use a model file on another file, and agree with one another', async () => {
    const model = join(folder, 'model.json');
    const data = await generate('train.csv', '--rows', '400');
    await trainJson(data, '--target', 'Durée', '--folds', '2', '--model-out', model);
    const fresh = await generate('fresh.csv', '--rows', '200', '--seed', '7');

    const evaluated = await run('evaluate', model, fresh, '--json');
    const scores = JSON.parse(evaluated.out) as { mae: number; rows: { kept: number } };
    expect(scores.rows.kept).toBe(200);
    // The noise alone is 2 · √(2/π) ≈ 1.6 days.
    expect(scores.mae).toBeGreaterThan(1.2);
    expect(scores.mae).toBeLessThan(2.2);

    const out = join(folder, 'predicted.csv');
    expect((await run('predict', model, fresh, '--out', out)).code).toBe(0);
    const [header = '', ...lines] = (await readFile(out, 'utf8')).trimEnd().split('\r\n');
    const levels = ['P10', 'P50', 'P80', 'P90'];
    const added = ['prediction', ...levels, 'basis', 'n'].map((level) => `Durée (${level})`);
    expect(header.endsWith(['Durée', ...added, 'learnt'].join(','))).toBe(true);
    expect(lines).toHaveLength(200);
    const answers = lines.map((line) => line.split(',').map(Number).slice(-9, -3));
    // Its data are not those it was trained on; without dates its file does not tell.
    expect(new Set(lines.map((line) => line.split(',').at(-1)))).toEqual(new Set(['unknown']));
    const errors = answers.map(([actual = NaN, predicted = NaN]) => Math.abs(predicted - actual));
    const nInside = answers.filter(
      ([actual = NaN, , p10 = NaN, , , p90 = NaN]) => p10 <= actual && actual <= p90,
    );
    // 80 % is promised; chance alone stays within three standard deviations of 200.
    expect(Math.abs(nInside.length / 200 - 0.8)).toBeLessThan(0.085);
    expect(errors.reduce((sum, error) => sum + error, 0) / 200).toBeCloseTo(scores.mae, 9);
  });

  it('answer outages to come from what is known then: columns in any order, an empty one more, no duration, no plan', async () => {
    const types = ['ASR', 'VP', 'VD'];
    const days = [35, 75, 150];
    const lines = Array.from({ length: 45 }, (_, i) => {
      const type = i % 3;
      const start = new Date(Date.UTC(2012, 0, 1 + 60 * i)).toISOString().slice(0, 10);
      const duration = (days[type] ?? 0) + (i % 7);
      const plan = i % 5 === 0 ? '' : String((days[type] ?? 0) + (i % 2));
      return [`T${i % 2}`, types[type], start, plan, duration].join(',');
    });
    const data = join(folder, 'to-learn.csv');
    const columns = 'Tranche,Type,Date de début,Durée annoncée (jours),Durée (jours)';
    await writeFile(data, [columns, ...lines].join('\n'));
    const model = join(folder, 'to-come.json');
    await trainJson(data, '--target', 'Durée (jours)', '--folds', '3', '--model-out', model);
    const ask = async (name: string, text: string): Promise<readonly string[]> => {
      const path = join(folder, name);
      await writeFile(path, text);
      const { code, out } = await run('predict', model, path, '--dialect', 'international');
      expect(code).toBe(0);
      const [header = '', ...rows] = out.trimEnd().split('\r\n');
      const from = header.split(',').findIndex((column) => column.endsWith('(prediction)'));
      return rows.map((row) =>
        row
          .split(',')
          .slice(from, from + 5)
          .join(','),
      );
    };
    const asked = await ask(
      'a.csv',
      'Tranche,Type,Date de début,Durée annoncée (jours)\nT0,VP,2027-03-01,70\nT1,VD,2027-06-01,160\n',
    );
    for (const [row, [low, high]] of [
      [60, 95],
      [140, 175],
    ].entries()) {
      const answer = Number(asked[row]?.split(',')[0]);
      expect(answer).toBeGreaterThan(low ?? NaN);
      expect(answer).toBeLessThan(high ?? NaN);
    }
    const turned = 'Durée annoncée (jours),Note,Durée (jours),Date de début,Type,Tranche';
    expect(await ask('b.csv', `${turned}\n70,,,2027-03-01,VP,T0\n160,,,2027-06-01,VD,T1\n`)).toEqual(asked);
    const unplanned = await ask(
      'c.csv',
      'Tranche,Type,Date de début,Durée annoncée (jours)\nT0,VP,2027-03-01,\n',
    );
    expect(Number(unplanned[0]?.split(',')[0])).toBeGreaterThan(60);
    expect(Number(unplanned[0]?.split(',')[0])).toBeLessThan(95);
  });

  it('need no column that follows from others: the site of a unit, the month of a date; but they need the unit', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => {
      const start = new Date(Date.UTC(2012, 0, 1 + 60 * i));
      const [unit, type] = [i % 4, i % 3];
      const date = start.toISOString().slice(0, 10);
      return `T${unit},${unit < 2 ? 'Nord' : 'Sud'},${type === 0 ? 'VP' : 'ASR'},${date},${start.getUTCMonth() + 1},${30 + 20 * type + 5 * unit + (i % 7)}`;
    });
    const data = join(folder, 'followers.csv');
    await writeFile(data, ['Tranche,Site,Type,Date de début,Mois,Durée (jours)', ...lines].join('\n'));
    const model = join(folder, 'followers.json');
    await trainJson(data, '--target', 'Durée (jours)', '--folds', '3', '--model-out', model);
    const ask = async (name: string, text: string) => {
      const path = join(folder, name);
      await writeFile(path, text);
      return run('predict', model, path, '--dialect', 'international');
    };
    const whole = await ask(
      'whole.csv',
      'Tranche,Type,Date de début,Site,Mois\nT1,VP,2027-03-01,Nord,3\nT3,ASR,2027-06-01,Sud,6\n',
    );
    const bare = await ask('bare.csv', 'Tranche,Type,Date de début\nT1,VP,2027-03-01\nT3,ASR,2027-06-01\n');
    expect(bare.code).toBe(0);
    const answersOf = ({ out }: { out: string }, skipped: number) =>
      out
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',').slice(skipped));
    expect(answersOf(bare, 3)).toEqual(answersOf(whole, 5));
    const without = await ask('no-unit.csv', 'Type,Date de début\nVP,2027-03-01\n');
    expect(without.code).toBe(4);
    expect(without.error).toContain('Tranche');
    expect(without.error).not.toContain('Mois');
  });

  it('leave a class of three without any figure, and say so', async () => {
    const lines = Array.from({ length: 33 }, (_, i) => {
      const type = i % 11 === 10 ? 'VD' : i % 2 === 0 ? 'ASR' : 'VP';
      const days = { ASR: 35, VP: 75, VD: 190 }[type] ?? 0;
      return `T${i % 3},${type},${10 + (i % 5)},${days + (i % 4)}`;
    });
    const data = join(folder, 'three.csv');
    await writeFile(data, ['Tranche,Type,Effectif,Durée (jours)', ...lines].join('\n'));
    const model = join(folder, 'three.json');
    const { report } = await trainJson(data, '--target', 'Durée (jours)', '--model-out', model);
    expect(report.draws, 'few outages are compared five times over').toBe(5);
    const asked = join(folder, 'three-asked.csv');
    await writeFile(asked, 'Tranche,Type,Effectif\nT0,VD,12\nT0,VP,12\n');
    const { out, error } = await run('predict', model, asked, '--dialect', 'international');
    const [, refused = '', answered = ''] = out.split('\r\n');
    expect(refused).toBe('T0,VD,12,,,,,,refused: too few outages,3,unknown');
    expect(
      answered
        .split(',')
        .slice(3, 8)
        .every((cell) => Number(cell) > 50),
    ).toBe(true);
    expect(error).toContain('1 row has no figure');
    // Nor is anything said of how much longer one of them takes.
    const later = await run('predict', model, asked, '--dialect', 'international', '--elapsed', '5');
    const [names = [], left = [], told = []] = later.out.split('\r\n').map((line) => line.split(','));
    const place = names.indexOf('Durée (jours) (remaining P80)');
    expect(left[place]).toBe('');
    expect(Number(told[place])).toBeGreaterThan(0);
    expect(later.error).toContain('1 has no P80');
  });

  it('say which rows have cells that nobody knows, and answer them wide; what is known only at the start may be absent', async () => {
    const model = join(folder, 'gaps.json');
    const lines = Array.from({ length: 80 }, (_, i) =>
      [i % 2 === 0 ? 'courte' : 'visite', 90 + (i % 3), (i % 2 === 0 ? 6 : 60) + (i % 9) / 4].join(','),
    );
    const data = join(folder, 'whole.csv');
    await writeFile(data, ['Nature,Puissance avant,Duree (jours)', ...lines].join('\n'));
    const columns = ['--target', 'Duree (jours)', '--folds', '2', '--horizon', 'start'];
    await trainJson(data, ...columns, '--model-out', model);
    const asked = join(folder, 'gaps.csv');
    await writeFile(asked, 'Nature,Puissance avant\ncourte,91\n,91\nvisite,90\n');
    const { code, out, error } = await run('predict', model, asked);
    expect(code).toBe(0);
    expect(error).toMatch(/^warning: 1 row has empty cells that nothing settles: a wide estimate/mu);
    const [header = '', known = '', open = ''] = out.split('\r\n');
    expect(header.endsWith(',Duree (jours) (unknown cells),learnt')).toBe(true);
    expect(known.endsWith(',,unknown')).toBe(true);
    expect(open).toContain('wide estimate, without : Nature');
    const spread = (line: string) => Number(line.split(',')[6]) - Number(line.split(',')[3]);
    expect(spread(open)).toBeGreaterThan(45);
    expect(spread(known)).toBeLessThan(10);

    const early = join(folder, 'long-before.csv');
    await writeFile(early, 'Nature\nvisite\n');
    const answered = await run('predict', model, early);
    expect(answered.code).toBe(0);
    expect(answered.out).toContain('wide estimate, without : Puissance avant');
    expect(answered.error).not.toContain('takes “Puissance avant” for known');
  });

  it('name the columns that a file lacks', async () => {
    const model = join(folder, 'narrow.json');
    const data = await generate('narrow.csv', '--rows', '60');
    await trainJson(data, '--target', 'Durée', '--folds', '2', '--model-out', model);
    const other = join(folder, 'other-columns.csv');
    await writeFile(other, 'Effectif,Durée\n3,4\n5,6\n');
    const { code, error } = await run('predict', model, other);
    expect(code).toBe(4);
    expect(error).toMatch(/^model-columns-missing: .*Complexité/mu);
  });
});

describe('how a file was read', () => {
  const rows = Array.from({ length: 40 }, (_, i) => `0${(i % 9) + 1}/0${(i % 7) + 1}/2024;${i % 5};${i},5`);
  const text = [
    'Début;Effectif;Durée (jours)',
    ...rows,
    '05/06/2024;3',
    '05/06/2024;3;4,5;x',
    '',
    'Total;;99',
  ].join('\n');
  const write = async (name: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const quick = ['--target', 'Durée (jours)', '--folds', '2', '--preset', 'reference'] as const;

  it('is said line by line, the ledger in balance, with what can be read two ways', async () => {
    const { code, error } = await run('train', await write('uneven.csv'), ...quick);
    expect(code).toBe(0);
    expect(error).toContain(
      'uneven.csv: UTF-8, delimiter semicolon (;), decimal mark comma (0,87), dates day/month/year\n',
    );
    expect(error).toContain(`45 records = 40 kept + 2 rejected + 1 empty + 1 header line + 1 total\n`);
    expect(error).toContain('line 42 rejected, too few cells: 05/06/2024;3\n');
    expect(error).toMatch(
      /^warning: Date order can be read two ways \(01\/01\/2024, .*\), read as day\/month\/year; --dates decides$/mu,
    );
  });

  it('obeys the flags', async () => {
    const path = await write('mended.csv');
    const { error } = await run(
      'train',
      path,
      ...quick,
      '--uneven',
      'fit',
      '--dates',
      'mdy',
      '--encoding',
      'windows-1252',
    );
    expect(error).toContain(
      'mended.csv: Windows-1252, delimiter semicolon (;), decimal mark comma (0,87), dates month/day/year\n',
    );
    expect(error).toContain(
      '= 42 kept + 0 rejected + 1 empty + 1 header line + 1 total (of which 1 filled, 1 cut)\n',
    );
    expect(error).not.toContain('two ways');
  });
});

describe('the language', () => {
  it('is French where it is asked for: sentences and figures, but neither codes nor JSON', async () => {
    const data = await generate('french.csv', '--rows', '40');
    const train = ['train', data, '--target', 'Durée', '--folds', '2', '--preset', 'reference'] as const;
    const { out, error } = await run(...train, '--language', 'fr');
    expect(error).toContain('french.csv\u00a0: UTF-8, séparateur virgule (,), marque décimale point (0.87)');
    expect(error).toContain('40 gardés + 0 rejeté');
    expect(error).toContain('attention\u00a0: Peu d’arrêts pour juger\u00a0: la note est incertaine.\n');
    expect(out).toMatch(/^Durée\u00a0: 40 arrêts sur 40 lignes$/mu);
    expect(out).toMatch(/^ {2}Médiane de tous les arrêts +\d+,\d{3} /mu);
    const json = await run(...train, '--json', '--language=fr');
    expect(JSON.parse(json.out)).toMatchObject({ warnings: ['few-rows', 'few-test-rows'] });
  });

  it('words an error after its code, and leaves its detail as it is', async () => {
    const missing = join(folder, 'nowhere.csv');
    const { code, error } = await run('train', missing, '--target', 'x', '--language', 'fr');
    expect(code).toBe(3);
    expect(error).toMatch(/^file-unreadable: Ce fichier ne peut pas être lu\. \(.*nowhere\.csv.*\)\n$/u);
  });
});

describe('a wrong call', () => {
  it('lists the columns there are for one there is not', async () => {
    const data = await generate('columns.csv', '--rows', '30');
    const { code, out, error } = await run('train', data, '--target', 'Duree', '--json');
    expect(code).toBe(3);
    expect(out).toBe('');
    expect(error).toMatch(
      /^unknown-column: .*Type_Maintenance, Complexité, Effectif, Ressources_Disponibles, Durée/mu,
    );
  });

  it.each([
    ['an empty file', '', 'file-empty'],
    ['a header without rows', 'a;Durée\n', 'file-header-only'],
    ['one row', 'a;Durée\n1;2\n', 'too-few-rows'],
    [
      'a constant target',
      `a;Durée\n${Array.from({ length: 30 }, (_, i) => `${i % 7};5\n`).join('')}`,
      'target-constant',
    ],
    [
      'a target of labels',
      `a;Durée\n${Array.from({ length: 30 }, (_, i) => `${i};x${i % 3}\n`).join('')}`,
      'column-not-read',
    ],
    ['a PNG renamed', '\u0089PNG\r\n\u001A\n\0\0\0\rIHDR\0\0', 'file-not-text'],
    [
      '3,000 columns',
      `${Array.from({ length: 3000 }, (_, i) => `c${i}`).join(';')}\n${'1;'.repeat(2999)}1\n`,
      'too-many-columns',
    ],
  ])('gets a sentence for %s', async (_name, text, expected) => {
    const path = join(folder, 'bad.csv');
    await writeFile(path, text, text.includes('PNG') ? 'latin1' : 'utf8');
    const { code, out, error } = await run('train', path, '--target', 'Durée');
    expect(error).toContain(`${expected}: `);
    expect(error.trimEnd().split('\n').at(-1)).toMatch(/^[a-z-]+: \S.*$/u);
    expect(code).toBe(3);
    expect(out).toBe('');
  });

  it.each([
    [['train'], /1 file names/u],
    [['train', 'f.csv'], /--target/u],
    [['train', 'f.csv', '--target', 'x', '--folds', 'many'], /--folds must be a number/u],
    [['train', 'f.csv', '--target', 'x', '--split', 'odd'], /random, time/u],
    [['train', 'f.csv', '--target', 'x', '--workers', '0'], /--workers must be a whole number from 1/u],
    [['train', 'f.csv', '--targets', 'x'], /--targets/u],
    [['train', 'f.csv', '--target', 'x', '--language', 'de'], /--language must be one of fr, en/u],
    [
      ['learn', 'f.csv'],
      /train, tune, predict, evaluate, gate, version, optimise, .*monitor, generate, .*check-store/u,
    ],
  ])('is answered with what is expected: %j', async (argv, expected) => {
    const { code, out, error } = await run(...argv);
    expect(error).toMatch(expected);
    expect(out).toBe('');
    // A file that is named but not there comes first where the call itself is sound.
    expect([2, 3]).toContain(code);
  });

  it('gets no more threads than there is work for, and is told so', async () => {
    const { error } = await run('train', 'nowhere.csv', '--target', 'x', '--workers', '5000');
    expect(error).toMatch(/^warning: 8 threads at most\nfile-unreadable: /u);
  });

  it('says which setting is out of its bounds', async () => {
    const data = await generate('bounds.csv', '--rows', '30');
    const { code, error } = await run('train', data, '--target', 'Durée', '--folds', '1');
    expect(error).toMatch(/^invalid-setting: .*\[2, 50\].*1/mu);
    expect(code).toBe(2);
  });

  it('refuses a file that is no model', async () => {
    const data = await generate('any.csv', '--rows', '30');
    expect(await run('evaluate', data, data)).toMatchObject({ code: 4, out: '' });
    expect((await run('evaluate', join(folder, 'nowhere.json'), data)).error).toMatch(/^file-unreadable: /u);
  });
});

describe.skipIf(!hasShared)('the French shutdowns (skipped where ../shared/data is absent)', () => {
  const french = join(shared, 'arrets_tranche_2011_2023_fr_cp1252.csv');
  const international = join(shared, 'arrets_tranche_2011_2023.csv');

  it('are read whole, without the end date, and give the same model, names apart, from both dialects', async () => {
    const quick = ['--horizon', 'start', '--folds', '2', '--preset', 'reference'] as const;
    const [one, other] = [join(folder, 'fr.json'), join(folder, 'int.json')];
    const first = await trainJson(french, '--target', 'Durée (jours)', ...quick, '--model-out', one);
    const { report, error } = first;
    expect(report.rows).toMatchObject({ read: 2033, kept: 2033, rejected: 0 });
    expect(report.leftOut).toContainEqual({ column: 'Date de fin', kind: 'end-date' });
    expect(error).toContain('“Date de fin” is left out.');
    const second = await trainJson(international, '--target', 'duree_jours', ...quick, '--model-out', other);
    const scoresOf = ({ report }: typeof first) =>
      report.models.map(({ name, mae, rmse }) => ({ name, mae, rmse }));
    expect(scoresOf(second)).toEqual(scoresOf(first));
    expect(await readState(other)).toEqual(await readState(one));
  }, 300_000);
});

/** What a model learnt, without the names of the columns. */
async function readState(path: string): Promise<unknown> {
  const { content } = JSON.parse(await readFile(path, 'utf8')) as { content: { state: unknown } };
  return content.state;
}
