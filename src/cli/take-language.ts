import type { Language } from '#language/dictionary.ts';
import { UsageError } from './usage-error.ts';

/** What every command is told in the same way: the language of its sentences, English unless `--language fr` says otherwise. */
export function takeLanguage(argv: readonly string[]): {
  readonly language: Language;
  readonly args: readonly string[];
} {
  const at = argv.findIndex((argument) => /^--language(?:=|$)/u.test(argument));
  if (at < 0) return { language: 'en', args: argv };
  const [, inside] = (argv[at] ?? '').split('=');
  const value = inside ?? argv[at + 1] ?? '';
  if (value !== 'fr' && value !== 'en') {
    throw new UsageError(`--language must be one of fr, en, got "${value}"`);
  }
  return { language: value, args: argv.toSpliced(at, inside === undefined ? 2 : 1) };
}
