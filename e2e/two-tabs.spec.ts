import { expect, test } from './app-test.ts';
import { TrancheApp } from './tranche-app.ts';

test('two tabs keep each its own file over a reload, whichever opened one last', async ({
  context,
  page,
  site,
}) => {
  const first = new TrancheApp(page);
  await first.open(site.address);
  await first.openSample('simple');
  const second = new TrancheApp(await context.newPage());
  await second.open(site.address);
  const nameOf = (app: TrancheApp) => app.page.getByRole('banner').textContent();
  // A new tab begins with what was saved last.
  expect(await nameOf(second)).toBe(await nameOf(first));
  await second.button(second.words.t('data.file.close')).click();
  await second.openSample('fleet');
  const before = [await nameOf(first), await nameOf(second)];
  expect(before[0]).not.toBe(before[1]);
  for (const app of [first, second]) await app.reload();
  expect([await nameOf(first), await nameOf(second)]).toEqual(before);
});
