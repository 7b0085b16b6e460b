import { expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { encodeUtf8 } from '#data/csv/read-text.ts';
import { readDataset } from '#jobs/dataset/read-dataset.ts';
import { tagRawLines } from './data.view.ts';

it('shows what each of the first lines was taken for', async () => {
  const bilan = 'Bilan;;\nTranche;;Calendrier\nNom;Site;Durée\n;;j\nA 1;S;12\n;;\nB 2;S\nC 3;S;8\n';
  const file = { name: 'f.csv', bytes: encodeUtf8(bilan) };
  const { summary } = await readDataset({ datasetId: 'd', file, overrides: {} }, createSilentContext());
  expect(tagRawLines(summary).map(({ tag }) => tag)).toEqual([
    'title',
    'header',
    'header',
    'header',
    'row',
    'empty',
    'rejected',
    'row',
    'empty',
  ]);
});
