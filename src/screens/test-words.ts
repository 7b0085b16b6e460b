import { createFormats } from '#language/format.ts';
import { createI18n } from '#language/i18n.ts';
import type { Words } from '#language/use-words.ts';

/** The words of a language outside a component: for the tests of view models. */
export function wordsIn(language: 'fr' | 'en'): Words {
  const { t } = createI18n(language);
  return {
    language,
    t,
    format: createFormats(language),
    pair: (name, value) => t('common.pair', { name, value }),
  };
}
