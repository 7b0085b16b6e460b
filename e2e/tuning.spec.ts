import { expect, test } from './app-test.ts';
import { french } from './words.ts';

const { t } = french;

test('a search of settings goes on after a reload, is paused at once, stops with an answer, and is there at the next visit', async ({
  app,
}) => {
  const { page } = app;
  await app.openSample('simple', 150);
  await app.goTo('model');
  await page.getByRole('button', { name: t('tuning.heading') }).click();
  await page.getByText(t('tuning.method.random'), { exact: true }).click();
  await page.getByLabel(t('tuning.nTrials')).fill('5000');
  await page.getByRole('button', { name: t('tuning.start') }).click();
  const state = page.getByTestId('study-state');
  const countTrials = async () =>
    Number((await state.innerText()).match(/(\d[\d\s]*) essais/u)?.[1]?.replace(/\s/gu, ''));
  await expect.poll(countTrials, { timeout: 30_000 }).toBeGreaterThan(8);

  await test.step('nothing is lost by a reload in the middle', async () => {
    const before = await countTrials();
    await app.reload();
    await app.goTo('model');
    await expect(state).toContainText(/interrompue/u);
    expect(await countTrials()).toBeGreaterThanOrEqual(before);
    await page.getByRole('button', { name: t('tuning.resume') }).click();
    await expect.poll(countTrials, { timeout: 30_000 }).toBeGreaterThan(before);
  });

  await test.step('a pause is seen at once', async () => {
    const waited = await page.evaluate(
      async ([pause, resume]) => {
        const find = (name = '') =>
          [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
        const begun = performance.now();
        find(pause)?.click();
        while (!find(resume)) await new Promise(requestAnimationFrame);
        return performance.now() - begun;
      },
      [t('tuning.pause'), t('tuning.resume')],
    );
    // 200 ms on a machine of its own; the tests share theirs.
    expect(waited).toBeLessThan(1000);
    test.info().annotations.push({ type: 'pause', description: `${Math.round(waited)} ms` });
  });

  await test.step('stopped, it answers with what it has, and the answer stays', async () => {
    await page.getByRole('button', { name: t('tuning.resume') }).click();
    await page
      .getByTestId('study-state')
      .getByRole('button', { name: t('tuning.stop') })
      .click();
    const answer = page.getByTestId('tuning-answer');
    await expect(answer).toContainText(t('report.tuning.stop.stopped'));
    const told = await answer.innerText();
    await app.reload();
    await app.goTo('model');
    await expect(answer).toHaveText(told.replaceAll('\n', ''));
  });

  await test.step('bounds on an axis pick trials out, by keys', async () => {
    const upper = page.getByRole('slider', {
      name: t('tuning.parallel.upper', { axis: 'Erreur (MAE) (jours)' }),
    });
    await upper.focus();
    await upper.press('ArrowDown');
    await expect(page.getByText(/^Choisis/u)).toBeVisible();
    await upper.press('Escape');
    await expect(page.getByText(/^Choisis/u)).toHaveCount(0);
  });
});
