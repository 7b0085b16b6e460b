import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { createFormats } from './format.ts';
import { fr } from './fr.ts';
import { typesetTexts } from './typeset-french.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    returnNull: false;
    resources: { words: typeof fr };
  }
}

/** The dictionary at work. Both languages travel in the page: a switch needs no loading. */
export function createI18n(language: 'fr' | 'en'): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'fr',
    defaultNS: 'words',
    initAsync: false,
    interpolation: { escapeValue: false },
    // An error may come without one of its details: a dash says so, a raw blank would be noise.
    missingInterpolationHandler: () => '–',
    resources: { fr: { words: typesetTexts(fr) }, en: { words: en } },
  });
  // `{{limit, number}}`, `{{bytes, bytes}}`: values of errors, written as the language writes them.
  for (const name of ['number', 'bytes'] as const) {
    instance.services.formatter?.add(name, (value: unknown, lng) =>
      typeof value === 'number' ? createFormats(lng === 'en' ? 'en' : 'fr')[name](value) : '–',
    );
  }
  return instance;
}
