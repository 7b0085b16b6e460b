import { expect, test } from './app-test.ts';
import { onDisk, serveSite } from './site.ts';
import { TrancheApp } from './tranche-app.ts';
import { french } from './words.ts';

const { t } = french;

const places = [
  { name: 'a disk (file://)', basePath: null },
  { name: 'plain http', basePath: '/' },
  { name: 'a sub-path', basePath: '/outils/tranche/' },
  { name: 'a sub-path without its last slash', basePath: '/outils/tranche' },
];

for (const { name, basePath } of places) {
  test(`the main path runs from ${name}, and asks the network for nothing`, async ({ page }) => {
    const site = basePath === null ? null : await serveSite(basePath);
    const app = new TrancheApp(page);
    await app.open(site?.address ?? onDisk);
    await app.openSample();
    await app.train();
    await app.goTo('evaluation');
    await expect(app.chart(t('evaluation.scatter.title'))).toBeVisible();
    await app.goTo('scenarios');
    const answer = await app.readPrediction();

    await app.reload();
    await app.goTo('scenarios');
    await expect(app.prediction).toHaveText(answer);

    // One request a load: the page. The server's own log, so that nothing the browser hides can slip through.
    if (site) expect(site.requests).toEqual([basePath, basePath]);
    await site?.close();
  });
}
