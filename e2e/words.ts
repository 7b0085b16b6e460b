import { createFormats } from '#language/format.ts';
import { createI18n } from '#language/i18n.ts';

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** The words and formats a reader of the language sees: the specs look for these, never for test ids. */
export function createWords(language: Language) {
  return { language, t: createI18n(language).t, format: createFormats(language) };
}

export type Words = ReturnType<typeof createWords>;

export const french = createWords('fr');
