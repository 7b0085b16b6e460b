import type { French, Translation } from '../translation.ts';

export const campaign = {
  column: {
    outage: 'Outage',
    start: 'Start',
    end: 'Planned end',
    crew: 'People',
    p50: 'P50',
    p80: 'P80',
    late: 'Days late',
  },
  row: 'row {{row}}',
  optimal: 'Proven: no schedule costs less ({{cost}}).',
  gap: 'Best schedule found: {{cost}}; none costs less than {{bound}} (a gap of {{share}} at most).',
  end: 'End of the campaign: one chance in two by {{p50}}, 8 chances in 10 by {{p80}}, the outages following in the same order.',
  over: 'If every start is kept whatever happens, more people than there are would be needed on some day in {{share}} of cases (lucks linked at {{link}} within a site).',
  more: 'One more person would save {{cost}}.',
  fewer: 'One person fewer would cost {{cost}}.',
  leftOut_one: '{{n}} outage could not be placed.',
  leftOut_other: '{{n}} outages could not be placed.',
  why: {
    'no-start': 'Without an earliest date: rows {{rows}}.',
    'no-crew': 'Without a number of people: rows {{rows}}.',
    'no-level': 'Without a duration that the model announces: rows {{rows}}.',
  },
  howTo:
    'Each outage is forecast for the start of its row; its days are whole. What people do is an association seen in past outages, not the proof of an effect.',
} satisfies Translation<French['campaign']>;
