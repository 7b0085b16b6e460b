import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { ErrorCode, ErrorDetails } from '#base/errors.ts';
import { describeError } from '#language/error-words.ts';
import { expect, simpleSample, test } from './app-test.ts';
import { french } from './words.ts';

const { t, format } = french;

const header = 'Type;Complexité;Durée (jours)\r\n';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Bytes that look like no file at all, always the same. */
function makeGarbage(length: number): Buffer {
  let state = 12345;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    }),
  );
}

function makeWide(columns: number): Buffer {
  const names = Array.from({ length: columns }, (_, i) => `c${i}`);
  const row = names.map((_, i) => i).join(';');
  return Buffer.from(`${names.join(';')}\n${row}\n${row}\n`);
}

/** Files that cannot be opened: the open data stay. */
const refused: readonly {
  readonly name: string;
  readonly code: ErrorCode;
  readonly buffer: Buffer;
  readonly details?: ErrorDetails;
}[] = [
  { name: 'vide.csv', code: 'file-empty', buffer: Buffer.alloc(0) },
  { name: 'titres-seuls.csv', code: 'file-header-only', buffer: Buffer.from(header) },
  { name: 'image.csv', code: 'file-not-text', buffer: png },
  { name: 'octets.csv', code: 'file-not-text', buffer: makeGarbage(4000) },
  {
    name: 'large.csv',
    code: 'too-many-columns',
    buffer: makeWide(2001),
    details: { columns: 2001, limit: 2000 },
  },
];

/** Files that can be read but not learnt from: they open, and say what is wanting. */
const unlearnable: readonly { readonly name: string; readonly code: ErrorCode; readonly text: string }[] = [
  { name: 'une-ligne.csv', code: 'too-few-rows', text: `${header}ASR;3;32,5\r\n` },
  {
    name: 'sans-nombre.csv',
    code: 'no-numeric-column',
    text: `Type;Site\r\n${'ASR;NOGENT\r\nVP;PALUEL\r\n'.repeat(20)}`,
  },
  {
    name: 'constante.csv',
    code: 'target-constant',
    text: `${header}${Array.from({ length: 40 }, (_, i) => `ASR;${i % 9};30,5\r\n`).join('')}`,
  },
];

const stack = /\bat .+:\d+:\d+|undefined|\[object|Error:|NaN/u;

test('files that cannot be opened are refused with a sentence in both languages; the open data stay', async ({
  app,
}) => {
  await app.openSample();
  for (const { name, code, buffer, details = {} } of refused) {
    await test.step(`${name}: ${code}`, async () => {
      await app.chooseFile({ name, mimeType: 'text/csv', buffer });
      await expect(app.alerts).toHaveCount(1);
      for (const language of ['en', 'fr'] as const) {
        await app.setLanguage(language);
        const words = describeError(app.words.t, code, details);
        await expect(app.alerts).toContainText(words.what);
        await expect(app.alerts).toContainText(words.todo);
        await expect(app.alerts).toContainText(app.words.t('errors.safe'));
      }
      expect(await app.alerts.innerText()).not.toMatch(stack);
      await expect(app.page.getByText(`${format.number(1000)} lus, 0 à corriger`)).toBeVisible();
      await app.alerts.getByRole('button', { name: t('common.close') }).click();
      await expect(app.alerts).toHaveCount(0);
    });
  }
  await app.goTo('model');
  await app.startTraining();
  await app.button(t('work.cancel')).click();
});

test('560 MiB are refused at once, with their size and the limit', async ({ app }, testInfo) => {
  const path = testInfo.outputPath('trop-gros.csv');
  writeFileSync(path, 'Type;Durée (jours)\r\nASR;32,5\r\n');
  const bytes = 560 * 2 ** 20;
  truncateSync(path, bytes); // sparse: it takes no room on the disk
  try {
    await app.chooseFile(path);
    const { what } = describeError(t, 'file-too-large', { bytes, limit: 500 * 2 ** 20 });
    expect(what).toMatch(/560\sMio.*500\sMio/u);
    await expect(app.alerts).toContainText(what, { timeout: 2_000 });
  } finally {
    rmSync(path);
  }
});

test('files that nothing can be learnt from say why, and the model stays', async ({ openTrained }) => {
  const app = await openTrained(simpleSample);
  for (const { name, code, text } of unlearnable) {
    await test.step(`${name}: ${code}`, async () => {
      await app.goTo('data');
      await app.chooseFile({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
      await expect(app.page.getByRole('region', { name })).toBeVisible();
      if (code === 'target-constant') {
        await app.page
          .getByLabel(t('data.columns.roleOf', { column: 'Durée (jours)' }))
          .selectOption('target');
      }
      const sentence = app.alerts.filter({ hasText: t(`errors.code.${code}.what`) });
      await expect(sentence).toBeVisible();
      await expect(sentence).toContainText(t(`errors.code.${code}.todo`));
      expect(await sentence.innerText()).not.toMatch(stack);
      await app.goTo('scenarios');
      await app.readPrediction();
      await app.goTo('model');
      await expect(app.button(t('model.trainAgain'))).toBeDisabled();
    });
  }
});
