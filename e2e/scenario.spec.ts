import { createRng } from '#base/random.ts';
import { splitRandomHoldout } from '#evaluation/splits.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import type { TrainingSettings } from '#training/contract.ts';
import { expect, test } from './app-test.ts';
import { french } from './words.ts';

const { t, format } = french;
const nOutages = 160;
const testShare = 0.2;
/** All that is known when an outage begins, judged on outages drawn at random. */
const settings = {
  horizon: { kind: 'start' },
  split: { kind: 'random', testShare },
} as const satisfies Partial<TrainingSettings>;

/** Planted outages, of which seven are of the rare type, all among those that are learnt from. */
function plantOutages(): string {
  const rng = createRng(3);
  const { trainRows } = splitRandomHoldout(nOutages, { testShare, seed: defaultTrainingSettings.seed });
  const rare = new Set(Array.from(trainRows).slice(0, 7));
  const lines = Array.from({ length: nOutages }, (_, row) => {
    const start = new Date(Date.UTC(2015, 0, 1, 8) + row * 19 * 86_400_000);
    const type = rare.has(row) ? 'RARE' : row % 2 === 0 ? 'VP' : 'ASR';
    const complexity = 1 + rng.nextBelow(9);
    const days = (type === 'RARE' ? 80 : type === 'VP' ? 40 : 20) + 2 * complexity + 2 * rng.nextNormal();
    const [date, month] = [start.toISOString().slice(0, 10), start.getUTCMonth() + 1];
    return `${date};${month};${type};${complexity};${days.toFixed(1).replace('.', ',')}`;
  });
  return ['Date de début;Mois;Type;Complexité;Durée (jours)', ...lines].join('\r\n');
}

test('a question with a date, a rare class and a reference of its own', async ({ openTrained }) => {
  test.setTimeout(180_000);
  const app = await openTrained({ file: { name: 'arrets.csv', text: `\uFEFF${plantOutages()}` }, settings });
  const { page } = app;
  await app.goTo('scenarios');

  await test.step('the start is typed as people write dates, brings its month, and gives the day of the end', async () => {
    const start = page.getByRole('textbox', { name: 'Date de début' });
    await start.fill('31/02/2023');
    await start.blur();
    await expect(page.getByText('Date illisible')).toBeVisible();
    await start.fill('2023-10-05');
    await start.blur();
    await expect(start).toHaveValue('05/10/2023');
    await expect(app.numberField('Mois')).toHaveValue('10');
    await expect(page.getByTestId('end-by')).toHaveText(
      /^Fin le \d\d\/\d\d\/2023 au plus tard, 8 chances sur 10$/u,
    );
    await start.fill('01/06/2030');
    await expect(page.getByText('Plus d’un an après la période apprise')).toBeVisible();
    await start.fill('05/10/2023');
  });

  await test.step('seven outages of a class carry a P80 and no P90', async () => {
    await page.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'RARE' }).click();
    const interval = page.getByTestId('interval');
    await expect(interval).toContainText(/trop peu d’arrêts\s: 7, il en faut 9/u);
    await expect(interval).toContainText('8 chances sur 10 de finir');
    await expect(interval).toContainText(
      `D’après les ${t('common.outages', { count: 7, n: format.number(7) })} de « RARE »`,
    );
  });

  await test.step('a field left open is answered by a model fitted without it', async () => {
    const complexity = app.numberField('Complexité');
    const before = await complexity.inputValue();
    await complexity.fill('');
    await complexity.blur();
    const notice = page.getByTestId('open-cells');
    await expect(notice).toContainText('Modèle réappris sans « Complexité »', { timeout: 30_000 });
    await expect(page.getByTestId('explanation')).toHaveAttribute('aria-busy', 'false');
    await complexity.fill(before);
    await complexity.blur();
    await expect(notice).toHaveCount(0);
  });

  await test.step('the case as reference is named so; it and the target are there after a reload', async () => {
    await expect(page.getByText('Référence : arrêt à venir')).toBeVisible();
    await app.button(t('scenarios.setReference')).click();
    await expect(page.getByText('Référence : cas modifié, parti de : arrêt à venir')).toBeVisible();
    await page.getByLabel(t('scenarios.target.label')).fill('95');
    await expect(page.getByTestId('probability')).toContainText('%');
    const probability = await page.getByTestId('probability').innerText();
    await page.waitForTimeout(500);
    await app.reload();
    await app.goTo('scenarios');
    await expect(page.getByLabel(t('scenarios.target.label'))).toHaveValue('95');
    await expect(page.getByTestId('probability')).toHaveText(probability);
    await expect(page.getByText('Référence : cas modifié, parti de : arrêt à venir')).toBeVisible();
  });

  await test.step('a similar outage is left out for a reason', async () => {
    const similar = page.getByRole('table', { name: t('scenarios.similar.heading') });
    await similar.getByRole('button', { name: 'Exclure' }).first().click({ timeout: 30_000 });
    await page.getByRole('textbox', { name: t('data.exclude.reason') }).fill('incendie');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('data.exclude.confirm') })
      .click();
    await app.goTo('quality');
    await expect(page.getByRole('textbox', { name: 'Raison de l’étape' })).toHaveValue('incendie');
  });
});
