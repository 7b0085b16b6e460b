import { describe, expect, it } from 'vitest';
import { writeCsv } from './csv/write-csv.ts';
import { readText } from './csv/read-text.ts';
import { generateFleet } from './fleet-sample.ts';
import { guessRoles } from './guess-roles.ts';
import { findLeaks } from './leaks.ts';
import { listCancelled } from './status-words.ts';
import type { NumberColumn, Table } from './table.ts';

async function guess(text: string): Promise<Record<string, string>> {
  const { table } = await readText(text);
  return Object.fromEntries(guessRoles(table).map(({ column, role }) => [column, role]));
}

/** Rows of outages of a few units, cells made from the row's number. */
function makeCsv(header: string, row: (i: number) => string, n = 60): string {
  return `${header}\n${Array.from({ length: n }, (_, i) => row(i)).join('\n')}\n`;
}

describe('guessRoles', () => {
  it('knows the columns of EDF’s list', async () => {
    const roles = await guess(
      makeCsv(
        'Status;Identifiant;Numéro de version;Nom;Filière;Date de début;Date de fin;Type;Cause;Puissance maximale (MW);Puissance disponible (MW);Date de publication',
        (i) => {
          const start = `${String((i % 27) + 1).padStart(2, '0')}/02/2024 06:00`;
          return `${i % 3 ? 'Terminée' : 'Active'};ID${Math.floor(i / 2)};${(i % 2) + 1};TRANCHE ${i % 5};${i % 2 ? 'Nucléaire' : 'Gaz'};${start};${String((i % 25) + 1).padStart(2, '0')}/04/2024 18:30;${i % 4 ? 'Planifiée' : 'Fortuite'};Cause ${i % 7};${900 + (i % 3) * 200};${i % 5};${i % 2 ? start : '28/05/2024 07:00'}`;
        },
      ),
    );
    expect(roles).toMatchObject({
      Identifiant: 'identifier',
      'Numéro de version': 'version',
      Nom: 'group',
      Filière: 'context',
      'Date de début': 'start',
      'Date de fin': 'end',
      Type: 'context',
      'Date de publication': 'ignore',
    });
  });

  it('takes a gap in money for no overrun of the duration, but a gap in time', async () => {
    const roles = await guess(
      makeCsv(
        'Tranche;Écart budget (k€);Écart (j);Durée (j)',
        (i) => `T${i % 4};${((i * 37) % 50) - 20};${((i * 7) % 5) - 2};${20 + ((i * 13) % 40)}`,
      ),
    );
    expect(roles).toMatchObject({
      'Écart budget (k€)': 'lever',
      'Écart (j)': 'ignore',
      'Durée (j)': 'target',
    });
  });

  it.each([
    ['Out', 'Back on line'],
    ['Tripped', 'Restored'],
    ['Découplage', 'Recouplage'],
    ['Date arrêt', 'Date redémarrage'],
    ['Abschaltung', 'Wieder in Betrieb'],
    ['Außer Betrieb', 'Wiederinbetriebnahme'],
    ['Salida', 'Entrada'],
    ['Uscita', 'Rientro in servizio'],
    ['Parada', 'Retorno'],
  ])('tells the start %s from the end %s', async (start, end) => {
    const roles = await guess(
      makeCsv(`unit,${start},${end},crew`, (i) => {
        const day = (n: number) => `2024-0${n}-${10 + (i % 18)} 06:00`;
        return `U${i % 4},${day(2)},${day(3)},${i % 12}`;
      }),
    );
    expect(roles).toMatchObject({ [start]: 'start', [end]: 'end' });
  });

  it.each([
    ['duree_reelle_jours', 'duree_prevue_jours'],
    ['Actual duration (days)', 'Planned duration (days)'],
    ['Durée réelle (j)', 'Durée annoncée (j)'],
  ])('tells %s, the target, from %s, the announced one', async (actual, announced) => {
    const roles = await guess(
      makeCsv(
        `unit,${announced},${actual},crew size`,
        (i) => `U${i % 4},${20 + (i % 9)},${21 + ((i * 7) % 40)}.5,${i % 12}`,
      ),
    );
    expect(roles).toEqual({
      unit: 'group',
      [announced]: 'announced',
      [actual]: 'target',
      'crew size': 'lever',
    });
  });

  it('leaves constants, unique labels and too many categories out', async () => {
    const roles = await guess(
      makeCsv(
        'country,comment,days,kind',
        (i) => `FR,text number ${i},${(i * 13) % 29},${i % 3 ? 'a' : 'b'}`,
      ),
    );
    expect(roles).toEqual({ country: 'ignore', comment: 'ignore', days: 'target', kind: 'context' });
  });

  it('takes the only column told in a unit of time for the duration, whatever it is called, and asks where there are two', async () => {
    const hours = await guess(makeCsv('unit,crew,Hours', (i) => `U${i % 4},${i % 7},${(i * 13) % 29}`));
    expect(hours).toMatchObject({ crew: 'lever', Hours: 'target' });
    const beside = await guess(
      makeCsv(
        'Site;Valeur;Unité de temps',
        (i) => `S${i % 4};${(i * 13) % 29};${i % 3 ? 'heures' : 'jours'}`,
      ),
    );
    expect(beside).toEqual({ Site: 'group', Valeur: 'target' });
    const two = await guess(makeCsv('unit,Hours,Days', (i) => `U${i % 4},${(i * 13) % 29},${(i * 7) % 31}`));
    expect(Object.values(two)).not.toContain('target');
    const planned = await guess(
      makeCsv('unit,planned 1,x', (i) => `U${i % 4},${(i * 13) % 29} h,${(i * 7) % 31}`),
    );
    expect(Object.values(planned)).not.toContain('target');
  });

  it('of two durations takes the one that the dates give, wherever it stands', async () => {
    const day = (i: number) => `2024-0${1 + (i % 3)}-${String((i % 27) + 1).padStart(2, '0')}`;
    const csv = (rated: boolean) =>
      makeCsv('unit,start,end,Downtime,Duration', (i) => {
        const [start, end] = [day(i), `2024-0${5 + (i % 4)}-11`];
        const days = (Date.parse(end) - Date.parse(start)) / 86_400_000;
        return `U${i % 4},${start},${end},${rated ? days : days * 1.3 + (i % 5)},${rated ? days * 1.1 : days}`;
      });
    expect(await guess(csv(true))).toMatchObject({ Downtime: 'target', Duration: 'ignore' });
    expect(await guess(csv(false))).toMatchObject({ Duration: 'target' });
  });

  it('joins « H début » to « Jour début »; from and to are a start and an end', async () => {
    const day = (i: number) => `${String((i % 27) + 1).padStart(2, '0')}/03/2024`;
    const joined = await guess(
      makeCsv(
        'Site;Jour début;H début;Jour fin;H fin',
        (i) => `S${i % 4};${day(i)};${i % 9}h05;${day(i)};${10 + (i % 9)}h15`,
      ),
    );
    expect(joined).toEqual({ Site: 'group', 'Jour début': 'start', 'Jour fin': 'end' });
    const english = await guess(
      makeCsv(
        'unit,from,to',
        (i) =>
          `U${i % 4},2024-03-${String((i % 27) + 1).padStart(2, '0')},2024-04-${String((i % 25) + 1).padStart(2, '0')}`,
      ),
    );
    expect(english).toMatchObject({ from: 'start', to: 'end' });
  });

  it('predicts a duration that never changes only where no other and no dates say one', async () => {
    const alone = await guess(makeCsv('Effectif;Durée (jours)', (i) => `${10 + (i % 7)};30`));
    expect(alone).toEqual({ Effectif: 'lever', 'Durée (jours)': 'target' });
    const beside = await guess(
      makeCsv('Durée (heures);Durée (jours);Effectif', (i) => `${24 + (i % 9)};30;${i % 7}`),
    );
    expect(beside).toMatchObject({ 'Durée (heures)': 'target', 'Durée (jours)': 'ignore' });
    const dated = await guess(
      makeCsv(
        'Début;Fin;Durée (jours)',
        (i) =>
          `${String((i % 27) + 1).padStart(2, '0')}/02/2024;${String((i % 25) + 1).padStart(2, '0')}/04/2024;30`,
      ),
    );
    expect(dated).toMatchObject({ Début: 'start', Fin: 'end', 'Durée (jours)': 'ignore' });
  });

  it('finds target, start, end, announced and levers of the fleet sample, read from its file', async () => {
    const roles = await guess(writeCsv(generateFleet({ units: 12, years: 8, seed: 1 }), 'excel-french'));
    expect(roles).toMatchObject({
      Tranche: 'group',
      Site: 'group',
      Effectif: 'lever',
      'Ressources disponibles': 'lever',
      'Durée annoncée (jours)': 'announced',
      'Date de début': 'start',
      'Date de fin': 'end',
      'Durée (jours)': 'target',
      "Type d'arrêt": 'context',
    });
  });
});

describe('findLeaks', () => {
  const n = 200;
  const spread = (i: number, prime: number) => ((i * prime) % 97) + 1;
  const column = (name: string, value: (i: number) => number): NumberColumn => ({
    type: 'number',
    name,
    values: Float64Array.from({ length: n }, (_, i) => value(i)),
  });
  const days = column('days', (i) => spread(i, 31) / 2);
  const day = (i: number) => days.values[i]!;
  const roles = (table: Table) =>
    table.columns.map(({ name }) => ({
      column: name,
      role:
        name === 'days'
          ? ('target' as const)
          : name === 'plan'
            ? ('announced' as const)
            : ('context' as const),
      reason: 'default' as const,
    }));

  function leaksOf(...columns: NumberColumn[]) {
    const table: Table = { nRows: n, columns: [days, ...columns] };
    return findLeaks(table, roles(table)).map(({ column, kind, through }) => [column, kind, through ?? null]);
  }

  it('finds a copy in another unit, power × duration, and a monotone image', () => {
    const power = column('mw', (i) => 100 * spread(i, 7));
    expect(leaksOf(column('hours', (i) => Math.round(day(i) * 24)))).toEqual([
      ['hours', 'copy-of-target', null],
    ]);
    expect(
      leaksOf(
        power,
        column('mwh', (i) => day(i) * 24 * power.values[i]!),
      ),
    ).toEqual([['mwh', 'power-times-duration', 'mw']]);
    expect(leaksOf(column('cost', (i) => day(i) ** 2 + 3))).toEqual([['cost', 'correlation', null]]);
  });

  it('finds an overrun by its name, unless it is of an earlier outage', () => {
    const overrun = (name: string) => column(name, (i) => spread(i, 13));
    expect(leaksOf(overrun('Écart (j)'))).toEqual([['Écart (j)', 'name', null]]);
    expect(leaksOf(overrun('Retard moyen précédent (j)'))).toEqual([]);
  });

  it('spares a plan that often holds, and finds one that was kept up until it had come true', () => {
    const plan = (nHeld: number) => column('plan', (i) => day(i) + (i < nHeld ? 0 : 0.5));
    expect(leaksOf(plan(150))).toEqual([]);
    expect(leaksOf(plan(196))).toEqual([['plan', 'copy-of-target', null]]);
  });

  it('spares what is only related, and what has too few values to tell', () => {
    expect(leaksOf(column('complexity', (i) => day(i) + spread(i, 53)))).toEqual([]);
    expect(leaksOf(column('rare', (i) => (i < 5 ? day(i) : NaN)))).toEqual([]);
    expect(leaksOf(column('flag', (i) => (day(i) + spread(i, 53) / 20 > 20 ? 1 : 0)))).toEqual([]);
  });

  it('finds a threshold on the target, and classes of it under whatever numbers', () => {
    expect(leaksOf(column('flag', (i) => (day(i) > 20 ? 1 : 0)))).toEqual([
      ['flag', 'class-of-target', null],
    ]);
    const classOf = (i: number) => [3, 1, 7, 2][Math.floor(day(i) / 12.2)] ?? 9;
    expect(leaksOf(column('class', classOf))).toEqual([['class', 'class-of-target', null]]);
  });

  it('spares kinds of few outages that lie apart, not labels under a name that says nothing', async () => {
    const lines = (name: string, n: number) =>
      makeCsv(
        `Tranche;${name};Effectif;Durée (jours)`,
        (i) => {
          const kind = i % 3;
          return `T${i % 4};${['ASR', 'VP', 'VD'][kind]};${20 + ((i * 7) % 30)};${[30, 50, 85][kind]! + ((i * 11) % ([20, 34, 60][kind] ?? 1))}`;
        },
        n,
      );
    expect(await guess(lines('Type', 90))).toMatchObject({ Type: 'context' });
    expect(await guess(lines('Classe', 90))).toMatchObject({ Classe: 'ignore' });
    expect(await guess(lines('Type', 150))).toMatchObject({ Type: 'ignore' });
  });

  it('finds the day on which start and target end, without a time of day', async () => {
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    const rows = Array.from({ length: 80 }, (_, i) => {
      const start = Date.UTC(2023, 0, 1 + 3 * i, (i * 7) % 24, 15);
      const minutes = 200 + ((i * 613) % 3_000);
      const written = new Date(start).toISOString().slice(0, 16).replace('T', ' ');
      return `${written},${day(start + minutes * 60_000)},${day(start - (i % 5) * 86_400_000)},${minutes}`;
    });
    const { table } = await readText(`start,day,ordered,duration (min)\n${rows.join('\n')}\n`);
    expect(findLeaks(table, guessRoles(table)).map(({ column }) => column)).toEqual(['day']);
  });

  it('spares numbers that labels set, however well they rank the outages', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => {
      const [from, to] = [i % 4, (i * 7) % 5];
      return `A${from},B${to},${90 * from + 37 * to + 50},${(90 * from + 37 * to + 50) / 10 + ((i * 7) % 11) / 5}`;
    });
    const { table } = await readText(`origin,destination,distance,duration (min)\n${rows.join('\n')}\n`);
    expect(findLeaks(table, guessRoles(table))).toEqual([]);
  });

  it('spares kinds of outages that differ in length, whether they overlap or leave nothing in between', async () => {
    const kinds = (length: (kind: number, i: number) => number) =>
      `kind,duration (d)\n${Array.from({ length: 90 }, (_, i) => `K${i % 3},${length(i % 3, i)}`).join('\n')}\n`;
    for (const text of [
      kinds((kind, i) => 10 + 30 * kind + ((i * 7) % 45)),
      kinds((kind, i) => 10 + 100 * kind + ((i * 7) % 20)),
    ]) {
      const { table } = await readText(text);
      expect(findLeaks(table, guessRoles(table))).toEqual([]);
    }
  });

  it('finds states of outages that are over, but no kinds of planning', async () => {
    const csv = (labels: readonly string[]) =>
      `Statut;Durée (j)\n${Array.from({ length: 60 }, (_, i) => `${labels[i % labels.length]};${(i * 7) % 31}`).join('\n')}\n`;
    const leaksIn = async (labels: readonly string[]) => {
      const { table } = await readText(csv(labels));
      return findLeaks(table, guessRoles(table)).map(({ kind }) => kind);
    };
    expect(await leaksIn(['Terminée', 'Annulée'])).toEqual(['status']);
    expect(await leaksIn(['Abgeschlossen', 'Storniert', 'Laufend'])).toEqual(['status']);
    expect(await leaksIn(['planned', 'forced'])).toEqual([]);
  });

  it('takes the original duration of a plan for announced, not for the outcome', async () => {
    const day = (n: number) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${5 + (i % 4)},${day(9 * i)},${day(9 * i + 3 + (i % 5))}`,
    );
    const roles = await guess(`Original Duration,Actual Start,Actual Finish\n${rows.join('\n')}\n`);
    expect(roles).toEqual({
      'Original Duration': 'announced',
      'Actual Start': 'start',
      'Actual Finish': 'end',
    });
  });

  it('points at cancelled outages in a compound column of states', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 'storniert' : 'bestätigt'));
    const { table } = await readText(`Meldungsstatus;n\n${rows.map((row, i) => `${row};${i}`).join('\n')}\n`);
    const [states] = table.columns;
    expect(states?.type === 'category' && listCancelled(states)).toEqual(['storniert']);
  });
});
