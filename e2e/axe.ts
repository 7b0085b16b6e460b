import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds wrong on the page as it stands: the rule, and the elements that break it. The page has no frames, so
 * axe may run in it alone ("legacy"), in half the time. `rules`: of these alone.
 */
export async function listViolations(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const asked = rules ? axe.withRules([...rules]) : axe.options({ resultTypes: ['violations'] });
  const { violations } = await asked.analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}
