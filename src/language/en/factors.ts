import type { French, Translation } from '../translation.ts';

export const factors = {
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
