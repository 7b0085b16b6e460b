import type { Page } from '@playwright/test';
import { expect, fleetSample, test } from './app-test.ts';
import { listViolations } from './axe.ts';
import { french } from './words.ts';

const { t } = french;

/** What a person does to know how far a model may be trusted: its intervals, its reasons, its validation. */
test('intervals, reasons and validation on the fleet sample, judged on the most recent outages', async ({
  openTrained,
}) => {
  test.setTimeout(240_000);
  const app = await openTrained(fleetSample);
  const { page } = app;

  await test.step('nobody need say so: it plans, and is judged by time', async () => {
    await app.goTo('model');
    // The file has dates, and a cause that is known only when it begins.
    await expect(page.getByRole('radio', { name: t('model.horizon.plan') })).toBeChecked();
    await expect(page.getByRole('radio', { name: t('model.split.time') })).toBeChecked();
    await expect(page.getByText('d’erreur en moins que la médiane')).toBeVisible();
    await expect(
      page.getByText(/^Pour planifier\s: appris de ce qui est connu 180\sjours avant/u),
    ).toBeVisible();
    await expect(page.getByText(/P80 tenu \d+ fois sur \d+/u)).toBeVisible();
    await app.goTo('evaluation');
    await expect(page.getByText(t('evaluation.verdict.timeSplit'))).toBeVisible();
  });

  await test.step('the answer has its interval, and a target its probability', async () => {
    await app.goTo('scenarios');
    const interval = page.getByTestId('interval');
    await expect(interval).toContainText('8 chances sur 10');
    await expect(interval).toContainText('P10–P90');
    const target = page.getByLabel(t('scenarios.target.label'));
    await target.fill('1');
    const least = await readProbability(page);
    await target.fill('500');
    await expect.poll(() => readProbability(page)).toBeGreaterThan(Math.max(90, least));
  });

  await test.step('the steps sum to the answer, and the most similar outages are listed', async () => {
    await expect(app.chart(t('scenarios.why.title'))).toBeVisible({ timeout: 30_000 });
    const steps = await app.chart(t('scenarios.why.title')).getByTestId('waterfall-step').all();
    expect(steps.length).toBeGreaterThan(2);
    const totals = app.chart(t('scenarios.why.title')).getByTestId('waterfall-total');
    await expect(totals).toHaveCount(2);
    const reached = Number(await steps.at(-1)?.getAttribute('data-value'));
    const answer = Number(await totals.nth(1).getAttribute('data-value'));
    expect(Math.abs(reached - answer)).toBeLessThan(0.01 * Math.abs(answer));
    const similar = page.getByRole('table', { name: t('scenarios.similar.heading') });
    await expect(similar.getByRole('row')).toHaveCount(6, { timeout: 30_000 });
    await similar.getByRole('button').first().click();
    await expect(page.getByText(t('scenarios.reset'))).toBeVisible();
    await expect(page.getByText('en réalité')).toBeVisible();
  });

  await test.step('coverage is drawn with its band, by level and by class', async () => {
    await app.goTo('evaluation');
    const chart = app.chart(t('evaluation.coverage.title'));
    await expect(chart.locator('.recharts-scatter-symbol')).toHaveCount(4);
    await expect(chart.locator('.recharts-area-area')).toHaveCount(1);
    const byClass = page.getByRole('table', { name: t('evaluation.coverage.byClass') });
    await expect(byClass.getByRole('row').nth(1)).toContainText(t('evaluation.coverage.all'));
    expect(await byClass.getByRole('row').count()).toBeGreaterThan(2);
    const inClasses = app.chart(t('evaluation.coverage.inEachClass'));
    await expect(inClasses.getByTestId('range-row').first()).toContainText(t('evaluation.coverage.all'));
    await inClasses.getByText('P10–P90', { exact: true }).click();
    await expect(inClasses).toContainText('P10–P90 : 80');
  });

  await test.step('residuals are drawn against any column, and every score has its range', async () => {
    const residuals = app.chart(/^Écarts selon/u);
    const against = residuals.getByRole('combobox');
    const date = await against.locator('option', { hasText: 'Date de début' }).first().textContent();
    await against.selectOption({ label: date ?? '' });
    await expect(app.chart(/^Écarts selon «.*Date de début/u)).toContainText(/20(?:16|20)/u);
    await page.getByRole('switch', { name: t('evaluation.models.allScores') }).press('Space');
    await expect(page.getByRole('columnheader', { name: t('terms.metric.shareLate') })).toBeVisible();
    await expect(page.getByRole('cell', { name: /\[.+ ; .+\]/u }).first()).toBeVisible();
  });

  await test.step('the effect of a column and the shares of all are found on demand', async () => {
    await app.button(t('evaluation.effect.action')).click();
    await expect(page.getByRole('figure', { name: 'L’effet de' })).toBeVisible({ timeout: 60_000 });
    await app.settle();
    await page.getByRole('tab', { name: t('evaluation.contributions.tab') }).click();
    await app.button(t('evaluation.contributions.action')).click();
    await expect(app.chart(t('evaluation.contributions.title'))).toBeVisible({ timeout: 120_000 });
    await expect(app.chart('Ce que déplace')).toBeVisible();
    expect(await listViolations(page)).toEqual([]);
  });

  await test.step('a click on a point opens its outage, which can be replayed and left out', async () => {
    await app.settle();
    const marks = app.chart(t('evaluation.scatter.title')).locator('.recharts-scatter-symbol path');
    await marks.last().click({ force: true });
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('figure', { name: t('scenarios.why.title') })).toBeVisible();
    await dialog.getByRole('button', { name: t('evaluation.replay.action'), exact: true }).click();
    await expect(dialog.getByTestId('replay')).toContainText('aurait annoncé', { timeout: 120_000 });
    expect(await listViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Exclure la ligne' }).click();
    await page.getByLabel(t('data.exclude.reason')).fill('essai');
    await page.getByLabel(t('data.exclude.reason')).press('Enter');
    await expect(dialog).toContainText('« essai »');
    await app.button(t('evaluation.outage.restore')).click();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });

  await test.step('the keyboard goes from point to point and opens one', async () => {
    await app.settle();
    await app
      .chart(/^Écarts selon/u)
      .getByRole('application')
      .focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
  });
});

async function readProbability(page: Page): Promise<number> {
  await expect(page.getByTestId('probability')).toHaveText(/\d/u);
  const text = (await page.getByTestId('probability').textContent()) ?? '';
  return Number(text.replace(/\s*%.*/u, '').replace(',', '.'));
}
