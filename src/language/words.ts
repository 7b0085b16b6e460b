import { dictionaries, type Language, type TextKey } from './dictionary.ts';
import { createFormats, type Formats } from './format.ts';
import { typesetFrench } from './typeset-french.ts';

/** What a text's blanks are filled with. `count` also chooses its plural form. */
export type TextValues = Readonly<Record<string, string | number>>;

/** The text of a key, its blanks filled; a blank without a value gets a dash. */
export type Translate = (key: TextKey, values?: TextValues) => string;

/** One language at work: its texts, and how it writes numbers and dates. */
export interface Words {
  readonly language: Language;
  readonly t: Translate;
  readonly format: Formats;
  /** "2 033 arrêts": a text that has plural forms, with its number as `n`. */
  readonly count: (key: TextKey, n: number) => string;
  /** "Prédit : 12 jours", with the language's own colon. */
  readonly pair: (name: string, value: string) => string;
}

const known = new Map<Language, Words>();

/** The words of a language, the same object each time. */
export function wordsIn(language: Language): Words {
  const words = known.get(language) ?? createWords(language);
  known.set(language, words);
  return words;
}

function createWords(language: Language): Words {
  const texts = new Map(listTexts(dictionaries[language], ''));
  const plurals = new Intl.PluralRules(language);
  const format = createFormats(language);
  const fill = (value: string | number | undefined, style: string | undefined): string => {
    if (style === undefined) return String(value ?? '–');
    // `{{limit, number}}`, `{{bytes, bytes}}`: values of errors, written as the language writes them.
    return typeof value === 'number' ? format[style as 'number' | 'bytes'](value) : '–';
  };
  const t: Translate = (key, values = {}) => {
    const { count } = values;
    const form = typeof count === 'number' ? texts.get(`${key}_${plurals.select(count)}`) : undefined;
    const text = form ?? texts.get(key) ?? key;
    const filled = text.replaceAll(
      /\{\{(\w+)(?:, (number|bytes))?\}\}/gu,
      (_, name: string, style?: string) => fill(values[name], style),
    );
    // A list cut short ends its sentence.
    return filled.replaceAll('….', '…');
  };
  return {
    language,
    t,
    format,
    count: (key, n) => t(key, { count: n, n: format.number(n) }),
    pair: (name, value) => t('common.pair', { name, value }),
  };

  function* listTexts(branch: object, path: string): Generator<[key: string, text: string]> {
    for (const [name, value] of Object.entries(branch) as [string, string | object][]) {
      if (typeof value === 'object') yield* listTexts(value, `${path}${name}.`);
      else yield [path + name, language === 'fr' ? typesetFrench(value) : value];
    }
  }
}
