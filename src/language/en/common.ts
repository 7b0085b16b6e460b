import type { French, Translation } from '../translation.ts';

export const common = {
  pair: '{{name}}: {{value}}',
  close: 'Close',
  missing: 'missing',
  cells_one: '{{n}} cell',
  cells_other: '{{n}} cells',
  rows_one: '{{n}} row',
  rows_other: '{{n}} rows',
  columns_one: '{{n}} column',
  columns_other: '{{n}} columns',
  outages_one: '{{n}} outage',
  outages_other: '{{n}} outages',
  unit: { minute: 'minutes', hour: 'hours', day: 'days', week: 'weeks', month: 'months' },
  openModel: 'Open a model',
  modelFileHint: 'a .json file downloaded from Tranche',
} satisfies Translation<French['common']>;
