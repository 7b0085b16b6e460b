import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '#base/random.ts';
import { main } from '#cli/main.ts';
import { expect, fleetSample, test } from './app-test.ts';
import { findTrainedWork, type WorkSource } from './trained-work.ts';
import type { TrancheApp } from './tranche-app.ts';
import { french } from './words.ts';

const { t, format } = french;

interface OwnFile {
  readonly file: { readonly name: string; readonly text: string };
}

/** Thirty outages of one's own plant: two types seen often, and three ten-yearly visits unlike them. */
function plantThirty(duration: 'Durée (jours)' | 'Durée'): OwnFile {
  const rng = createRng(11);
  const visits = new Map([
    [7, 172],
    [15, 192],
    [22, 203],
  ]);
  const lines = Array.from({ length: 30 }, (_, i) => {
    const start = new Date(Date.UTC(2016, 0, 10) + (95 * i + rng.nextBelow(20)) * 86_400_000);
    const type = visits.has(i) ? 'VD' : i % 2 === 0 ? 'ASR' : 'VP';
    const days = visits.get(i) ?? (type === 'ASR' ? 35 : 75) + 5 * rng.nextNormal();
    const date = start.toISOString().slice(0, 10).split('-').toReversed().join('/');
    return [`T${1 + (i % 2)}`, type, 20 + rng.nextBelow(40), date, days.toFixed(1).replace('.', ',')].join(
      ';',
    );
  });
  const text = ['Tranche;Type;Effectif;Date de début;' + duration, ...lines].join('\r\n');
  return { file: { name: 'trente.csv', text: `\uFEFF${text}` } };
}

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-to-come-'));
});
test.afterAll(() => rm(folder, { recursive: true }));

/** The rows that the command line answers for `asked` with the model that the page trained, by column. */
async function askCommandLine(source: WorkSource, asked: string): Promise<readonly Record<string, string>[]> {
  const { model } = await findTrainedWork(source);
  const [modelPath, askedPath] = [join(folder, 'model.json'), join(folder, 'asked.csv')];
  await writeFile(modelPath, model?.model.text ?? '');
  await writeFile(askedPath, asked);
  let [out, error] = ['', ''];
  const code = await main(['predict', modelPath, askedPath], {
    out: (text) => void (out += text),
    error: (text) => void (error += text),
  });
  expect(code, error).toBe(0);
  return readTable(out, ',');
}

function readTable(text: string, delimiter: string): readonly Record<string, string>[] {
  const [header = '', ...lines] = text.replace('\uFEFF', '').trim().split(/\r?\n/u);
  const names = header.split(delimiter);
  return lines.map((line) => {
    const cells = line.split(delimiter);
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

/** The figures of a row under the names of its levels; null where it bears none. */
function readLevels(row: Record<string, string> | undefined, target: string) {
  const read = (level: string): number | null => {
    const cell = row?.[`${target} (${level})`] ?? '';
    return cell === '' ? null : Number(cell.replace(',', '.'));
  };
  return { p50: read('P50'), p80: read('P80'), p90: read('P90'), prediction: read('prediction') };
}

async function ask(app: TrancheApp, type: string, start: string): Promise<void> {
  const { page } = app;
  await page.getByRole('combobox', { name: /^Type/u }).click();
  await page.getByRole('option', { name: type, exact: true }).click();
  const date = page.getByRole('textbox', { name: /^Date de début/u });
  await date.fill(start);
  await date.blur();
}

for (const duration of ['Durée (jours)', 'Durée'] as const) {
  const source = plantThirty(duration);
  const unit = duration === 'Durée' ? 'unknown' : 'day';

  test(`thirty own outages, « ${duration} »: one answer in page, command line and export, none for a class of three`, async ({
    openTrained,
  }) => {
    test.setTimeout(120_000);
    const app = await openTrained(source);
    const { page } = app;
    await app.goTo('scenarios');
    await expect(page.getByRole('combobox', { name: /^Tranche/u })).toHaveValue(/^T[12]$/u);
    const rowOf = async (type: string) => {
      const [tranche, crew] = await Promise.all([
        page.getByRole('combobox', { name: /^Tranche/u }).inputValue(),
        app.numberField('Effectif').inputValue(),
      ]);
      const asked = `Tranche,Type,Effectif,Date de début\n${tranche},${type},${crew.replace(',', '.')},2027-04-12\n`;
      return readLevels((await askCommandLine(source, asked))[0], duration);
    };

    for (const [type, low, high] of [
      ['ASR', 20, 55],
      ['VP', 60, 95],
    ] as const) {
      await ask(app, type, '12/04/2027');
      const { p50, p80 } = await rowOf(type);
      expect(p50).toBeGreaterThan(low);
      expect(p80).toBeLessThan(high);
      await expect(app.prediction).toHaveText(format.duration(p50 ?? NaN, unit));
      await expect(page.getByTestId('interval')).toContainText(format.duration(p80 ?? NaN, unit));
      await expect(app.chart(t('scenarios.curve.title'))).toContainText(`« ${type} »`);
    }

    await ask(app, 'VD', '12/04/2027');
    await expect(app.prediction).toHaveText(t('scenarios.refused.title'));
    await expect(page.getByTestId('past')).toContainText(/VD\s: 3 .*172.*192.*203/u);
    await expect(page.getByTestId('end-by')).toHaveCount(0);
    await expect(app.chart(t('scenarios.curve.title'))).toHaveCount(0);
    await page.getByLabel(t('scenarios.target.label')).fill('190');
    await expect(page.getByTestId('probability')).not.toContainText('%');
    await page.getByTestId('remaining').getByRole('textbox').fill('20');
    await expect(page.getByTestId('remaining')).toContainText(t('scenarios.remaining.refused.no-level'));
    await expect(page.getByTestId('remaining')).not.toContainText('P80');
    await expect(app.chart(t('scenarios.remaining.curve.title'))).toHaveCount(0);
    expect(await rowOf('VD')).toEqual({ p50: null, p80: null, p90: null, prediction: null });

    const { text } = await app.downloadPredictions('excel-french');
    const rows = readTable(text, ';');
    expect(rows).toHaveLength(30);
    for (const row of rows) {
      const levels = readLevels(row, duration);
      if (row['Type'] === 'VD') expect(levels).toEqual({ p50: null, p80: null, p90: null, prediction: null });
      else expect(levels.p50).toBeGreaterThan(row['Type'] === 'ASR' ? 20 : 60);
    }
  });
}

test('thirty own outages are judged no worse for the unit of the duration being known', async () => {
  const [known, unknown] = await Promise.all(
    (['Durée (jours)', 'Durée'] as const).map(async (duration) => {
      const result = (await findTrainedWork(plantThirty(duration))).model?.model.result;
      return result?.models.find(({ name }) => name === result.chosen);
    }),
  );
  expect(known?.cv.mae).toBeLessThanOrEqual(1.03 * (unknown?.cv.mae ?? NaN));
  expect(known?.test.mae).toBeLessThanOrEqual(1.03 * (unknown?.test.mae ?? NaN));
});

/** Of the levels that the command line claims, what they say of finding `days` enough: chances out of ten. */
function boundChances(levels: ReturnType<typeof readLevels>, days: number): readonly [number, number] {
  const claims = [
    [levels.p50, 5],
    [levels.p80, 8],
    [levels.p90, 9],
  ] as const;
  const below = claims
    .filter(([value]) => value !== null && value < days - 0.5)
    .map(([, chances]) => chances);
  const above = claims
    .filter(([value]) => value !== null && value > days + 0.5)
    .map(([, chances]) => chances);
  return [Math.max(0, ...below), Math.min(10, ...above)];
}

test('what is announced of an outage to come has its chances, in the page as the command line bounds them', async ({
  openTrained,
}) => {
  test.setTimeout(120_000);
  const app = await openTrained(fleetSample);
  const { page } = app;
  await app.goTo('scenarios');
  const { model } = await findTrainedWork(fleetSample);
  const { content } = JSON.parse(model?.model.text ?? '') as {
    content: { description: { inputs: readonly { name: string }[] } };
  };
  const inputs = content.description.inputs.map(({ name }) => name);
  expect(inputs).toContain('Durée annoncée (jours)');
  const readForm = () =>
    Promise.all(
      inputs.map(async (name) => {
        // A field that was changed says so in its name.
        const begins = { name: new RegExp(`^${name.replace(/[()']/gu, '.')}`, 'u') };
        const field = page.getByRole('textbox', begins).or(page.getByRole('combobox', begins));
        return (await field.first().inputValue()).replace(/[\u00A0\u202F]/gu, '');
      }),
    );
  const announced = app.numberField('Durée annoncée (jours)');
  for (const days of [40, 75, 110]) {
    await announced.fill(String(days));
    await announced.blur();
    await expect(page.getByTestId('plan')).toContainText(`Annoncé ${days}`);
    const asked = [inputs.join(';'), (await readForm()).join(';')].join('\n');
    const levels = readLevels((await askCommandLine(fleetSample, asked))[0], 'Durée (jours)');
    await expect(app.prediction).toHaveText(format.duration(levels.p50 ?? NaN, 'day'));
    const sentence = await page.getByTestId('plan').innerText();
    const chances = sentence.includes('moins d’une') ? 0 : Number(/(\d+) chances? sur/u.exec(sentence)?.[1]);
    const [least, most] = boundChances(levels, days);
    expect(chances, sentence).toBeGreaterThanOrEqual(least);
    expect(chances, sentence).toBeLessThanOrEqual(most);
  }
});

test('the command line makes of a file the very model that the page makes of it', async () => {
  for (const duration of ['Durée (jours)', 'Durée'] as const) {
    const source = plantThirty(duration);
    const [data, model] = [join(folder, 'same.csv'), join(folder, 'same.json')];
    await writeFile(data, source.file.text);
    const terminal = { out: () => undefined, error: () => undefined };
    expect(await main(['train', data, '--target', duration, '--model-out', model], terminal)).toBe(0);
    const work = await findTrainedWork(source);
    expect(await readFile(model, 'utf8')).toBe(work.model?.model.text);
  }
});
