import type { French, Translation } from '../translation.ts';

export const model = {
  heading: 'Train a model',
  lead: 'The default settings will do: just train. Several models are tried and scored on outages they have not seen, and the best one is kept.',
  needsData: 'Past outages are needed first.',
  goToData: 'Go to Data',
  train: 'Train',
  trainAgain: 'Train again',
  training: 'Training…',
  learnsFrom: '{{target}} from {{features}}, on {{outages}}',
  blocked: 'Training is waiting',
  horizon: {
    heading: 'Answer wanted',
    plan: 'For planning',
    start: 'At the start',
    help: {
      plan: 'For an outage to come: the model learns only from what is known in advance, and from the past as it stood {{lead}} before each outage began.',
      start:
        'For an outage that begins: all that is known on that day is used. For one planned months ahead, choose “For planning”.',
    },
    leftOut_one: '{{columns}} set aside, known only at the start: {{names}}.',
    leftOut_other: '{{columns}} set aside, known only at the start: {{names}}.',
    unavailable: 'Planning needs a column with the role “Start”.',
    why: {
      near: 'By default: the file has start dates, and tells things that are known only as they draw near.',
      'no-start': 'By default: without start dates there is no planning.',
      'nothing-before': 'By default: no column is known in advance.',
      'nothing-near': 'By default: all that the file tells is known in advance.',
      'too-few-before':
        'By default: too few outages were over long enough before those that judge to learn how to plan.',
    },
    price: {
      more: 'Answering {{lead}} ahead costs {{days}} of error more than at the start (n = {{n}}, from {{low}} to {{high}}).',
      less: 'Answering {{lead}} ahead costs nothing: at the start the error would be larger by {{days}} (n = {{n}}, from {{low}} to {{high}}).',
      same: 'Answering {{lead}} ahead costs nothing measurable compared with the start (n = {{n}}, from {{low}} to {{high}}).',
    },
    told: {
      plan_one:
        'For planning: learnt from what is known {{lead}} before the start, without {{columns}} known only later.',
      plan_other:
        'For planning: learnt from what is known {{lead}} before the start, without {{columns}} known only later.',
      planAll: 'For planning: learnt from what is known {{lead}} before the start of each outage.',
      start: 'At the start: learnt from all that is known when the outage begins.',
      afterwards_one: '{{columns}} set aside, known only afterwards: {{names}}.',
      afterwards_other: '{{columns}} set aside, known only afterwards: {{names}}.',
    },
  },
  expected: {
    heading: 'Expected direction',
    help: 'What you know of the levers, all else equal: every answer will keep it. Without an opinion, the data alone speak.',
    none: 'no opinion',
    shorter: 'shortens',
    longer: 'lengthens',
    noLever: 'No column of numbers has the role “Lever”: give it, in Data, to what you can change.',
    told: 'Expected directions, kept by every answer all else equal, within what the model has learnt: {{columns}}. The forest and the nearest outages, which cannot keep them, were not compared.',
    column: { shorter: 'more “{{column}}” shortens', longer: 'more “{{column}}” lengthens' },
  },
  byDefault: 'Back to the default',
  split: {
    auto: 'As suits the file',
    heading: 'Outages kept for judging',
    random: 'Drawn at random',
    time: 'The most recent ones',
    stratified: 'Stratified by duration',
    group: 'Never parting “{{column}}”',
    ways: 'How the outages are parted',
    help: {
      random:
        'One outage in five, say, is put aside at random: the score is stable, but a little flattering where the fleet changes over time.',
      stratified:
        'At random, but with as many long and short outages on each side: the score varies less where outages are few.',
      auto: 'The most recent ones where start dates allow it, else at random.',
      time: 'The most recent outages are predicted from the older ones: the honest score for planning.',
      group:
        'The units or sites judged took no part in learning: the score for a unit the model has never seen.',
    },
    repeats: 'Repeats of cross-validation',
    repeatsHelp: 'The folds are drawn anew as many times: steadier scores, in as many times more time.',
    why: {
      dated: 'By default: the file has start dates.',
      undated: 'A column with the role “Start” is needed to judge on the most recent ones.',
      'few-dates':
        'By default: too few outages have a date, have different ones, or were over in time to judge on the most recent ones.',
    },
    testFraction: 'Share put aside',
  },
  analyst: {
    show: 'Analyst settings',
    preset: 'Set of settings',
    presetName: { default: 'Default', reference: 'Reference script', custom: 'Custom' },
    presetHelp: {
      default: 'Small steps, leaves of at least 20 outages, scale and start chosen by cross-validation.',
      reference:
        '100 trees, learning rate 0.1, depth 5, start at the mean: the settings of the first script.',
      custom: 'Your own settings.',
    },
    reset: 'Reset all',
    range: 'From {{min}} to {{max}}; default {{default}}.',
    rangeNone: 'From {{min}} to {{max}}, or empty: no limit; default {{default}}.',
    noLimit: 'no limit',
    folds: 'Cross-validation folds',
    foldsHelp: 'Each model is scored that many times, on outages it has not seen.',
    holidays: 'Use public holidays',
    holidaysHelp:
      'French public holidays and bridge days within 7 and 30 days of the start: computed, known long before.',
    past: 'Use the past',
    pastHelp:
      'Medians and counts of the unit’s and its class’s outages, the last ones: computed from what was over by then.',
    seed: 'Random seed',
    seedHelp: 'Same seed, same data, same settings: the same model, byte for byte.',
    scale: 'Scale of the duration',
    scaleName: {
      auto: 'chosen by cross-validation',
      identity: 'duration as it is',
      log1p: 'logarithm of the duration',
    },
    scaleHelp: 'The logarithm suits data where most outages are short and a few very long.',
    init: 'Start of boosting',
    initName: { auto: 'chosen by cross-validation', mean: 'mean', median: 'median', linear: 'linear model' },
    initHelp: 'The starting point that the trees then correct.',
  },
  hyperparameter: {
    loss: {
      name: 'Loss',
      text: 'The error that the trees reduce: squared (sensitive to large errors) or absolute (aims at the median).',
    },
    nIterations: {
      name: 'Number of trees',
      text: 'More trees learn more detail, until they learn the noise.',
    },
    learningRate: {
      name: 'Learning rate',
      text: 'The share of correction each tree brings; smaller is more careful but takes more trees.',
    },
    maxLeafNodes: { name: 'Leaves per tree', text: 'How many cases a tree can tell apart.' },
    maxDepth: { name: 'Depth', text: 'How many questions in a row a tree can ask.' },
    minSamplesLeaf: {
      name: 'Outages per leaf',
      text: 'The smallest number of outages that a rule may rest on.',
    },
    l2Regularization: {
      name: 'L2 regularisation',
      text: 'Holds back corrections that rest on few outages.',
    },
    maxBins: { name: 'Bins per column', text: 'Into how many intervals each number is cut.' },
    subsample: {
      name: 'Share of outages per tree',
      text: 'Each tree sees only a share of them, drawn at random: less overfitting.',
    },
    columnSubsample: {
      name: 'Share of columns per tree',
      text: 'Each tree sees only a share of them: useful when columns resemble each other.',
    },
    nIterNoChange: {
      name: 'Early stopping',
      text: 'Stop after this many trees without progress; 0 grows them all.',
    },
    validationFraction: {
      name: 'Validation share',
      text: 'Share of the training outages put aside to watch for that progress.',
    },
  },
  choices: { squaredError: 'squared error', absoluteError: 'absolute error' },
  result: {
    heading: 'Chosen model',
    none: 'No model yet.',
    leading:
      'Leading for now: “{{model}}”, off by {{mae}} on average over the {{outages}} compared so far. Another one may still overtake it.',
    noneText: 'It will appear here, with the reason for its choice and its score on outages it has not seen.',
    stale: 'The data or their roles have changed since this training: train again to take that into account.',
    opened:
      'Model opened from a file, trained on {{outages}}. It predicts, but its training scores are not in the file.',
    testMae: 'Mean error on {{outages}}, never seen',
    against: 'instead of {{median}} when always announcing the median',
    unsure: 'a difference that chance explains',
    gain: '{{change}} less error than the median',
    loss: '{{change}} more error than the median',
    scale: {
      identity: 'Trained on the duration as it is: cross-validation preferred it to its logarithm.',
      log1p:
        'Trained on the logarithm of the duration: cross-validation preferred it, as a few very long outages otherwise dominate the error. Predictions come back in the original unit.',
      blend:
        'A blend: each of its models was trained on its own scale, and their predictions are joined in the original unit.',
      plan: 'It starts from the announced duration. An outage without one is answered by a model of the same kind, trained on those that have none.',
      hazard:
        'Trained on the chance of ending, interval after interval: median and quantiles are read off the curve that results.',
      past: 'The answer is read from what past outages took: their median and quantiles, on no other scale.',
      identityOnly:
        'Trained on the duration as it is: its logarithm was not possible, as a duration is −1 or less.',
      identityGiven: 'Trained on the duration as it is, as you asked.',
      log1pGiven:
        'Trained on the logarithm of the duration, as you asked. Predictions come back in the original unit.',
    },
    rows: '{{train}} to learn from, {{test}} to judge by',
    neither_one: '{{outages}} for neither: undated, or not over in time to be known.',
    neither_other: '{{outages}} for neither: undated, or not over in time to be known.',
    underWay: {
      told_one:
        '{{n}} outage under way on {{date}} is learnt from by what it had lasted: with it, half of the outages are over within {{p50}} (without it {{p50Alone}}) and 80 % within {{p80}} (without it {{p80Alone}}).',
      told_other:
        '{{n}} outages under way on {{date}} are learnt from by what they had lasted: with them, half of the outages are over within {{p50}} (without them {{p50Alone}}) and 80 % within {{p80}} (without them {{p80Alone}}).',
      unknown: 'an unknown time',
    },
    final: 'To predict, the model was then refitted on all {{outages}}.',
    finalStopped: 'Stopped before the refit: the model that predicts was trained on {{outages}}.',
    features: {
      columns: 'It looks at {{columns}}.',
      past_one: 'It looks at {{columns}} + {{n}} feature from the past.',
      past_other: 'It looks at {{columns}} + {{n}} features from the past.',
      linearWithout: 'On so few outages the linear models do without.',
    },
    time: 'Trained in {{time}}',
    goToEvaluation: 'See the evaluation',
    goToScenarios: 'Ask a question',
    download: 'Download the model (JSON)',
    close: 'Close the model',
    candidates: 'Models tried',
    details: 'How it was obtained',
  },
  selection: {
    stopped:
      'Stopped during the comparison, as they could not win any more: {{models}}. These errors are of {{nFolds}} folds of {{folds}} ({{outages}}), where “{{leader}}” was off by {{mae}}; they do not compare with the scores of the others.',
    stoppedModel: '“{{model}}” ({{mae}})',
    compared: {
      time: 'Compared: {{models}}, on {{outages}} predicted from those before them.',
      other: 'Compared: {{models}}, on {{outages}} predicted without having been learnt.',
    },
    models_one: '{{n}} model',
    models_other: '{{n}} models',
    alike_one: 'The gap to {{n}} other may be chance.',
    alike_other: 'The gap to {{n}} others may be chance.',
    'lowest-error': 'Chosen because its error is the lowest in cross-validation.',
    'simplest-within-one-standard-error':
      'Chosen because it is the simplest of those whose error in cross-validation exceeds that of the best ({{best}}) by less than 1 % and one standard error.',
    weighted: 'Few outages: the models that err least are averaged, each by its error ({{members}}).',
    weightedToOne: 'Few outages: all the weight goes to the one that clearly errs least ({{model}}).',
    member: '{{model}} {{share}}',
    guarded: 'None clearly beats the best rule of thumb: half of the weight is left to it.',
    optimism: 'On {{n}} outages this error is known to within {{share}} only.',
    'simplest-negligible-loss':
      'Chosen because it is simpler than the best ({{best}}) and loses less than 0.5 % of its error in cross-validation.',
  },
  warning: {
    'stopped-early': 'Stopped before the end at your request: this is the best result up to then.',
    'too-many-under-way':
      'More than one outage in ten has been under way for longer than all that ended: no level (P80, P90) can be promised.',
    'few-test-rows': 'Few outages to judge by: the score is uncertain.',
    'few-rows': 'Few outages to learn from: add more for safer predictions.',
    'categories-merged': 'A column has more than 1,000 labels: the rarest were merged.',
    'rows-without-start': 'Outages without a start date could not be used to judge on the most recent ones.',
    'groups-repeat':
      'The {{nLabels}} labels of “{{column}}” are learnt from as well as judged: the score holds for them. For a unit never seen it flatters: judge “Never parting {{column}}” (settings).',
    'expected-in-vain':
      'A direction was expected of {{columns}}, but the model learns nothing from it, or finds no numbers there: it is not taken into account.',
    'no-better-than-median':
      'This model does no better than the median: these columns explain little of the duration.',
  },
} satisfies Translation<French['model']>;
