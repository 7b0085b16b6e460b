import { expect, simpleSample, test } from './app-test.ts';
import { keepWork } from './keep-work.ts';
import { serveSite } from './site.ts';
import { findTrainedWork } from './trained-work.ts';
import { TrancheApp } from './tranche-app.ts';
import { french } from './words.ts';

const { t } = french;

// From a disk the main path runs in a spec of its own.
const places = [
  { name: 'plain http', basePath: '/' },
  { name: 'a sub-path without its last slash', basePath: '/outils/tranche' },
];

for (const { name, basePath } of places) {
  test(`data are opened and questions answered from ${name}, and nothing is asked of the network`, async ({
    page,
  }) => {
    const site = await serveSite(basePath);
    const app = new TrancheApp(page);
    await app.open(site.address);
    await app.openSample();
    const work = await findTrainedWork(simpleSample);
    await keepWork(page, site.address, work);
    await app.openKept(site.address, work.dataset.name);
    await app.goTo('evaluation');
    await expect(app.chart(t('evaluation.scatter.title'))).toBeVisible();
    await app.goTo('scenarios');
    await app.readPrediction();

    // One request a load: the page. The server's own log, so that nothing the browser hides can slip through.
    expect(site.requests).toEqual([basePath, basePath]);
    await site.close();
  });
}
