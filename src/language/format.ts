/** How numbers and dates are written in one language. Every number a person reads goes through here. */
export interface Formats {
  /** `12 345,7`: at most `digits` decimals (2 where nothing is said). */
  readonly number: (value: number, digits?: number) => string;
  /** Exactly `digits` decimals, for columns of figures. */
  readonly fixed: (value: number, digits: number) => string;
  /** As a spreadsheet shows a year or a code: no thousands separator. */
  readonly plain: (value: number) => string;
  /** Three significant digits at most, for values of unknown size. */
  readonly short: (value: number) => string;
  /** `80 %` of 0.8. */
  readonly percent: (fraction: number, digits?: number) => string;
  /** `1,5 jour`, `28 jours`: the unit's own plural. */
  readonly duration: (value: number, unit: DurationUnitName, digits?: number) => string;
  /** `28–37 jours`. */
  readonly durationRange: (low: number, high: number, unit: DurationUnitName) => string;
  /** `+4,1 jours`, with a true minus sign. */
  readonly durationChange: (value: number, unit: DurationUnitName, digits?: number) => string;
  /** `23/11/2026`, `23 Nov 2026`, with the time where it matters. The instant is read as UTC, as files are. */
  readonly date: (instant: number, hasTime?: boolean) => string;
  /** `3 avril 2025`: where a day must not be mistaken for a month. */
  readonly longDate: (instant: number) => string;
  /** `560 Mio`: of a file. */
  readonly bytes: (value: number) => string;
  /** `1 min 20 s` of milliseconds. */
  readonly elapsed: (milliseconds: number) => string;
}

export type DurationUnitName = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'unknown';

const locales = { fr: 'fr-FR', en: 'en-GB' } as const;

export function createFormats(language: 'fr' | 'en'): Formats {
  const locale = locales[language];
  const numberFormat = memoize(
    (options: string) => new Intl.NumberFormat(locale, JSON.parse(options) as Intl.NumberFormatOptions),
  );
  const write = (value: number, options: Intl.NumberFormatOptions): string =>
    Number.isFinite(value)
      ? numberFormat(JSON.stringify({ signDisplay: 'negative', ...options }))
          .format(value)
          .replace('-', '\u2212')
      : '–';
  const withUnit = (unit: DurationUnitName, digits: number): Intl.NumberFormatOptions => ({
    maximumFractionDigits: digits,
    ...(unit === 'unknown' ? {} : { style: 'unit', unit, unitDisplay: 'long' }),
  });
  // In English 03/04 is April to some and March to others: the month is written.
  const dateStyle = language === 'fr' ? 'short' : 'medium';
  const day = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' });
  const longDay = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const minute = new Intl.DateTimeFormat(locale, { dateStyle, timeStyle: 'short', timeZone: 'UTC' });

  return {
    number: (value, digits = 2) => write(value, { maximumFractionDigits: digits }),
    fixed: (value, digits) => write(value, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    plain: (value) => write(value, { maximumFractionDigits: 6, useGrouping: false }),
    short: (value) =>
      Math.abs(value) >= 100
        ? write(value, { maximumFractionDigits: 0 })
        : write(value, { maximumSignificantDigits: 3 }),
    percent: (fraction, digits = 0) => write(fraction, { style: 'percent', maximumFractionDigits: digits }),
    duration: (value, unit, digits = 1) => write(value, withUnit(unit, digits)),
    durationRange: (low, high, unit) =>
      numberFormat(JSON.stringify(withUnit(unit, 1))).formatRange(low, high),
    durationChange: (value, unit, digits = 1) =>
      write(value, { ...withUnit(unit, digits), signDisplay: 'exceptZero' }),
    date: (instant, hasTime = false) =>
      Number.isFinite(instant) ? (hasTime ? minute : day).format(instant).replace(', ', ' ') : '–',
    longDate: (instant) => {
      const written = Number.isFinite(instant) ? longDay.format(instant) : '–';
      return language === 'fr' ? written.replace(/^1(?= )/u, '1er') : written;
    },
    bytes: (value) =>
      writeBytes(value, units[language], (size) => write(size, { maximumSignificantDigits: 3 })),
    elapsed: (milliseconds) => writeElapsed(Math.round(milliseconds / 1000)),
  };
}

/** By 1024, as operating systems count files. */
const units = { fr: ['octets', 'Kio', 'Mio', 'Gio'], en: ['bytes', 'KiB', 'MiB', 'GiB'] } as const;

function writeBytes(bytes: number, names: readonly string[], write: (size: number) => string): string {
  const step = Math.min(3, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${write(bytes / 1024 ** step)}\u00a0${names[step]}`;
}

function writeElapsed(seconds: number): string {
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min ${seconds % 60}\u00a0s`;
  return `${Math.floor(minutes / 60)}\u00a0h ${minutes % 60}\u00a0min`;
}

function memoize<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
