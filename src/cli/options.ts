import { parseArgs } from 'node:util';
import type { Instant } from '#base/instant.ts';
import { MS_PER_DAY, parseDate } from '#data/dates.ts';
import { UsageError } from './usage-error.ts';

/** Values of a command's options by name, and what stands without a name. */
export interface Options {
  readonly positionals: readonly string[];
  /** Undefined where the option was not given. */
  readonly text: (name: string) => string | undefined;
  /**
   * Names from a comma-separated list, and all of them where the option was given several times; empty where not
   * given. A known name that holds a comma is one name.
   */
  readonly list: (name: string, known?: readonly string[]) => readonly string[];
  readonly number: (name: string, standard: number) => number;
  readonly choice: <Choice extends string>(name: string, choices: readonly Choice[]) => Choice | undefined;
  readonly flag: (name: string) => boolean;
}

/**
 * Reads the arguments of a command that knows `named` options with a value and `flags` without one.
 * Throws `UsageError` for an option it does not know, a number that is none, a value that is no choice.
 */
export function readOptions(
  args: readonly string[],
  {
    named,
    flags = [],
    nPositionals,
  }: { named: readonly string[]; flags?: readonly string[]; nPositionals: number },
): Options {
  const { values, positionals } = parse(args, named, flags);
  if (positionals.length !== nPositionals) {
    throw new UsageError(
      `expected ${nPositionals} file names, got ${positionals.length}: ${positionals.join(' ')}`,
    );
  }
  const list = (name: string) => (values[name] as string[] | undefined) ?? [];
  const text = (name: string) => list(name).at(-1);
  return {
    positionals,
    text,
    list: (name, known = []) => list(name).flatMap((value) => splitList(value, known)),
    number: (name, standard) => {
      const value = text(name);
      if (value === undefined) return standard;
      if (value.trim() === '' || !Number.isFinite(Number(value))) {
        throw new UsageError(`--${name} must be a number, got "${value}"`);
      }
      return Number(value);
    },
    choice: (name, choices) => {
      const value = text(name);
      if (value === undefined) return undefined;
      const found = choices.find((choice) => choice === value);
      if (found === undefined)
        throw new UsageError(`--${name} must be one of ${choices.join(', ')}, got "${value}"`);
      return found;
    },
    flag: (name) => values[name] === true,
  };
}

function parse(args: readonly string[], named: readonly string[], flags: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: {
        ...Object.fromEntries(named.map((name) => [name, { type: 'string', multiple: true } as const])),
        ...Object.fromEntries(flags.map((name) => [name, { type: 'boolean' } as const])),
      },
    });
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/**
 * The day that `--as-of` names (its end), in milliseconds; undefined where it was not given. Throws `UsageError` for what is
 * no date, or one to come.
 */
export function readAsOf(options: Options, today: Instant): Instant | undefined {
  const text = options.text('as-of');
  if (text === undefined) return undefined;
  const instant = parseDate(text, 'dmy');
  if (Number.isNaN(instant)) {
    throw new UsageError(`--as-of must be a date, as 2026-11-28 or 28/11/2026, got "${text}"`);
  }
  if (instant > today)
    throw new UsageError(`--as-of ${text} is to come: a file tells of no outage after today`);
  // A day without its hour is over when the file was made.
  return instant % MS_PER_DAY === 0 ? Math.min(today, instant + MS_PER_DAY - 1) : instant;
}

/** `a,b` is two names unless it is the name of one column; `"a,b",c` is `a,b` and `c` in any case. */
function splitList(value: string, known: readonly string[]): string[] {
  const parts = (value.match(/"[^"]*"|[^,]+/gu) ?? []).map((part) => part.trim());
  const names: string[] = [];
  for (let from = 0; from < parts.length;) {
    const isKnown = (to: number) =>
      known.some((name) => fold(name) === fold(parts.slice(from, to).join(',')));
    const to = parts.findLastIndex((_, last) => last > from && isKnown(last + 1)) + 1 || from + 1;
    const joined = parts.slice(from, to).join(',');
    const name =
      known.find((each) => to > from + 1 && fold(each) === fold(joined)) ?? joined.replace(/^"(.*)"$/u, '$1');
    if (name !== '') names.push(name);
    from = to;
  }
  return names;
}

/** As it is compared: spaces around commas are lost in a list. */
function fold(name: string): string {
  return name.replace(/\s*,\s*/gu, ',');
}
