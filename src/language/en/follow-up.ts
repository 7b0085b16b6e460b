import type { French, Translation } from '../translation.ts';

export const followUp = {
  summary: '{{announced}} followed on {{date}}: {{ended}} ended, {{running}} under way, {{toCome}} to come.',
  announced_one: '{{n}} announcement',
  announced_other: '{{n}} announcements',
  notJudged: {
    unknown_one: 'No file has news of one announced outage: it is not judged.',
    unknown_other: 'No file has news of {{n}} announced outages: they are not judged.',
    silent_one: 'One outage is in no file and nothing says that it is over: it counts as under way.',
    silent_other:
      '{{n}} outages are in no file and nothing says that they are over: they count as under way.',
    conflict_one: 'One outage has outcomes that contradict each other: it is not judged.',
    conflict_other: '{{n}} outages have outcomes that contradict each other: they are not judged.',
    late_one: 'One announcement was made after the outage had begun.',
    late_other: '{{n}} announcements were made after the outage had begun.',
    unannounced_one: 'One row of the file is about an outage that was never announced.',
    unannounced_other: '{{n}} rows of the file are about outages that were never announced.',
    duplicates_one: 'One row repeats the end of an outage: it counts once.',
    duplicates_other: '{{n}} rows repeat the end of an outage: they count once.',
    recoded: '“{{from}}” is written “{{to}}” in the file: {{outages}} joined by their dates.',
    factor: 'Durations in the file are about {{factor}} times those announced: check their unit.',
  },
  join: {
    identifier: 'same identifier',
    identifierMoved: 'same identifier, start moved by {{shift}}',
    unitAndDate: 'same unit, same start',
    unitAndDateMoved: 'same unit, start moved by {{shift}}',
    date: 'same dates; the unit is written “{{unit}}” in the file',
  },
  conflictRows: '{{outage}}: {{reason}} (rows {{rows}}).',
  conflict: {
    'outcomes-differ': 'two rows, two durations',
    'unit-differs': 'the identifier is that of another unit',
    'dates-differ': 'the identifier is the same, the dates are too far apart',
    several: 'several outages could be this one',
  },
  coverage: {
    heading: 'Levels kept',
    level: 'Level',
    promised: 'Announced',
    kept: 'Kept',
    judged: 'Outages judged',
    p50: 'P50',
    p80: 'P80',
    p10p90: 'P10–P90',
    range: '{{share}} ({{low}}–{{high}})',
    none: 'none judged',
    within:
      '{{level}} announced at {{nominal}}, kept {{held}} times of {{n}}, {{share}}: nothing contradicts it.',
    below:
      '{{level}} announced at {{nominal}}, kept {{held}} times of {{n}}, {{share}}, and {{high}} at most: durations are announced too short or too sure.',
    above:
      '{{level}} announced at {{nominal}}, kept {{held}} times of {{n}}, {{share}}, and {{low}} at least: the announcement is too cautious.',
    flattery: 'Among ended outages alone P80 seems kept at {{share}}: the longest are not among them yet.',
  },
  errors: {
    heading: 'Error and bias',
    mae: 'On {{outages}} all of whose levels have passed, the mean error is {{mae}}.',
    maeExpected:
      'On {{outages}} all of whose levels have passed, the mean error is {{mae}}; {{expected}} was expected when the model was chosen.',
    planned:
      'The planner’s announced duration is wrong by {{other}} on the same {{outages}}, the model by {{model}}.',
    classMedian:
      'The median of the class is wrong by {{other}} on the same {{outages}}, the model by {{model}}.',
    biasRange: 'Median gap to the P50: {{bias}}, or {{ratio}}.',
    ratioRange: '{{value}} [{{low}}; {{high}}]',
    none: 'No outage has seen all its levels pass yet: neither error nor bias can be measured without flattery.',
  },
  calibration: {
    quiet: 'Nothing says that durations leave what is announced ({{outages}} looked at).',
  },
  alarm: {
    heading: 'Alarms',
    none: 'No alarm.',
    proven: 'Proven',
    watch: 'To watch',
    later: 'outages end later than announced',
    earlier: 'outages end earlier than announced',
    wider: 'durations are more spread out than announced',
    narrower: 'durations are less spread out than announced',
    laterOf: '{{label}} ({{column}}): outages end later than announced',
    earlierOf: '{{label}} ({{column}}): outages end earlier than announced',
    widerOf: '{{label}} ({{column}}): durations are more spread out than announced',
    narrowerOf: '{{label}} ({{column}}): durations are less spread out than announced',
    calibration: '{{point}}, since about {{since}}; {{effect}}.',
    ratio: 'median gap to the P50 {{value}} [{{low}}; {{high}}] on {{outages}}',
    ratioAlone: 'median gap to the P50 {{value}} on {{outages}}, too few for an interval',
    within: '{{value}} [{{low}}; {{high}}] within P10–P90 instead of 80%, on {{outages}}',
    noEffect: 'the gap cannot be measured yet ({{outages}} looked at)',
    provenTodo:
      'Train the model again: the candidate goes through the comparison before it replaces this one.',
    dataTodo:
      'Mend the column before training again: it is a fault of the data more often than a change of the fleet.',
    domain:
      'Announced outages are no longer like those of the training: a model tells them apart {{auc}} times of 100 [{{low}}; {{high}}], 50 would be chance ({{outages}}).',
    domainPoint: 'announced outages are no longer like those of the training',
  },
  drift: {
    heading: 'Drift of columns',
    lead: 'Announced outages compared with those of the training. Drift is called where its lower bound exceeds the threshold, never on a number of rows.',
    column: 'Column',
    status: 'State',
    effect: 'Effect [bounds]',
    visible: 'Smallest visible shift',
    importance: 'Weight in the model',
    n: 'Outages',
    notUsed: 'not in the model',
    quiet: 'stable',
    drift: 'drift',
    calendar: 'moves with the calendar',
    'too-few': 'too few',
    tooFew: 'With {{outages}} nothing can be seen: it takes {{least}} at least.',
    visibleAt: 'With {{outages}} no shift below {{visible}} can be seen.',
    range: '{{value}} [{{low}}; {{high}}]',
    frozen: '“{{column}}” is frozen at {{value}}: {{outages}} in a row',
    frozenSince: '“{{column}}” is frozen at {{value}} since {{since}}: {{outages}} in a row',
    recoded:
      '“{{column}}”: “{{from}}” is gone and “{{to}}” stands for it ({{outages}}), as though its code had changed',
    recodedSince:
      '“{{column}}”: “{{from}}” is gone and “{{to}}” stands for it since {{since}} ({{outages}}), as though its code had changed',
    'new-labels': '“{{column}}”: {{labels}} was not there in training ({{outages}})',
    rescaled: '“{{column}}” is {{factor}} times what it was in training, as though told in another unit',
    rescaledDown: '“{{column}}” is {{factor}} times less than in training, as though told in another unit',
    missing: '“{{column}}” is empty {{current}} of the time instead of {{reference}}',
    moved:
      '“{{column}}” has the median {{current}} instead of {{reference}} ({{effect}} interquartile ranges)',
    mix: '“{{column}}”: {{labels}} ({{effect}} of the mix has changed)',
    mixLabel: '{{label}} {{current}} instead of {{reference}}',
  },
  announcing: {
    done_one: 'One announcement added to the ledger.',
    done_other: '{{n}} announcements added to the ledger.',
    none: 'No new announcement.',
    already_one: 'One announcement was there already, word for word.',
    already_other: '{{n}} announcements were there already, word for word.',
    learnt_one: 'The model has learnt one outage: what is known is not announced.',
    learnt_other: 'The model has learnt {{n}} outages: what is known is not announced.',
    untold_one:
      'One row has neither an identifier nor a start: it is not announced, as its end could not be found again.',
    untold_other:
      '{{n}} rows have neither an identifier nor a start: they are not announced, as their ends could not be found again.',
    refused_one: 'One announcement has no level, for want of outages like it: it cannot be judged.',
    refused_other: '{{n}} announcements have no level, for want of outages like them: they cannot be judged.',
    unitAssumed:
      'Nothing says the unit of the file’s durations: they are taken in {{unit}}, as in the ledger.',
    replayed: 'Learnt on {{training}}; {{announced}} as they began.',
  },
} satisfies Translation<French['followUp']>;
