import { expect, test } from './app-test.ts';
import { french } from './words.ts';

const { t, format } = french;

test('from the sample to a question that survives a reload', async ({ app }) => {
  const { page } = app;
  await test.step('the sample is read and tagged', async () => {
    await app.openSample();
    await expect(page.getByText(`${format.number(1000)} lus, 0 à corriger`)).toBeVisible();
    await expect(page.getByRole('banner').getByText(t('shell.sample'), { exact: true })).toBeVisible();
    await expect(page.getByLabel(t('data.columns.roleOf', { column: 'Durée' }))).toHaveValue('target');
    await expect(page.getByLabel(t('data.columns.roleOf', { column: 'Effectif' }))).toHaveValue('lever');
  });

  await test.step('training reports and chooses a model near the noise', async () => {
    await app.train();
    const result = page.locator('main');
    await expect(result).toContainText(t('model.result.rows', { train: '800 arrêts', test: '200 arrêts' }));
    await expect(result).toContainText(t('model.result.candidates'));
  });

  await test.step('evaluation draws every test outage and every column', async () => {
    await app.goTo('evaluation');
    await expect(app.chart(t('evaluation.scatter.title')).locator('.recharts-scatter-symbol')).toHaveCount(
      200,
    );
    await expect(app.chart(t('evaluation.importance.title')).locator('.recharts-bar-rectangle')).toHaveCount(
      4,
    );
    // Noise of 2 days makes 1.6 days of mean error; a constant prediction makes more than 5.
    const chosen = page.getByRole('row').filter({ hasText: t('evaluation.models.chosen') });
    const mae = (await chosen.getByRole('cell').nth(1).innerText()).replaceAll(/[^\d,]/gu, '');
    expect(Number(mae.replace(',', '.'))).toBeGreaterThan(1.3);
    expect(Number(mae.replace(',', '.'))).toBeLessThan(1.9);
  });

  const answers: number[] = [];
  await test.step('more complexity takes longer, by about two days a level; the odd value is said', async () => {
    await app.goTo('scenarios');
    const complexity = app.numberField('Complexité');
    for (const level of ['2', '8']) {
      const before = await app.readPrediction();
      await complexity.fill(level);
      await expect(app.prediction).not.toHaveText(before);
      answers.push(parseFrench(await app.readPrediction()));
    }
    const [low = NaN, high = NaN] = answers;
    expect(high - low).toBeGreaterThan(9);
    expect(high - low).toBeLessThan(15);
    await complexity.fill('12');
    await expect(page.getByText('Au-dessus de ce que le modèle a appris')).toBeVisible();
    await expect(
      page.getByText(t('scenarios.outside', { count: 1, n: '1', names: 'Complexité' })),
    ).toBeVisible();
    await complexity.fill('8');
    await expect(page.getByText('Au-dessus de ce que le modèle a appris')).toHaveCount(0);
  });

  await test.step('a decimal typed into a box of whole numbers is never read as ten times as much', async () => {
    const crew = app.numberField('Effectif');
    const before = await crew.inputValue();
    for (const typed of ['12,5', '12.5']) {
      await crew.fill('');
      await crew.pressSequentially(typed);
      await expect(crew).toHaveValue('12,5');
    }
    await crew.fill(before);
  });

  await test.step('a category changes the answer too', async () => {
    const before = parseFrench(await app.readPrediction());
    await page.getByRole('combobox', { name: 'Type_Maintenance' }).click();
    const other = page.getByRole('option', { selected: false }).first();
    await other.click();
    await expect
      .poll(async () => Math.abs(parseFrench(await app.readPrediction()) - before))
      .toBeGreaterThan(2);
  });

  await test.step('a past outage can be the start', async () => {
    await app.button(t('scenarios.startFrom')).click();
    const picker = page.getByRole('dialog');
    await picker.getByRole('button', { name: t('scenarios.pick.choose', { row: '3' }), exact: true }).click();
    await expect(page.getByText(/arrêt de la ligne 3(?!\d)/u)).toBeVisible();
    await expect(page.getByText('en réalité')).toBeVisible();
  });

  await test.step('all of it is there again after a reload, and the landing is the question', async () => {
    const answer = await app.readPrediction();
    const complexity = await app.numberField('Complexité').inputValue();
    await page.waitForTimeout(600);
    await page.goto(page.url().replace(/#.*/u, ''));
    await app.settle();
    await expect(app.prediction).toHaveText(answer);
    await expect(app.numberField('Complexité')).toHaveValue(complexity);
    await expect(page.getByText('arrêt de la ligne 3')).toBeVisible();
    await app.goTo('data');
    await expect(page.getByText(`${format.number(1000)} lus, 0 à corriger`)).toBeVisible();
  });
});

/** "21,4 jours" → 21.4. */
function parseFrench(text: string): number {
  return Number(
    text
      .replace('\u2212', '-')
      .replaceAll(/[^\d,-]/gu, '')
      .replace(',', '.'),
  );
}
