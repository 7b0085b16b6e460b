import { createContext, useContext } from 'react';
import { type Words, wordsIn } from './words.ts';

/** The language of the page: what the app provides at its top. */
export const WordsContext = createContext<Words>(wordsIn('fr'));

/** The dictionary and the number formats in the language of the app; a change of language redraws the caller. */
export function useWords(): Words {
  return useContext(WordsContext);
}
