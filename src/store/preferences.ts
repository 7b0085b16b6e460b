import type { Language } from '#language/dictionary.ts';
import type { Theme } from './state.ts';

/** Language and theme: small, needed before the first paint, so not in the database. */
export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  save(changes: { readonly language?: Language; readonly theme?: Theme }): void;
}

const PREFIX = 'tranche.';

/** Where site data are blocked, the mere mention of `localStorage` throws: then nothing is kept, and nothing breaks. */
export function readPreferences(): Preferences {
  const language = read('language');
  const theme = read('theme');
  return {
    language: language === 'en' ? 'en' : 'fr',
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    save(changes) {
      for (const [name, value] of Object.entries(changes)) write(name, value);
    },
  };
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Not kept: the banner about blocked storage says so already.
  }
}
