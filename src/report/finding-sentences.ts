import type { DurationUnitName } from '#language/format.ts';
import type { ColumnProfile } from '#data/profile.ts';
import type { FindingDetails, QualityFinding } from '#data/quality/finding.ts';
import type { Words } from '#language/words.ts';
import { writeBriefly } from './cell-text.ts';
import { listNames } from './recipe-sentences.ts';

export interface FindingSentences {
  readonly title: string;
  /** The evidence: where, how much. */
  readonly seen: string;
  readonly why: string;
}

/** What a check saw, and why that matters. `profiles` are those of the file. */
export function tellFinding(
  finding: QualityFinding,
  profiles: readonly ColumnProfile[],
  words: Words,
): FindingSentences {
  const { t } = words;
  const texts = textsOf(finding);
  const blanks = {
    ...writeDetails(finding, profiles, words),
    columns: listNames(finding.columns, words),
  };
  return {
    title: t(`quality.finding.${texts}.title`, blanks),
    seen:
      texts === 'leak' || texts === 'leak-left-out' || texts === 'leak-end'
        ? t(`data.leak.${finding.details['kind'] as 'name'}`)
        : t(`quality.finding.${texts}.seen`, blanks),
    why: t(`quality.finding.${texts}.why`),
  };
}

function textsOf({ code, details }: QualityFinding) {
  if (code === 'leak') {
    if (details['isExcluded'] !== true) return 'leak';
    return details['kind'] === 'end-date' ? 'leak-end' : 'leak-left-out';
  }
  if (code === 'constant-column') {
    if (details['value'] === null) return 'empty-column';
    return details['isTarget'] === true ? 'constant-target' : code;
  }
  if (code === 'ongoing-outages' && details['nEndsInFuture'] === 0) return 'outages-without-end';
  return code === 'near-duplicates' && details['rule'] === 'same-unit-and-time' ? 'near-twins' : code;
}

/** Details that count things, and so are not written as the column's values are. */
const countNames: ReadonlySet<string> = new Set([
  'nWithoutEnd',
  'nEndsInFuture',
  'nOutages',
  'nAgreeing',
  'nBoth',
  'nRare',
  'nLabels',
  'minRows',
  'limit',
  'scale',
]);

/** The details of a finding in the reader's numbers and dates. */
function writeDetails(
  { code, columns, details }: QualityFinding,
  profiles: readonly ColumnProfile[],
  words: Words,
): Readonly<Record<string, string>> {
  const { format } = words;
  const write = writeBriefly(columns[0] ?? '', profiles, words);
  const writeOne = (name: string, value: FindingDetails[string]): string => {
    if (name === 'share' && typeof value === 'number') return format.percent(value);
    // Of a span between two dates, which are no days of the calendar.
    if (code === 'duration-not-positive' && columns.length > 1 && typeof value === 'number') {
      return format.duration(value, 'day', 0);
    }
    if (code === 'duration-absurd' && name === 'max' && typeof value === 'number') {
      return format.duration(value, details['unit'] as DurationUnitName, 0);
    }
    if (name === 'latest' || name === 'earliest') return format.date(Date.parse(String(value)));
    if (name === 'value' && typeof value === 'string') return listNames([value], words);
    if (typeof value === 'number') return countNames.has(name) ? format.number(value) : write(value);
    return Array.isArray(value) ? listNames(value.map(String), words) : String(value);
  };
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, writeOne(name, value)] as const),
  );
}
