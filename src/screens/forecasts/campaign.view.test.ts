import { expect, it } from 'vitest';
import type { FileRow } from '#data/row-index.ts';
import { wordsIn } from '#language/words.ts';
import { viewCampaign } from './campaign.view.ts';

const day = (n: number) => Date.UTC(2027, 0, n);

it('draws the outages in the order of their starts, dark up to the P50, and names one that nothing names by its row', () => {
  const shared = { site: null, crew: 10, p50: 5, p80: 10, late: null, cost: 10, earliest: day(1) };
  const outages = [
    { ...shared, row: 0 as FileRow, name: 'B', start: day(11), end: day(21), endP80: day(21) },
    { ...shared, row: 1 as FileRow, name: null, start: day(1), end: day(11), endP80: day(11) },
  ];
  const { rows, steps, table } = viewCampaign(
    {
      outages,
      leftOut: [],
      status: 'gap',
      crewColumn: 'Effectif',
      cost: 30,
      bound: 20,
      gap: 10,
      end: day(21),
      risk: { endP50: day(15), endP80: day(22), overLimit: 0, link: 0.3 },
      onePerson: { more: 0, fewer: null },
      crewCurve: [{ day: day(1), crew: 10 }],
      seconds: 1,
    },
    wordsIn('fr'),
  );
  expect(rows.map(({ label, start, middle, end }) => [label, start, middle, end])).toEqual([
    ['ligne 2', day(1), day(6), day(11)],
    ['B', day(11), day(16), day(21)],
  ]);
  expect(steps).toEqual([{ x: day(1), y: 10 }]);
  expect(table.rows).toHaveLength(2);
});
