import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, type Download, type Locator, type Page } from '@playwright/test';
import { sectionIds, type SectionId } from '#screens/section-path.ts';
import { french, type Language, type Words, createWords } from './words.ts';

export { sectionIds as sections };

export interface FileToOpen {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** The app as its user sees it: one method an action, one locator a thing on the screen. */
export class TrancheApp {
  readonly page: Page;
  #words: Words = french;

  constructor(page: Page) {
    this.page = page;
  }

  get words(): Words {
    return this.#words;
  }

  get #rail(): Locator {
    return this.page.getByRole('navigation', { name: this.#words.t('shell.sections') });
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await expect(this.#rail).toBeVisible();
    await this.settle();
  }

  /** Opens the app where data of that name are kept with their model: the model opens first, so both are waited for. */
  async openKept(address: string, dataName: string): Promise<void> {
    await this.open(address);
    await expect(this.page.getByRole('banner')).toContainText(dataName);
    await this.settle();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await expect(this.#rail).toBeVisible();
    await this.settle();
  }

  /** Until nothing is under way and nothing is being reopened. */
  async settle(timeout = 120_000): Promise<void> {
    await expect(this.workBar).toContainText(this.#words.t('shell.nothingUnderWay'), { timeout });
    await expect(this.page.getByText(this.#words.t('shell.restoring'))).toHaveCount(0, { timeout });
  }

  /** Opens a sample; the simple one of so many outages where they are given. */
  async openSample(kind: 'simple' | 'fleet' = 'simple', nOutages?: number): Promise<void> {
    if (nOutages !== undefined) {
      await this.button(this.#words.t('data.sample.settings')).first().click();
      await this.page.getByLabel(this.#words.t('data.sample.rows')).fill(String(nOutages));
    }
    await this.button(this.#words.t('data.sample.action'))
      .nth(kind === 'simple' ? 0 : 1)
      .click();
    await this.expectData();
  }

  /** Chooses a file where the screen offers to: on the welcome, or in place of the open one. */
  async chooseFile(file: string | FileToOpen): Promise<void> {
    await this.#dataInput.setInputFiles(file);
  }

  /** Takes any file, unlike the inputs for models. */
  get #dataInput(): Locator {
    return this.page.locator('main input[type=file]:not([accept])');
  }

  /** A real drag of a file onto the welcome screen: enter, over, drop. */
  async dropFile(path: string): Promise<void> {
    const dataTransfer = await this.page.evaluateHandle(
      ({ base64, name }) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], name, { type: 'text/csv' }));
        return transfer;
      },
      { base64: readFileSync(path).toString('base64'), name: basename(path) },
    );
    // The events rise from the file input to the zone around it, as they do from whatever the pointer is over.
    for (const type of ['dragenter', 'dragover', 'drop'])
      await this.#dataInput.dispatchEvent(type, { dataTransfer });
  }

  async expectData(): Promise<void> {
    await expect(this.page.getByRole('link', { name: this.#words.t('data.file.next') })).toBeVisible();
    await this.settle();
  }

  /** Trains with the settings as they are, to the end. */
  async train(timeout = 120_000): Promise<void> {
    await this.goTo('model');
    await this.startTraining();
    await this.settle(timeout);
    await expect(
      this.page.getByRole('link', { name: this.#words.t('model.result.goToScenarios') }),
    ).toBeVisible();
  }

  async startTraining(): Promise<void> {
    await this.button(this.#words.t('model.train')).click();
    await expect(this.workBar).toContainText(this.#words.t('work.kind.training'));
  }

  async goTo(section: SectionId): Promise<void> {
    const name = this.#words.t(`shell.section.${section}`);
    await this.#rail.getByRole('link', { name }).click();
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible();
  }

  async setLanguage(language: Language): Promise<void> {
    await this.page.getByRole('radiogroup').getByText(language.toUpperCase(), { exact: true }).click();
    this.#words = createWords(language);
    await expect(this.page.locator('html')).toHaveAttribute('lang', language);
  }

  async setTheme(theme: 'light' | 'dark'): Promise<void> {
    const { t } = this.#words;
    await this.page
      .getByRole('banner')
      .getByRole('button', { name: t('shell.theme.label') })
      .click();
    await this.page.getByRole('menuitem', { name: t(`shell.theme.${theme}`) }).click();
    await expect(this.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    await expect(this.page.getByRole('menu')).toHaveCount(0);
  }

  /** The open data with their predictions, as the evaluation screen hands them out. */
  async downloadPredictions(
    dialect: 'excel-french' | 'international',
  ): Promise<{ readonly download: Download; readonly text: string }> {
    await this.goTo('evaluation');
    await this.button(this.#words.t('evaluation.export.action')).click();
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('menuitem', { name: this.#words.t(`evaluation.export.${dialect}`) }).click(),
    ]);
    return { download, text: await readDownload(download) };
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name });
  }

  get workBar(): Locator {
    return this.page.getByRole('region', { name: this.#words.t('work.label') });
  }

  get alerts(): Locator {
    return this.page.getByRole('alert');
  }

  /** The big answer of the what-if screen. */
  get prediction(): Locator {
    return this.page.getByTestId('prediction');
  }

  async readPrediction(): Promise<string> {
    await expect(this.prediction).toHaveText(/\d/u);
    return (await this.prediction.textContent()) ?? '';
  }

  /** The number box of a question of the what-if form; its slider bears the same name but is no text box. */
  numberField(name: string): Locator {
    return this.page.getByRole('textbox', { name });
  }

  chart(title: string | RegExp): Locator {
    return this.page.getByRole('figure', { name: title });
  }
}

export async function readDownload(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}
