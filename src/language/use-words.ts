import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { createFormats, type Formats } from './format.ts';

export interface Words {
  readonly language: 'fr' | 'en';
  readonly t: TFunction;
  readonly format: Formats;
  /** "Prédit : 12 jours", with the language's own colon. */
  readonly pair: (name: string, value: string) => string;
}

const formats = { fr: createFormats('fr'), en: createFormats('en') };

/** The dictionary and the number formats in the language of the app; a change of language redraws the caller. */
export function useWords(): Words {
  const { t, i18n } = useTranslation('words');
  const language = i18n.language === 'en' ? 'en' : 'fr';
  return {
    language,
    t,
    format: formats[language],
    pair: (name, value) => t('common.pair', { name, value }),
  };
}
