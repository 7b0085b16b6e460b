import type { DetectedField, Dialect, DialectEvidence } from '#data/csv/dialect.ts';
import { parseDate } from '#data/dates.ts';
import { parseNumber } from '#data/numbers.ts';
import type { DatasetSummary } from '#jobs/dataset/contract.ts';
import type { Words } from '#language/words.ts';
import { isDialectField, nameDialectValue } from './reading-sentences.ts';

/** One way to read what the file leaves open, with what an example then says. */
export interface ReadingOption {
  readonly label: string;
  readonly overrides: Partial<Dialect>;
  readonly isProposed: boolean;
}

export interface QuestionView {
  readonly field: DetectedField;
  readonly title: string;
  /** The proposed reading first. */
  readonly options: readonly ReadingOption[];
}

/** "Deux vérifications avant d’aller plus loin". */
export function titleQuestions(count: number, { t }: Words): string {
  const howMany = t(`data.reading.howMany.${Math.min(6, Math.max(1, count)) as 1 | 2 | 3 | 4 | 5 | 6}`);
  return t('data.reading.questionTitle', { count, howMany });
}

/** What the file leaves open, as questions whose answers show what they make of the file's own values. */
export function viewQuestions(
  { questions, dialect, headerLines }: Pick<DatasetSummary, 'questions' | 'dialect' | 'headerLines'>,
  words: Words,
): readonly QuestionView[] {
  return questions.map((question) => {
    const options = listOptions(question, dialect, headerLines, words);
    return {
      field: question.field,
      title: titleOf(question, words),
      options: options.toSorted((a, b) => Number(b.isProposed) - Number(a.isProposed)),
    };
  });
}

function titleOf({ field, examples }: DialectEvidence, { t }: Words): string {
  const [example] = examples;
  if (example !== undefined && (field === 'dateOrder' || field === 'decimalMark')) {
    return t('data.question.value', { example });
  }
  return isDialectField(field)
    ? t('data.question.field', { field: t(`data.reading.field.${field}`) })
    : field;
}

function listOptions(
  { field, examples, because }: DialectEvidence,
  dialect: Dialect,
  headerLines: DatasetSummary['headerLines'],
  words: Words,
): readonly ReadingOption[] {
  const { t, format } = words;
  const [example = ''] = examples;
  const propose = (overrides: Partial<Dialect>, label: string): ReadingOption => ({
    label,
    overrides,
    isProposed: Object.entries(overrides).every(([name, value]) => dialect[name as keyof Dialect] === value),
  });
  if (field === 'dateOrder') {
    return (['dmy', 'mdy'] as const).map((dateOrder) =>
      propose(
        { dateOrder },
        `${format.longDate(parseDate(example, dateOrder))} (${nameDialectValue('dateOrder', dateOrder, words)})`,
      ),
    );
  }
  if (because === 'split-decimals') {
    return [
      propose({ decimalMark: ',' }, t('data.question.decimal', { value: example })),
      propose({ decimalMark: '.' }, t('data.question.twoCells')),
    ];
  }
  if (because === 'name-missing' || because === 'name-extra') {
    const { headerRow, headerRows } = dialect;
    const names = examples.map((name) => name || t('data.question.noName')).join(' · ');
    return [propose({ headerRow, headerRows }, t('data.question.confirm', { value: names }))];
  }
  if (field === 'decimalMark') {
    const mark = example.includes(',') ? ',' : '.';
    const other = mark === ',' ? '.' : ',';
    const asDecimal = {
      decimalMark: mark,
      thousandsMark: dialect.thousandsMark === mark ? '' : dialect.thousandsMark,
    } as const;
    const asGroup = { decimalMark: other, thousandsMark: mark } as const;
    const read = (marks: Pick<Dialect, 'decimalMark' | 'thousandsMark'>) =>
      format.number(parseNumber(example, marks), 3);
    return [
      propose(asDecimal, t('data.question.decimal', { value: read(asDecimal) })),
      propose(asGroup, t('data.question.thousands', { value: read(asGroup) })),
    ];
  }
  if (field === 'headerRow') {
    const { headerRow, headerRows } = dialect;
    const [first = 1, last = first] = headerLines ?? [];
    const asFound = { headerRow, headerRows };
    if (headerRow < 0) {
      return [
        propose(asFound, t('data.question.noHeader')),
        propose({ headerRow: 0, headerRows: 1 }, t('data.question.headerLine', { line: 1 })),
      ];
    }
    return [
      propose(
        asFound,
        first === last
          ? t('data.question.headerLine', { line: first })
          : t('data.question.headerLines', { first, last }),
      ),
      propose(
        { headerRow: headerRow + 1, headerRows: headerRows - 1 },
        t('data.question.headerWithout', { line: first }),
      ),
    ];
  }
  // What has no two readings to show is confirmed, or changed in its list below.
  const value = isDialectField(field)
    ? nameDialectValue(field, dialect[field], words)
    : String(dialect[field]);
  return [propose({ [field]: dialect[field] }, t('data.question.confirm', { value }))];
}
