import { expect, simpleSample, test } from './app-test.ts';
import { listViolations } from './axe.ts';
import { french } from './words.ts';

const { t } = french;

test('the neural second opinion joins the table, says where it differs, and is still there after a reload', async ({
  openTrained,
}) => {
  test.setTimeout(180_000);
  const app = await openTrained({ sample: { ...simpleSample.sample, rows: 300 } });
  const { page } = app;
  const row = page.getByRole('row', { name: t('terms.model.neural') });
  const opinion = page.getByRole('region', { name: t('secondOpinion.heading') });

  await test.step('cancelled, it leaves no trace; stopped, it keeps what it has and can be done again', async () => {
    await app.goTo('evaluation');
    await app.button(t('secondOpinion.action')).click();
    await expect(app.workBar).toContainText(t('work.kind.second-opinion'));
    await app.button(t('work.cancel')).click();
    await app.settle();
    await expect(row).toHaveCount(0);
    await app.button(t('secondOpinion.action')).click();
    await expect(app.workBar).toContainText(t('work.phase.fitting'));
    await app.button(t('work.stop')).click();
    await app.settle();
    await expect(opinion).toContainText(t('secondOpinion.stopped'));
  });

  await test.step('done to the end, it is scored on the same outages as the others', async () => {
    await app.button(t('secondOpinion.again')).click();
    await app.settle();
    await expect(opinion).not.toContainText(t('secondOpinion.stopped'));
    await expect(opinion.getByRole('listitem')).toHaveCount(3);
    await expect(opinion).toContainText('P10–P90');
    await expect(row.getByRole('cell').last()).toContainText('[');
    expect(await listViolations(page)).toEqual([]);
    const said = await opinion.innerText();
    await app.reload();
    await app.goTo('evaluation');
    await expect(opinion).toHaveText(said, { useInnerText: true });
    await expect(row).toHaveCount(1);
  });
});
