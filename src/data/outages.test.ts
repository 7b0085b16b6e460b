import { describe, expect, it } from 'vitest';
import { readText } from './csv/read-text.ts';
import { buildFeatures } from './feature-plan.ts';
import { guessRoles } from './guess-roles.ts';
import { prepareOutages } from './outages.ts';
import type { ColumnRole, RoleAssignment } from './roles.ts';

const now = Date.UTC(2025, 0, 1);

const assign = (roles: Record<string, ColumnRole>): RoleAssignment[] =>
  Object.entries(roles).map(([column, role]) => ({ column, role, reason: 'user' }));

async function tableOf(text: string) {
  return (await readText(text)).table;
}

describe('prepareOutages', () => {
  it('derives the duration from start and end and sets each unusable row aside with its reason', async () => {
    const table = await tableOf(
      [
        'id,version,unit,begin,finish,crew',
        'a,1,U1,2024-01-01 00:00,2024-01-03 12:00,5',
        'b,1,U1,2024-02-01 00:00,2024-02-02 00:00,6',
        'b,2,U1,2024-02-01 00:00,2024-02-05 00:00,6',
        'c,1,U2,2024-03-01 00:00,,7',
        'd,1,U2,2024-12-01 00:00,2025-06-01 00:00,7',
        'e,1,U2,2024-04-02 00:00,2024-04-01 00:00,7',
        'f,1,U2,2024-05-01 00:00,2024-05-01 00:00,7',
        'g,1,U2,,2024-05-01 00:00,7',
        'h,1,U3,2024-06-01 00:00,2024-06-02 06:00,8',
      ].join('\n'),
    );
    const roles = assign({
      id: 'identifier',
      version: 'version',
      unit: 'group',
      begin: 'start',
      finish: 'end',
      crew: 'lever',
    });
    const outages = prepareOutages(table, roles, { now });
    expect(Array.from(outages.rows)).toEqual([0, 2, 8]);
    expect(Array.from(outages.target)).toEqual([2.5, 4, 1.25]);
    expect(outages).toMatchObject({ unit: 'day', targetName: 'finish − begin', announced: null });
    expect(outages.setAside).toEqual([
      { row: 1, reason: 'older-version' },
      { row: 3, reason: 'end-missing' },
      { row: 4, reason: 'ends-in-future' },
      { row: 5, reason: 'end-before-start' },
      { row: 6, reason: 'duration-not-positive' },
      { row: 7, reason: 'start-missing' },
    ]);
    const inHours = prepareOutages(table, roles, { now, unit: 'hour' });
    expect(Array.from(inHours.target)).toEqual([60, 96, 30]);
  });

  it('keeps durations ≤ 0 that the file states, and drops only missing ones', async () => {
    const table = await tableOf('unit;Durée (jours);x\nA;-1,5;1\nA;0;2\nB;;3\nB;4;4\n');
    const outages = prepareOutages(
      table,
      assign({ unit: 'group', 'Durée (jours)': 'target', x: 'context' }),
      { now },
    );
    expect(Array.from(outages.target)).toEqual([-1.5, 0, 4]);
    expect(outages.setAside).toEqual([{ row: 2, reason: 'target-missing' }]);
    expect(outages.groups).toEqual([
      { type: 'category', name: 'unit', codes: Int32Array.of(0, 0, 1), categories: ['A', 'B'] },
    ]);
  });

  it('makes season features of the start only where the file lacks them, and ages of other dates', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => {
      const start = new Date(Date.UTC(2023, 0, 3 + i * 17, i % 24));
      return `${start.toISOString().slice(0, 16)},${start.getUTCMonth() + 1},2001-05-0${(i % 9) + 1},${i + 1}`;
    });
    const table = await tableOf(`start,mois,commissioned,days\n${rows.join('\n')}\n`);
    const roles = assign({ start: 'start', mois: 'context', commissioned: 'date', days: 'target' });
    const { featureOrigins, features, start } = prepareOutages(table, roles, { now });
    expect(featureOrigins).toEqual([
      { feature: 'start [weekday]', column: 'start', part: 'weekday' },
      { feature: 'start [hour]', column: 'start', part: 'hour' },
      { feature: 'mois', column: 'mois', part: 'value' },
      { feature: 'commissioned [age]', column: 'commissioned', part: 'age', reference: 'start' },
    ]);
    const age = features.columns[3];
    expect(age?.type === 'number' && age.values[0]).toBe(
      (Date.UTC(2023, 0, 3) - Date.UTC(2001, 4, 1)) / 86_400_000,
    );
    expect(start?.[0]).toBe(Date.UTC(2023, 0, 3));
  });

  it('takes an announced end for an announced duration, in the unit of the target', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => {
      const day = (n: number) => new Date(Date.UTC(2023, 0, 1 + i * 9 + n)).toISOString().slice(0, 10);
      return `${day(0)},${day(5)},${day(6 + (i % 3))},U${i % 2}`;
    });
    const table = await tableOf(`date_debut,date_fin_prevue,date_fin,tranche\n${rows.join('\n')}\n`);
    const roles = guessRoles(table);
    expect(roles.map(({ role }) => role)).toEqual(['start', 'announced', 'end', 'group']);
    const { announced, announcedFeature, target } = prepareOutages(table, roles, { now });
    const inHours = prepareOutages(table, roles, { now, unit: 'hour' });
    expect(inHours.announced?.every((hours) => hours === 120)).toBe(true);
    expect(announcedFeature).toBe('date_fin_prevue [span-days]');
    expect(announced?.every((days) => days === 5)).toBe(true);
    expect(Array.from(target.slice(0, 3))).toEqual([6, 7, 8]);
  });

  it('builds the same features of new rows by the plan of the training rows', async () => {
    const text =
      'unit,start,end,built\nA,2024-01-01,2024-01-05,2000-01-01\nB,2024-02-06,2024-02-07,2010-01-01\n';
    const table = await tableOf(text);
    const { featureOrigins, features } = prepareOutages(table, guessRoles(table), { now });
    const fresh = await tableOf(
      'built,unit,start,remark\n2000-01-01,A,2024-01-01,x\n2010-01-01,B,2024-02-06,y\n',
    );
    expect(buildFeatures(fresh, featureOrigins)).toEqual(features);
    const lacking = await tableOf('unit,x\nA,1\n');
    expect(() => buildFeatures(lacking, featureOrigins)).toThrow(
      expect.objectContaining({ code: 'model-columns-missing', details: { columns: ['start', 'built'] } }),
    );
  });

  it('never takes end − start in the place of a target that holds no numbers', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `2024-01-01,2024-02-${(i % 19) + 10},c${i % 9},${i}`);
    const table = await tableOf(`start,end,class,x\n${rows.join('\n')}\n`);
    const roles = assign({ start: 'start', end: 'end', class: 'target', x: 'context' });
    expect(() => prepareOutages(table, roles, { now })).toThrow(
      expect.objectContaining({
        code: 'column-not-read',
        details: { column: 'class', type: 'number', readAs: 'category', examples: ['c0', 'c1', 'c2'] },
      }),
    );
    const swapped = assign({ class: 'start', end: 'end', x: 'context' });
    expect(() => prepareOutages(table, swapped, { now })).toThrow(
      expect.objectContaining({ code: 'column-not-read' }),
    );
  });

  it('sets aside an outage of a single day without times as such, not as an error', async () => {
    const rows = ['2024-01-01,2024-01-01,1', '2024-01-01,2024-01-04,2', '2024-02-01,2024-02-01,3'];
    const table = await tableOf(`start,end,x\n${rows.join('\n')}\n`);
    const roles = assign({ start: 'start', end: 'end', x: 'context' });
    expect(prepareOutages(table, roles, { now }).setAside).toEqual([
      { row: 0, reason: 'same-day' },
      { row: 2, reason: 'same-day' },
    ]);
  });

  it('takes the unit from the name, else from start and end', async () => {
    const unitOf = async (name: string, rows: string) => {
      const table = await tableOf(`start,end,${name},x\n${rows}`);
      return prepareOutages(table, assign({ start: 'start', end: 'end', [name]: 'target', x: 'context' }), {
        now,
      }).unit;
    };
    const rows = '2024-01-01,2024-01-03,48,1\n2024-01-01,2024-01-04,72,2\n';
    expect(await unitOf('Durée', rows)).toBe('hour');
    expect(await unitOf('Durée (jours)', rows)).toBe('day');
    expect(await unitOf('downtime', rows.replace('48', '17').replace('72', '5'))).toBe('unknown');
  });

  it('says what is missing before any work', async () => {
    const labels = await tableOf('a,b\nx,y\nz,w\n');
    expect(() => prepareOutages(labels, assign({ a: 'context' }), { now })).toThrow(
      expect.objectContaining({ code: 'no-numeric-column' }),
    );
    const numbers = await tableOf('a,b\n1,2\n3,4\n');
    expect(() => prepareOutages(numbers, assign({ a: 'context', b: 'context' }), { now })).toThrow(
      expect.objectContaining({ code: 'no-target', details: { columns: ['a', 'b'] } }),
    );
    expect(() => prepareOutages(numbers, assign({ a: 'target', b: 'ignore' }), { now })).toThrow(
      expect.objectContaining({ code: 'no-feature' }),
    );
  });
});
