import { beforeAll, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices } from './testing/in-place-services.ts';

const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);

/** An outage every fifth day: its own number, a unit, a crew, and what it took; that of number 7 is not over. */
function listOutages(n: number): string[] {
  const rng = createRng(3);
  return Array.from({ length: n }, (_, i) => {
    const crew = 5 + rng.nextBelow(30);
    return `U${i % 6},${day(5 * i)},${crew},${i === 7 ? '' : 40 - crew + rng.nextBelow(9)}`;
  });
}

const toFile = (name: string, rows: readonly string[]) =>
  new File([['unit,start,crew,duration', ...rows].join('\n')], name);

const store = createAppStore(createInPlaceServices());
const rows = listOutages(90);

beforeAll(async () => {
  await store.getState().restore();
  await store.getState().openFile(toFile('first.csv', rows.slice(0, 70)));
  store.getState().setSettings({ folds: 3 });
  await store.getState().train();
}, 60_000);

it('a file of finished outages is looked at, added, undone, and learnt from with a gate', async () => {
  const arrived = [
    ...rows.slice(70),
    rows[7]?.replace(/,$/u, ',33') ?? '',
    rows[3]?.replace(/\d+$/u, '999') ?? '',
    rows[4] ?? '',
  ];
  await store.getState().previewArrival(toFile('more.csv', arrived));
  expect(store.getState().problem).toBeNull();
  const { arrival } = store.getState();
  expect(arrival?.merge).toMatchObject({ nNew: 20, nChanged: 1, nConflicts: 1, nSame: 1 });
  expect(arrival?.merge.examples).toEqual([
    { kind: 'changed', row: 20, cells: [{ column: 'duration', own: '–', added: '33' }] },
    {
      kind: 'conflict',
      row: 21,
      cells: [{ column: 'duration', own: rows[3]?.split(',')[3], added: '999' }],
    },
  ]);
  expect(store.getState().dataset?.summary.nRows).toBe(70);

  await store.getState().acceptArrival();
  expect(store.getState().dataset?.summary.nRows).toBe(90);
  await store.getState().undoArrival();
  expect(store.getState().dataset).toMatchObject({ name: 'first.csv', summary: { nRows: 70 } });

  await store.getState().previewArrival(toFile('more.csv', arrived));
  await store.getState().acceptArrival();
  await store.getState().retrain();
  expect(store.getState().problem).toBeNull();
  const { state } = store.getState().versions?.log ?? {};
  expect(state?.versions.map(({ standing }) => standing)).toEqual(['champion', 'challenger']);
  // Of the test outages only those that the champion had not learnt: the latest of the file.
  expect(state?.versions[1]?.gate?.report).toMatchObject({ basis: 'test', n: 18 });
}, 60_000);
