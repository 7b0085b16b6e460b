import type { French, Translation } from '../translation.ts';

export const report = {
  warning: 'warning',
  fileUnreadable: 'This file cannot be read.',
  file: '{{name}}: {{reading}}, dates {{dates}}',
  ledger: '{{size}}, {{records}} = {{parts}}',
  part: {
    kept_one: '{{n}} kept',
    kept_other: '{{n}} kept',
    rejected_one: '{{n}} rejected',
    rejected_other: '{{n}} rejected',
    empty_one: '{{n}} empty',
    empty_other: '{{n}} empty',
    headers_one: '{{n}} header line',
    headers_other: '{{n}} header lines',
    titles_one: '{{n}} title',
    titles_other: '{{n}} titles',
    totals_one: '{{n}} total',
    totals_other: '{{n}} totals',
    repeatedHeaders_one: '{{n}} repeated header line',
    repeatedHeaders_other: '{{n}} repeated header lines',
    notes_one: '{{n}} page or note',
    notes_other: '{{n}} pages or notes',
    otherTables_one: '{{n}} line of another table',
    otherTables_other: '{{n}} lines of other tables',
  },
  twoReadings: '{{field}} can be read two ways, read as {{value}}',
  twoReadingsOf: '{{field}} can be read two ways ({{examples}}), read as {{value}}',
  retrain: {
    file: '{{name}}: {{kept}} rows taken, {{repeated}} already there, {{rejected}} rejected',
    takenFile: '{{name}} was taken.',
    refusedFile: '{{name}} was refused; it lies in “refused” with the reason beside it.',
    sameData: 'Nothing new: these rows were decided on before. The store is as it was.',
    tooFew:
      'Nothing to judge by yet: fewer than ten finished outages are new to the model at work. The store is as it was.',
    planFirst: 'Would train a first model on {{train}} rows. Nothing was written.',
    plan: 'Would train on {{train}} rows and judge on {{test}} that the model at work ({{champion}}) has not learnt. Nothing was written.',
    promoted: 'Version {{version}} is at work now.',
    kept: 'The model at work stays; version {{version}} was not promoted.',
    errors:
      'Mean squared error {{newMse}} against {{oldMse}}, mean absolute error {{newMae}} against {{oldMae}}.',
    first: 'It is the first one, and beats the median.',
    notFirst: 'It would be the first one, and does not beat the median.',
    strict:
      'Decided by the smaller mean squared error alone (--rule strict), which promotes one of two equal models half the time.',
    entry: '{{n}}, {{at}}, {{by}} {{action}} {{version}}: {{reason}}',
    action: {
      submit: 'submitted',
      judge: 'judged',
      promote: 'promoted',
      refuse: 'refused',
      'roll-back': 'rolled back to',
      discard: 'discarded',
    },
    storeSound: 'The store is sound: {{entries}} entries, {{versions}} versions; at work: {{champion}}.',
    storeBroken: 'Something in the store is lost or altered:',
    noChampion: 'none',
    pointerLate: 'current.json does not tell of the last promotion; the next retraining mends it.',
    orphans: '{{n}} objects are named by no entry: left by a retraining that was cut off.',
  },
  tuning: {
    trials_one: '{{n}} trial',
    trials_other: '{{n}} trials',
    searched:
      'Searched settings of boosted trees and the forest on {{n}}: {{trials}}. The other models that training compares have no part in it.',
    chosen:
      'Settings taken: {{settings}}. Against the best settings without a search ({{default}}) the error falls by {{gain}} (standard error {{deviation}}).',
    nothingBetter: 'Tuning brought nothing: nothing does better than {{settings}}.',
    notWorth:
      'Tuning brought nothing sure: {{best}} gains {{gain}} (standard error {{deviation}}), which chance explains or nobody would notice. Kept: {{settings}}.',
    corrected:
      'Error to expect of this choice: {{mae}} (8 times in 10 between {{low}} and {{high}}); the best trial shows {{best}}, flattered by having been chosen. The default settings do as well with a probability of {{chance}}.',
    outer: 'On {{n}} never seen, looked at once: {{default}} by default, {{best}} for the best trial.',
    stop: {
      trials: 'Ended: all trials asked for are done.',
      exhausted: 'Ended: nothing is left to try.',
      minutes: 'Ended: the time is over.',
      stopped: 'Ended: stopped on request.',
    },
    settings: 'trial (= default, * best, – dropped)',
    again: 'other folds',
    importance: 'what sets the best trials apart',
    tooFewTrials: 'Too few trials finished to say which setting matters: it takes 30.',
  },
  workersCapped: '{{most}} threads at most',
  memory: 'about {{needed, bytes}} of memory will be needed',
  memoryShort:
    'about {{needed, bytes}} of memory will be needed and {{free, bytes}} are free: close other programs, or take fewer rows',
  readAsLearnt:
    'This file leaves the order of dates or the decimal mark open: it is read as the one the model learnt from.',
  decides: '{{readings}}; {{option}} decides',
  rejected: 'line {{line}} rejected, {{reason}}: {{raw}}',
  setAside_one: '{{n}} row set aside: {{reason}}',
  setAside_other: '{{n}} rows set aside: {{reason}}',
  refusedRows_one:
    '{{n}} row has no figure: too few outages of its class could be judged, they are unlike the others, or it lies too far from all of them',
  refusedRows_other:
    '{{n}} rows have no figure: too few outages of their class could be judged, they are unlike the others, or they lie too far from all of them',
  wideRows_one:
    '{{n}} row has empty cells that nothing settles: a wide estimate, said in a column of its own',
  wideRows_other:
    '{{n}} rows have empty cells that nothing settles: wide estimates, said in a column of its own',
  underWay_one: '{{n}} outage under way on {{date}}: learnt from by what it had lasted',
  underWay_other: '{{n}} outages under way on {{date}}: learnt from by what they had lasted',
  remaining: {
    asked_one: 'Time left asked of {{n}} row.',
    asked_other: 'Time left asked of {{n}} rows.',
    refused_one:
      '{{n}} has no P80: too few past outages lasted as long or are of that kind, or too little is known of it.',
    refused_other:
      '{{n}} have no P80: too few past outages lasted as long or are of that kind, or too little is known of them.',
  },
  leftOut: '“{{column}}” is left out. {{leak}} {{option}} uses it.',
  leakUsed: '“{{column}}” is used by the model. {{leak}}',
  outages: '{{target}}: {{outages}} of {{rows}}',
  chosen: 'Chosen model: {{model}}',
  testMae: 'test MAE',
  inspection: {
    columns: 'Columns',
    role: 'role',
    type: 'type',
    missing: 'missing',
    distinct: 'distinct',
    noTarget: 'No duration to predict: {{what}}',
    features: 'Learnt from: {{columns}}',
  },
  models: 'Models compared, over {{folds}} folds',
  modelsRepeated: 'Models compared, {{draws}} times over {{folds}} folds',
} satisfies Translation<French['report']>;
