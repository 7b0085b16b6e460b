import type { AppError } from '#base/errors.ts';
import { describeError } from '#language/error-words.ts';
import type { Words } from '#language/words.ts';

/** The sentence is the reader's, the detail in neutral English: names, values and bounds. */
export function writeError({ code, message, details }: AppError, { t }: Words): string {
  const what = code === 'file-unreadable' ? t('report.fileUnreadable') : describeError(t, code, details).what;
  return `${code}: ${what} (${message})\n`;
}
