import { readFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from './app-test.ts';
import { openQuality, quote } from './quality-view.ts';
import { findSharedFile } from './shared-data.ts';
import { french } from './words.ts';

const { t, format } = french;

test('what a check finds is settled in one click with its reason, and undone', async ({ app, page }) => {
  await app.openSample();
  const quality = await openQuality(app);
  const title = t('quality.finding.duration-not-positive.title');
  const finding = quality.finding(title);
  await finding.getByRole('button', { name: t('quality.findings.details') }).click();
  await expect(finding.getByRole('table').getByRole('cell').first()).toBeVisible();
  await expect(finding.getByLabel(t('quality.findings.reason'))).toHaveValue(title);
  await finding.getByRole('button', { name: t('quality.findings.apply') }).click();
  await expect(quality.steps).toHaveCount(1);
  await expect(finding).toHaveCount(0);
  await expect(page.getByText(t('quality.findings.none'))).toBeVisible();
  await quality.undo.click();
  await expect(finding).toBeVisible();
  await finding.getByRole('button', { name: t('quality.findings.ignore') }).click();
  await expect(page.getByText(t('quality.findings.none'))).toBeVisible();
});

test('an outage left out with a reason is struck, stays so after a reload, and comes back', async ({
  app,
  page,
}) => {
  await app.openSample();
  const showTable = () => page.getByRole('tab', { name: t('data.tab.table') }).click();
  await showTable();
  await page.getByRole('button', { name: t('data.exclude.action', { row: '3' }), exact: true }).click();
  await page.getByRole('textbox', { name: t('data.exclude.reason') }).fill('essai de mise en service');
  await page.getByRole('button', { name: t('data.exclude.confirm') }).click();
  const restore = page.getByRole('button', {
    name: t('data.exclude.restore', { row: '3', reason: 'essai de mise en service' }),
  });
  await expect(restore).toBeVisible();
  await expect(page.getByTitle('essai de mise en service', { exact: true }).first()).toBeVisible();
  await expect(page.getByText(t('data.target.kept', { count: 999, n: format.number(999) }))).toBeVisible();

  await app.reload();
  await expect(page.getByText(t('data.target.kept', { count: 999, n: format.number(999) }))).toBeVisible();
  await showTable();
  await restore.click();
  await expect(page.getByText(t('data.target.kept', { count: 1000, n: format.number(1000) }))).toBeVisible();
});

test('cells copied from a spreadsheet are read by Ctrl+V anywhere, like a file', async ({ app, page }) => {
  const rows = Array.from({ length: 12 }, (_, i) => `VP\t${i}\t${i + 1},5`);
  const text = ['Type\tComplexité\tDurée (jours)', ...rows].join('\r\n');
  await page.evaluate((copied) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', copied);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);
  await app.expectData();
  await expect(page.getByText(t('data.file.read', { count: 12, n: '12' }))).toBeVisible();
  await expect(page.getByLabel(t('data.columns.roleOf', { column: 'Durée (jours)' }))).toHaveValue('target');
});

test('roles and cleaning are remembered for the next file of the same shape, and can be taken back', async ({
  app,
  page,
}) => {
  const toFile = (name: string, from: number) => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(
      [
        'Type;Complexité;Durée (jours)',
        ...Array.from({ length: 30 }, (_, i) => `VP;${(i * 7) % 10};${from + i}`),
      ].join('\n'),
    ),
  });
  await app.chooseFile(toFile('janvier.csv', 0));
  await app.expectData();
  const role = page.getByLabel(t('data.columns.roleOf', { column: 'Complexité' }));
  await role.selectOption('lever');
  const quality = await openQuality(app);
  await quality
    .finding(t('quality.finding.duration-not-positive.title'))
    .getByRole('button', { name: t('quality.findings.apply') })
    .click();
  await expect(quality.steps).toHaveCount(1);
  await app.goTo('data');
  await app.chooseFile(toFile('février.csv', -1));
  await expect(page.getByText(t('data.remembered.earlier-file'))).toBeVisible();
  await expect(role).toHaveValue('lever');
  await expect(page.getByText(t('data.target.kept', { count: 28, n: '28' }))).toBeVisible();
  await page
    .getByRole('alert')
    .getByRole('button', { name: t('data.columns.reset') })
    .click();
  await expect(role).toHaveValue('context');
  await expect(page.getByText(t('data.target.kept', { count: 30, n: '30' }))).toBeVisible();
});

test.describe('files as planners have them', () => {
  const entsoe = findSharedFile('entsoe_fr_outages.csv');
  const caiso = findSharedFile('caiso_outage_rows_2024.csv.gz');
  test.skip(!entsoe || !caiso, 'the shared data are not beside the project');

  test('ENTSO-E: both leaks, the year 2099 and the revisions are understood; a leak can be overruled', async ({
    app,
    page,
  }) => {
    await app.chooseFile(entsoe ?? '');
    await app.expectData();
    const role = (column: string) => page.getByLabel(t('data.columns.roleOf', { column }), { exact: true });
    await expect(role('revision')).toHaveValue('version');
    await expect(role('mwh_unavailable')).toHaveValue('ignore');
    const quality = await openQuality(app);
    await expect(quality.finding(t('quality.finding.leak-end.title', quote('outage_end')))).toBeVisible();
    const energy = quality.finding(t('quality.finding.leak-left-out.title', quote('mwh_unavailable')));
    await expect(energy).toContainText(t('data.leak.power-times-duration'));
    const far = quality.finding(t('quality.finding.end-in-far-future.title'));
    await expect(far).toContainText('2099');
    await far.getByRole('button', { name: t('quality.findings.details') }).click();
    await expect(far.getByRole('table')).toHaveAttribute('aria-rowcount', '4');
    await far.getByRole('button', { name: t('quality.findings.apply') }).click();
    await expect(far).toHaveCount(0);

    await energy.getByRole('button', { name: t('quality.findings.overrule') }).click();
    const used = quality.finding(t('quality.finding.leak.title', quote('mwh_unavailable')));
    await expect(used).toBeVisible();
    await app.goTo('data');
    await expect(role('mwh_unavailable')).toHaveValue('context');
    await app.goTo('quality');
    await used.getByRole('button', { name: t('quality.findings.apply') }).click();
    await expect(energy).toBeVisible();
  });

  test('100,000 packed rows become one row per outage, with progress', async ({ app, page }) => {
    test.setTimeout(300_000);
    const lines = gunzipSync(await readFile(caiso ?? ''))
      .toString('utf8')
      .split('\n', 100_001);
    const n = new Set(lines.slice(1).map((line) => line.split(',', 1)[0])).size;
    const buffer = gzipSync(lines.join('\n'), { level: 1 });
    await app.chooseFile({ name: 'caiso.csv.gz', mimeType: 'application/gzip', buffer });
    await expect(app.workBar.getByRole('progressbar')).toBeVisible();
    await expect(page.getByRole('link', { name: t('data.file.next') })).toBeVisible({ timeout: 240_000 });
    await app.settle();
    await expect(page.getByText(`${format.number(100_000)} lus, 0 à corriger`)).toBeVisible();
    await expect(page.getByText(t('data.target.kept', { count: n, n: format.number(n) }))).toBeVisible();
    const merged = t('quality.action.merge-rows', {
      identifier: t('quality.quote', { name: 'OUTAGE MRID' }),
    });
    const quality = await openQuality(app);
    await expect(quality.steps).toContainText([merged]);
    const removed = 100_000 - n;
    await expect(quality.steps).toContainText([
      t('quality.recipe.removed', { count: removed, n: format.number(removed) }),
    ]);
  });
});
