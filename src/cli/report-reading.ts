import type { DialectEvidence } from '#data/csv/dialect.ts';
import type { DatasetSummary, FactorsSummary } from '#jobs/dataset/contract.ts';
import type { Words } from '#language/words.ts';
import { tellReadingNotes } from '#report/reading-notes.ts';
import { tellReading, tellTwoReadings, tellUnread } from '#report/reading-sentences.ts';
import { tell, type Terminal } from './streams.ts';

const MAX_REJECTS = 3;
const MAX_RAW_CHARACTERS = 120;

/** How a file was read, on the error stream: each record accounted for, what was left open, what could not be read. */
export function reportReading(summary: DatasetSummary, terminal: Terminal): void {
  const { words } = terminal;
  const { t, format } = words;
  const rejects = summary.ledger.rejects.slice(0, MAX_REJECTS).map(({ line, reason, raw }) =>
    t('report.rejected', {
      line: format.plain(line),
      reason: t(`data.rejectReason.${reason}`),
      raw: raw.slice(0, MAX_RAW_CHARACTERS),
    }),
  );
  tell(terminal, [
    ...tellReading(summary, words),
    ...summary.questions.map((question) => tellQuestion(question, summary, '--', words)),
    ...rejects,
    ...tellReadingNotes(summary, words).map(({ text }) => text),
    ...[tellUnread(summary, 1, words)].filter((sentence) => sentence !== null),
  ]);
}

/** The same of a second file, shorter. */
export function reportFactorsReading(summary: FactorsSummary, terminal: Terminal): void {
  const { words } = terminal;
  const unread = tellUnread(summary, 1, words);
  tell(terminal, [
    ...tellReading(summary, words),
    ...summary.questions.map((question) => tellQuestion(question, summary, '--factors-', words)),
    ...(unread === null ? [] : [unread]),
  ]);
}

const optionOf: Partial<Record<DialectEvidence['field'], string>> = {
  encoding: 'encoding',
  delimiter: 'delimiter',
  decimalMark: 'decimal',
  thousandsMark: 'thousands',
  dateOrder: 'dates',
};

function tellQuestion(
  question: DialectEvidence,
  { dialect }: Pick<DatasetSummary, 'dialect'>,
  prefix: '--' | '--factors-',
  words: Words,
): string {
  const option = optionOf[question.field];
  const readings = tellTwoReadings(question, dialect, words);
  const sentence = option ? words.t('report.decides', { readings, option: prefix + option }) : readings;
  return words.pair(words.t('report.warning'), sentence);
}
