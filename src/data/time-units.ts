import { plainName } from './column-words.ts';

/** The units a duration may be told in. */
export const timeUnits = ['minute', 'hour', 'day', 'week', 'month'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/** Milliseconds of each; a month is a twelfth of 365.25 days. */
export const msPerUnit: Readonly<Record<TimeUnit | 'second', number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_629_800_000,
};

/** The unit that a column of such durations is told in: minutes for seconds. */
export function toColumnUnit(unit: TimeUnit | 'second'): TimeUnit {
  return unit === 'second' ? 'minute' : unit;
}

/** Whether an end told with this unit wants its time of day. */
export function isShorterThanDay(unit: string): boolean {
  return unit === 'hour' || unit === 'minute';
}

export function isTimeUnit(unit: string | undefined): unit is TimeUnit {
  return (timeUnits as readonly (string | undefined)[]).includes(unit);
}

/** As files write them in six languages, folded as `plainName` does; MS Project's elapsed durations begin with `e`. */
const wordsOf: Readonly<Record<TimeUnit | 'second', string>> = {
  second: 's sec secs seconde secondes second seconds sekunde sekunden segundo segundos secondo secondi',
  minute: 'min mins mn mns minute minutes minuten minuto minutos minuti emin emins',
  hour: 'h hr hrs hour hours heure heures std stunde stunden hora horas ora ore eh ehr ehrs',
  day: 'd j jr jrs day days jour jours tag tage tagen dia dias giorno giorni gg ed eday edays ej',
  week: 'sem sems semaine semaines w wk wks week weeks woche wochen semana semanas settimana settimane ew ewk ewks',
  month: 'mois month months mo mon mons mth mths monat monate monaten mes meses mese mesi emon emons',
};
const unitOf: ReadonlyMap<string, TimeUnit | 'second'> = new Map(
  Object.entries(wordsOf).flatMap(([unit, words]) =>
    words.split(' ').map((word): [string, TimeUnit | 'second'] => [word, unit as TimeUnit]),
  ),
);

/** The unit that a word of a cell means, whatever its case, accents and final point; null for another word. */
export function readTimeUnit(word: string): TimeUnit | 'second' | null {
  return unitOf.get(plainName(word.toLowerCase())) ?? null;
}

/** Shorter words say a unit only where a name ends with them or puts them in brackets: "durée d’arrêt" is in no days. */
const shortestAnywhere = 4;

/** The unit that a column's name says (`Durée (jours)`, `duration_min`); null for none, or for two. */
export function findUnitInName(name: string): TimeUnit | null {
  const words = plainName(name).split(' ');
  const bracketed = [...name.matchAll(/[([]([^)\]]*)[)\]]/g)].flatMap(([, inside = '']) =>
    plainName(inside).split(' '),
  );
  const said = words.filter((word, i) => word.length >= shortestAnywhere || i === words.length - 1);
  const units = new Set(
    [...said, ...bracketed].flatMap((word) => {
      const unit = unitOf.get(word) ?? null;
      return unit === null || unit === 'second' ? [] : [unit];
    }),
  );
  const [unit = null] = units;
  return units.size === 1 ? unit : null;
}
