import { readFile } from 'node:fs/promises';
import { expect, test } from './app-test.ts';
import { readDownload, TrancheApp } from './tranche-app.ts';
import { french } from './words.ts';

const { t } = french;

test('predictions as CSV, one row an outage: for French Excel with mark, semicolons and decimal commas; for others the same numbers', async ({
  trainedApp: app,
}) => {
  const { download, text } = await app.downloadPredictions('excel-french');
  expect(download.suggestedFilename()).toMatch(/\.csv$/u);
  expect(text.startsWith('\uFEFF')).toBe(true);
  const lines = text.slice(1).split('\r\n');
  expect(lines.at(-1)).toBe('');
  expect(lines).toHaveLength(1000 + 2);
  const names = lines[0]?.split(';') ?? [];
  const place = names.findIndex((name) => name.includes('Durée (prédiction)'));
  expect(place).toBeGreaterThan(-1);
  for (const line of lines.slice(1, -1)) {
    const cells = line.split(';');
    expect(cells).toHaveLength(names.length);
    expect(cells[place]).toMatch(/^-?\d+(,\d+)?$/u);
  }
  const international = await app.downloadPredictions('international');
  const read = (csv: string, delimiter: string) =>
    csv
      .replace('\uFEFF', '')
      .trim()
      .split(/\r?\n/u)
      .slice(1)
      .map((line) => Number(line.split(delimiter).at(-2)?.replace(',', '.')));
  const numbers = read(international.text, ',');
  expect(numbers).toHaveLength(1000);
  expect(numbers.every(Number.isFinite)).toBe(true);
  expect(numbers).toEqual(read(text, ';'));
});

test('a model travels as one JSON file, gives the same answer on another machine, and is refused once changed', async ({
  trainedApp: app,
  browser,
  watch,
  site,
}, testInfo) => {
  await app.goTo('scenarios');
  await app.button(t('scenarios.startDefault')).click();
  await app.numberField('Complexité').fill('7');
  await app.numberField('Effectif').fill('11');
  await expect(app.page.getByText(t('scenarios.change', { reference: '' }).slice(0, 16))).toBeVisible();
  const answer = await app.readPrediction();
  const [download] = await Promise.all([
    app.page.waitForEvent('download'),
    app.button(t('scenarios.modelJson')).click(),
  ]);
  const file = testInfo.outputPath('model.json');
  await download.saveAs(file);
  const text = await readFile(file, 'utf8');
  expect(JSON.parse(text)).toBeTruthy();

  const context = await browser.newContext({ locale: 'fr-FR' });
  watch.follow(context);
  const other = new TrancheApp(await context.newPage());
  await other.open(site.address);
  await other.page.locator(`input[type=file][aria-label="${t('common.openModel')}"]`).setInputFiles(file);
  await other.settle();
  await other.goTo('scenarios');
  await other.numberField('Complexité').fill('7');
  await other.numberField('Effectif').fill('11');
  await expect(other.prediction).toHaveText(answer);
  await context.close();

  const position = text.search(/\d\.\d{6}/u);
  const altered = `${text.slice(0, position)}${text[position] === '9' ? '8' : '9'}${text.slice(position + 1)}`;
  await app.page.locator(`input[type=file][aria-label="${t('common.openModel')}"]`).setInputFiles({
    name: 'altered.json',
    mimeType: 'application/json',
    buffer: Buffer.from(altered),
  });
  await expect(app.alerts).toContainText(t('errors.code.model-file-altered.what'));
  await expect(app.prediction).toHaveText(answer);
});

test('a chart gives its points as CSV and its drawing as SVG', async ({ trainedApp: app }) => {
  await app.goTo('evaluation');
  const title = t('evaluation.scatter.title');
  const openMenu = () => app.button(t('charts.menu', { title })).click();
  await openMenu();
  const [csv] = await Promise.all([
    app.page.waitForEvent('download'),
    app.page.getByRole('menuitem', { name: t('charts.csv') }).click(),
  ]);
  const lines = (await readDownload(csv)).trim().split(/\r?\n/u);
  expect(lines).toHaveLength(200 + 1);
  expect(lines[0]).toContain(t('evaluation.scatter.predicted'));
  await openMenu();
  const [svg] = await Promise.all([
    app.page.waitForEvent('download'),
    app.page.getByRole('menuitem', { name: t('charts.svg') }).click(),
  ]);
  const drawing = await readDownload(svg);
  expect(drawing).toContain(title);
  expect(drawing.match(/<path/gu)?.length ?? 0).toBeGreaterThan(200);
  expect(drawing).not.toContain('var(--');
});
