import { expect, test } from './app-test.ts';
import { french } from './words.ts';

const { t } = french;
const settings = { horizon: { kind: 'start' } } as const;

test('the best plan for an outage of the fleet, with proof, kept over a reload and loaded as a scenario', async ({
  openTrained,
}) => {
  test.setTimeout(240_000);
  const app = await openTrained({
    sample: { kind: 'fleet', units: 8, years: 10, seed: 42 },
    settings,
  });
  const { page } = app;
  await app.goTo('optimise');
  const crew = page.getByRole('row', { name: /^Effectif/u }).first();
  await expect(crew).toBeVisible();

  await test.step('bounds that cross are refused in words, and nothing is lost', async () => {
    await page.getByRole('textbox', { name: 'Minimum de Effectif' }).fill('60');
    await page.getByRole('textbox', { name: 'Maximum de Effectif' }).fill('20');
    await page.getByRole('button', { name: t('optimise.ask') }).click();
    await expect(page.getByText('se croisent')).toBeVisible();
    await page.getByRole('textbox', { name: 'Minimum de Effectif' }).fill('45');
    await page.getByRole('textbox', { name: 'Maximum de Effectif' }).fill('80');
    await page.getByRole('textbox', { name: 'Coût par unité de Effectif' }).fill('300');
  });

  await test.step('the plan comes with its proof, what to announce and what it is no proof of', async () => {
    await page.getByRole('button', { name: t('optimise.ask') }).click();
    const answer = page.getByTestId('plan-answer');
    await expect(answer).toBeVisible({ timeout: 120_000 });
    await expect(page.getByTestId('plan-status')).toHaveText(/^(Prouvé|Meilleur plan trouvé)/u);
    await expect(answer).toContainText(t('optimise.association'));
    await expect(answer.getByRole('row', { name: /^P80/u })).toBeVisible();
  });

  await test.step('a click loads it into the form, whose P80 is the one promised', async () => {
    const promised = await page
      .getByTestId('plan-answer')
      .getByRole('row', { name: /^P80/u })
      .getByRole('cell')
      .last()
      .textContent();
    await page.getByRole('button', { name: t('optimise.load') }).click();
    await app.goTo('scenarios');
    await expect(page.getByTestId('interval')).toContainText(promised?.replace(/[^\d,].*$/u, '') ?? '–');
  });

  await test.step('levers and objective are there after a reload', async () => {
    await page.waitForTimeout(600);
    await page.reload();
    await app.goTo('optimise');
    await expect(page.getByRole('textbox', { name: 'Maximum de Effectif' })).toHaveValue('80');
    await expect(page.getByRole('textbox', { name: 'Coût par unité de Effectif' })).toHaveValue('300');
  });
});
