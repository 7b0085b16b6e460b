import type { Language } from '#language/dictionary.ts';
import { wordsIn, type Words } from '#language/words.ts';

export type { Language, Words };

export const languages = ['fr', 'en'] as const;

/** The words and formats a reader of the language sees: the specs look for these, never for test ids. */
export function createWords(language: Language): Words {
  return wordsIn(language);
}

export const french = createWords('fr');
