import type { Rng } from '#base/random.ts';
import {
  insertColumn,
  mapColumn,
  partsOf,
  pick,
  rename,
  writeInstant,
  writeNumber,
  type Language,
  type OutageFile,
} from './outage-files.ts';

/** Writes a file as people do in one way; null where the file lacks what that needs. */
type Planter = (file: OutageFile, rng: Rng) => OutageFile | null;

const dates = ['start', 'end'] as const;

function writeDurations(write: (hours: number) => string, called?: string): Planter {
  return (file) => {
    const at = file.at.duration;
    if (at < 0) return null;
    const bare = (file.header[at] ?? '').replace(' (h)', '');
    return rename(
      mapColumn(file, at, (_, row) => write(file.hours[row] ?? 0)),
      at,
      called ?? bare,
    );
  };
}

function writeDates(write: (instant: number, file: OutageFile) => string): Planter {
  return (file) =>
    file.at.end < 0
      ? null
      : dates.reduce(
          (made, kind) => mapColumn(made, file.at[kind], (_, row) => write(instantOf(file, kind, row), file)),
          file,
        );
}

function instantOf(file: OutageFile, kind: 'start' | 'end', row: number): number {
  return (file.starts[row] ?? 0) + (kind === 'end' ? (file.hours[row] ?? 0) * 3_600_000 : 0);
}

function insertLines(
  count: number,
  write: (file: OutageFile, upTo: number, since: number) => string,
): Planter {
  return (file) => {
    const step = Math.ceil(file.rows.length / count);
    const between = new Map(file.between);
    for (let row = step; row <= file.rows.length; row += step) {
      between.set(row, [...(between.get(row) ?? []), write(file, row, row - step)]);
    }
    return { ...file, between };
  };
}

const line = (file: OutageFile, cells: readonly string[]) =>
  Array.from(file.header, (_, c) => cells[c] ?? '').join(file.delimiter);
const whole = (hours: number) => Math.floor(hours);
const minutes = (hours: number) => String(Math.round((hours % 1) * 60)).padStart(2, '0');

const months: Readonly<Record<Language, string>> = {
  fr: 'janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.',
  en: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
  de: 'Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.',
  es: 'ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.',
  it: 'gen feb mar apr mag giu lug ago set ott nov dic',
  pt: 'jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.',
};

function inWords(instant: number, { language }: OutageFile): string {
  const { date, year, hour, minute } = partsOf(instant);
  const month = months[language].split(' ')[date.getUTCMonth()];
  return `${date.getUTCDate()} ${month} ${year} ${hour}:${minute}`;
}

const toSerial = (instant: number) => instant / 86_400_000 + 25_569;

/** One way of people each, by its name. */
export const planters: Readonly<Record<string, Planter>> = {
  'duration h:mm:ss': writeDurations((hours) => `${whole(hours)}:${minutes(hours)}:00`),
  'duration h:mm': writeDurations((hours) => `${whole(hours)}:${minutes(hours)}`),
  'duration 2 h 30': writeDurations((hours) => `${whole(hours)} h ${minutes(hours)}`),
  "duration 12h30'": writeDurations((hours) => `${whole(hours)}h${minutes(hours)}'`),
  'duration ISO': writeDurations((hours) => `PT${whole(hours)}H${Number(minutes(hours))}M`),
  'duration 4d 15h 5m': writeDurations(
    (hours) => `${Math.floor(hours / 24)}d ${whole(hours) % 24}h ${Number(minutes(hours))}m`,
  ),
  'duration minutes': writeDurations((hours) => `${hours * 60} minutes`),
  'duration min in name': writeDurations((hours) => String(hours * 60), 'duration_min'),
  'unit column'(file, rng) {
    const at = file.at.duration;
    if (at < 0) return null;
    const units = file.rows.map(() =>
      pick(
        [
          ['MIN', 60],
          ['H', 1],
          ['H', 1],
        ] as const,
        rng,
      ),
    );
    const values = mapColumn(file, at, (_, row) =>
      writeNumber((file.hours[row] ?? 0) * (units[row]?.[1] ?? 1), file.decimalMark),
    );
    const bare = rename(values, at, (file.header[at] ?? '').replace(' (h)', ''));
    return insertColumn(bare, at + 1, 'Unit', (row) => units[row]?.[0] ?? '');
  },
  'date and time apart'(file) {
    if (file.at.end < 0) return null;
    return dates.toReversed().reduce((made, kind) => {
      const at = made.at[kind];
      const own = file.header[file.at[kind]] ?? '';
      const day = mapColumn(made, at, (cell) => cell.split(' ')[0] ?? '');
      const called = { date: `Date ${own}`, time: `${file.language === 'fr' ? 'Heure' : 'Time'} ${own}` };
      const time = (row: number) => writeInstant(instantOf(file, kind, row), true).split(' ')[1] ?? '';
      return insertColumn(rename(day, at, called.date), at + 1, called.time, time);
    }, file);
  },
  'one interval'(file) {
    if (file.at.end !== file.at.start + 1) return null;
    const header = file.header.toSpliced(file.at.start, 2, 'Period');
    const rows = file.rows.map((cells) =>
      cells.toSpliced(file.at.start, 2, `${cells[file.at.start]} - ${cells[file.at.end]}`),
    );
    const less = file.at.duration < 0 ? -1 : file.at.duration - 1;
    return { ...file, header, rows, at: { ...file.at, end: -1, duration: less, remark: file.at.remark - 1 } };
  },
  'dates in words': writeDates(inWords),
  'dates in words, two-digit hours h': writeDates((instant, file) => `${inWords(instant, file)} h`),
  'weekdays in front': writeDates((instant, file) => {
    const days = { fr: 'dim. lun. mar. mer. jeu. ven. sam.', en: 'Sun Mon Tue Wed Thu Fri Sat' };
    const words = days[file.language === 'fr' ? 'fr' : 'en'].split(' ');
    return `${words[new Date(instant).getUTCDay()]} ${inWords(instant, file)}`;
  }),
  'half days': writeDates((instant) => {
    const { year, month, day, date, minute } = partsOf(instant);
    const hour = date.getUTCHours();
    return `${year}-${month}-${day} ${hour % 12 || 12}:${minute}:00 ${hour < 12 ? 'AM' : 'PM'}`;
  }),
  'two-digit years': writeDates((instant) => {
    const { year, month, day, hour, minute } = partsOf(instant);
    return `${day}.${month}.${year.slice(2)} ${hour}:${minute}`;
  }),
  'P6 markers': (file, rng) =>
    writeDates((instant) => {
      const { year, day, hour, minute, date } = partsOf(instant);
      const month = months.en.split(' ')[date.getUTCMonth()];
      return `${day}-${month}-${year.slice(2)} ${hour}:${minute}${pick([' A', '*', ''], rng)}`;
    })(file, rng),
  'compact dates': writeDates((instant) => {
    const { year, month, day, hour, minute } = partsOf(instant);
    return `${year}${month}${day} ${hour}${minute}00`;
  }),
  'Excel serials': writeDates((instant, { decimalMark }) =>
    writeNumber(Number(toSerial(instant).toFixed(6)), decimalMark),
  ),
  'Excel serials and a word': (file, rng) => {
    const made = planters['Excel serials']?.(file, rng) ?? null;
    return made && mapColumn(made, made.at.end, (cell, row) => (row === 7 ? 'à préciser' : cell));
  },
  'time zones': writeDates((instant) => `${writeInstant(instant, true)}:00Z`),
  subtotals: insertLines(5, (file, upTo, since) => {
    const sum = file.hours.slice(since, upTo).reduce((a, b) => a + b, 0);
    const cells = file.header.map((_, c) =>
      c === 0 ? `Sous-total ${upTo}` : c === file.at.duration ? writeNumber(sum, file.decimalMark) : '',
    );
    return line(file, cells);
  }),
  'grand total'(file) {
    if (file.at.duration < 0) return null;
    const sum = file.hours.reduce((a, b) => a + b, 0);
    const cells = file.header.map((_, c) =>
      c === 0 ? 'Total' : c === file.at.duration ? writeNumber(sum, file.decimalMark) : '',
    );
    return { ...file, between: new Map([[file.rows.length, [line(file, cells)]]]) };
  },
  'header once more': insertLines(4, (file) => line(file, file.header)),
  pages: insertLines(4, (file, upTo) => line(file, [`Page ${upTo}`])),
  footnote: insertLines(1, (file) =>
    line(file, ['* données provisoires, sous réserve de validation par le site']),
  ),
  sections: insertLines(4, (file, upTo) => line(file, [`Site ${upTo}`])),
  'cancelled lines'(file, rng) {
    const { unit, start, end, duration } = file.at;
    const status = insertColumn(file, unit + 1, 'Statut', () => 'Terminée');
    const extra = status.rows.slice(0, 9).map((cells, i) => {
      const moved = (file.starts[i] ?? 0) + 7 * 3_600_000;
      const isIso = (cells[start + 1] ?? '').startsWith('20');
      const made: [number, string][] = [
        [unit + 1, 'Annulée'],
        [start + 1, writeInstant(moved, isIso)],
        [end < 0 ? -1 : end + 1, writeInstant(moved + 60 * 86_400_000, isIso)],
        [duration < 0 ? -1 : duration + 1, '1440'],
      ];
      return made.reduce((row, [at, cell]) => (at < 0 ? row : row.with(at, cell)), [...cells]);
    });
    void rng;
    return { ...status, rows: [...status.rows, ...extra] };
  },
  'shifted row': insertLines(3, (file, upTo) => {
    const cells = file.rows[upTo - 1] ?? [];
    return [...cells.slice(0, 1), '', ...cells.slice(1, -1)].join(file.delimiter);
  }),
  'bounds among durations'(file) {
    const at = file.at.duration;
    return at < 0 ? null : mapColumn(file, at, (cell, row) => (row % 20 === 7 ? '> 400' : cell));
  },
  'stars behind numbers'(file) {
    return mapColumn(file, file.at.crew, (cell, row) => (row % 5 === 2 ? `${cell}*` : cell));
  },
  'words for nothing': (file, rng) =>
    mapColumn(file, file.at.crew, (cell, row) =>
      row % 9 === 4 ? pick(['ND', 'n/e', 's.o.', 'néant'], rng) : cell,
    ),
  'ongoing in words'(file) {
    const at = file.at.end;
    return at < 0 ? null : mapColumn(file, at, (cell, row) => (row % 11 === 3 ? 'en cours' : cell));
  },
  currency: (file) =>
    insertColumn(
      file,
      file.at.crew + 1,
      'Coût',
      (row) => `€${(12_345 + 7 * row).toLocaleString(file.decimalMark === ',' ? 'de' : 'en')}`,
    ),
  'minus behind': (file) =>
    insertColumn(file, file.at.crew + 1, 'Marge', (row) => `${(row % 13) + 1}${row % 3 ? '' : '-'}`),
  'cells for Excel': (file) => ({
    ...file,
    rows: file.rows.map((cells) => cells.map((cell) => (cell === '' ? '' : `="${cell}"`))),
  }),
  'two columns of one name': (file) => rename(file, file.at.cause, file.header[file.at.unit] ?? ''),
  'two durations'(file) {
    const at = file.at.duration;
    if (at < 0) return null;
    return insertColumn(file, at, file.header[at] ?? '', (row) =>
      writeNumber((file.hours[row] ?? 0) + (row % 4), file.decimalMark),
    );
  },
  'running numbers': (file, rng) =>
    insertColumn(file, 0, pick(['N°', 'Ligne', 'x'], rng), (row) => String(row + 1)),
  "the rows' names": (file) => {
    const made = insertColumn(file, 0, '', (row) => String(row + 1));
    return { ...made, header: made.header.slice(1) };
  },
  'a delimiter ends each row': (file) => ({ ...file, rows: file.rows.map((cells) => [...cells, '']) }),
  'a delimiter too many in the header': (file, rng) => ({
    ...file,
    header: file.header.toSpliced(rng.nextBelow(file.header.length), 0, ''),
  }),
  'a name missing': (file, rng) => ({
    ...file,
    header: file.header.toSpliced(rng.nextBelow(file.header.length), 1),
  }),
  'units below': (file) => ({
    ...file,
    header: file.header.map((each) => each.replace(' (h)', '')),
    between: new Map([
      [
        0,
        [
          line(
            file,
            file.header.map((_, c) => (c === file.at.duration ? 'h' : c === file.at.crew ? 'pers' : '')),
          ),
        ],
      ],
    ]),
  }),
  'nought for not known'(file) {
    const at = file.at.duration;
    return at < 0 ? null : mapColumn(file, at, (cell, row) => (row % 12 === 5 ? '9999' : cell));
  },
};
