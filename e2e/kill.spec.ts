import { expect, test } from '@playwright/test';
import { runCampaign, runTwoTabs } from '../scripts/kill-campaign/campaign.ts';

// The short form of `npm run campaign:kill`.

test('nothing acknowledged is lost when the browser is killed, its log is cut or the tab crashes', async () => {
  const { lost, nAcknowledged, nAccidents, nWhole } = await runCampaign(
    'localhost',
    ['kill', 'crash', 'cut'],
    42,
  );
  expect(lost).toEqual([]);
  expect(nAccidents).toEqual({ kill: 1, cut: 1, crash: 1 });
  expect(nAcknowledged).toBeGreaterThan(8);
  // Whether a cut does harm depends on where it falls; what is noticed is mended.
  expect(nWhole).toBeLessThanOrEqual(1);
});

test('two tabs that save at the same time lose nothing of one another', async () => {
  const { lost, nSavesPerTab } = await runTwoTabs(5);
  expect(lost).toEqual([]);
  expect(nSavesPerTab).toEqual([50, 50]);
});
