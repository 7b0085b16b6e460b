import type { ErrorCode, ErrorDetails } from '#base/errors.ts';
import type { Translate } from './words.ts';

export interface ErrorWords {
  readonly what: string;
  readonly todo: string;
}

/** What happened and what to do, in the language of the reader; lists are joined, absent values get a dash. */
export function describeError(t: Translate, code: ErrorCode, details: ErrorDetails): ErrorWords {
  const values = Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : typeof value === 'number' ? value : String(value ?? ''),
    ]),
  );
  if (code === 'column-not-read')
    values['type'] = t(details['type'] === 'date' ? 'errors.cells.date' : 'errors.cells.number');
  return { what: t(`errors.code.${code}.what`, values), todo: t(`errors.code.${code}.todo`, values) };
}
