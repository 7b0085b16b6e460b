import type { French, Translation } from '../translation.ts';

export const factors = {
  heading: 'Outside factors',
  text: 'What surrounds the outages: weather, load, staff. A second file with one row a day or hour (and site), joined to the start of each outage.',
  drop: 'Open a file of outside factors, or drop it on the window',
  dropHint:
    'A column of dates, measurements, and the name of the site or unit if there are several. Nothing after the start of an outage is read.',
  missing:
    'The cleaning joins {{file}}, which is not here: add that file again, or remove the step under Quality.',
  joinAgain: 'Join',
  another: 'Another file',
  remove: 'Remove',
  notJoined: 'This file is open and not joined: models learn nothing from it.',
  date: 'Its date',
  theirKey: 'Its key',
  ourKey: 'The same among the outages',
  oneSeries: 'none: one series for all',
  column: 'Factor',
  atStart: 'at the start',
  daysBefore: '{{n}} days before',
  none: 'nothing',
  part: { mean: 'mean', min: 'minimum', max: 'maximum', sum: 'sum' },
  joined: '{{file}} is joined by {{date}}, at the start of the outages ({{start}}).',
  joinedByKey:
    '{{file}} is joined by {{date}}, at the start of the outages ({{start}}), and by {{theirs}} = {{ours}}.',
  matched_one: '{{matched}} of {{n}} outages finds a value there.',
  matched_other: '{{matched}} of {{n}} outages find a value there.',
  unmatched: 'Without a value: {{reasons}}.',
  unknownKey_one: '{{n}} whose name is not in the file',
  unknownKey_other: '{{n}} whose names are not in the file',
  such: '{{what}} ({{names}})',
  noStart_one: '{{n}} without a start date',
  noStart_other: '{{n}} without a start date',
  outside_one: '{{n}} outside its dates',
  outside_other: '{{n}} outside its dates',
  inGap_one: '{{n}} in a hole of the file',
  inGap_other: '{{n}} in a hole of the file',
  merged_one: '{{n}} row of the file repeats a date: the mean is taken (of a label, the last).',
  merged_other: '{{n}} rows of the file repeat a date: the mean is taken (of a label, the last).',
  unplaced_one: '{{n}} row of the file, without a date or a name, is not used.',
  unplaced_other: '{{n}} rows of the file, without a date or a name, are not used.',
  read_one: '{{n}} outage is predicted with the values of a file of outside factors.',
  read_other: '{{n}} outages are predicted with the values of a file of outside factors.',
  usual_one:
    '{{n}} outage is predicted with what {{file}} usually says: the mean of the same month in past years.',
  usual_other:
    '{{n}} outages are predicted with what {{file}} usually says: the mean of the same month in past years.',
  notAsked: 'This model looks at no outside factor: the file is not read.',
  onlyUsual:
    'This model plans: it looks only at what the factors usually are, and knows that already. The file is not read.',
  whenPlanning:
    'For planning the values of {{file}} are not known yet: their mean of the same month in past years stands for them.',
} satisfies Translation<French['factors']>;
