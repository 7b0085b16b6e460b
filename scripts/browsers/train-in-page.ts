import { type DrivenPage, waitUntil } from './driven-page.ts';

const buttonNamed = (pattern: string) =>
  `[...document.querySelectorAll('button')].find((button) => /${pattern}/u.test(button.textContent))`;
const train = buttonNamed('^(Entraîner|Réentraîner|Train|Retrain)');
const download = buttonNamed('Télécharger le modèle|Download the model');
const cancel = buttonNamed('^(Annuler|Cancel)$');
const fileInput = 'main input[type=file]:not([accept])';

/**
 * Opens a file in the app, on a machine that it has not been on, as a person would, trains with the settings as they are,
 * and gives the text of the model's file. Null where the app does not train on it.
 */
export async function trainInPage(page: DrivenPage, address: string, file: string): Promise<string | null> {
  await page.open(address);
  await waitUntil(page, `document.querySelector('${fileInput}')`);
  await page.setFile(fileInput, file);
  await waitUntil(
    page,
    `document.querySelector('main a[href="#/model"], main a[href="#/quality"]')`,
    300_000,
  );
  await page.evaluate(`void (location.hash = '#/model')`);
  if (!(await becomes(page, `${train} && !${train}.disabled`))) return null;
  await page.evaluate(`void ${train}.click()`);
  await waitUntil(page, `${cancel} || ${download}`);
  await waitUntil(page, `!${cancel}`, 900_000);
  if (!(await becomes(page, download))) return null;
  await page.evaluate(`void (() => {
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => make.call(URL, (globalThis.handedOut = blob));
    ${download}.click();
  })()`);
  await waitUntil(page, 'globalThis.handedOut');
  return (await page.evaluate('globalThis.handedOut.text()')) as string;
}

/** Whether the model that was trained there is still there on another visit. */
export async function keepsModel(page: DrivenPage, address: string): Promise<boolean> {
  await page.open('about:blank');
  await page.open(`${address}#/model`);
  return becomes(page, download);
}

function becomes(page: DrivenPage, expression: string): Promise<boolean> {
  return waitUntil(page, expression, 30_000).then(
    () => true,
    () => false,
  );
}
