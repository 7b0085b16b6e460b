import { expect, type Page } from '@playwright/test';
import type { TrancheApp } from './tranche-app.ts';
import { french } from './words.ts';

const { t } = french;

/** What a person sees of the section Qualité. */
function viewQuality(page: Page) {
  const panel = (name: string) => page.getByRole('region', { name });
  return {
    finding: (title: string) => panel(t('quality.findings.heading')).getByRole('article', { name: title }),
    steps: panel(t('quality.recipe.heading')).getByRole('listitem'),
    undo: page.getByRole('button', { name: t('quality.recipe.undo') }),
  };
}

/** Opens the section, and waits for its checks. */
export async function openQuality(app: TrancheApp) {
  await app.goTo('quality');
  await expect(app.page.getByText(t('quality.findings.checking'))).toHaveCount(0, { timeout: 60_000 });
  return viewQuality(app.page);
}

/** A column's name as a title holds it. */
export const quote = (columns: string) => ({ columns: t('quality.quote', { name: columns }) });
