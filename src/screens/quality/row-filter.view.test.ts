import { expect, test } from 'vitest';
import { readFilter } from './row-filter.view.ts';

const none = { labels: [], min: '', max: '' };
const outside = (bounds: object) => ({ kind: 'exclude-outside', column: 'c', bounds });
const first = Date.UTC(2020, 0, 1);

test.each([
  ['category', { ...none, labels: ['Nuclear'] }, { kind: 'keep-labels', column: 'c', labels: ['Nuclear'] }],
  ['category', none, null],
  ['number', { ...none, min: '1 200,5' }, outside({ min: 1200.5 })],
  ['number', { ...none, min: '2', max: '1' }, null],
  ['number', { ...none, max: 'beaucoup' }, null],
  [
    'date',
    { ...none, min: '2020-01-01', max: '2020-01-01' },
    outside({ min: first, max: first + 86_399_999 }),
  ],
  ['date', { ...none, min: '2020-02-31' }, null],
] as const)('a filter of a %s column, %j', (type, text, action) => {
  expect(readFilter({ name: 'c', type }, text)).toEqual(action);
});
