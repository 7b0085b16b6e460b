import type { French, Words } from '../words.ts';

export const evaluation = {
  heading: 'What the model is worth',
  needsModel: 'A trained model is needed first.',
  goToModel: 'Go to Model',
  verdict: {
    better:
      'On {{outages}} it had never seen, the model is {{mae}} off on average, instead of {{median}} when always announcing the median: {{gain}} less error.',
    same: 'On {{outages}} it had never seen, the model is {{mae}} off on average, hardly less than the median’s {{median}}: these columns explain little of the duration.',
    worse:
      'On {{outages}} it had never seen, the model is {{mae}} off on average, more than the median ({{median}}): better not rely on it.',
    biasLate: 'Outages last {{bias}} longer than predicted on average.',
    biasEarly: 'Outages last {{bias}} less than predicted on average.',
    biasNone: 'It leans neither short nor long.',
    randomSplit: 'Outages judged: drawn at random.',
    timeSplit: 'Outages judged: the most recent ones, predicted from the older ones.',
    rowsSplit: 'Outages judged: a given list.',
  },
  models: {
    heading: 'Models compared',
    caption:
      'Scores on the outages put aside (test) and by cross-validation (CV) on the others. Lower is better, except for R².',
    model: 'Model',
    scale: 'Scale',
    test: 'Test',
    cv: 'CV',
    best: 'lowest',
    chosen: 'chosen',
    reference: 'reference',
    deviation: 'standard deviation between folds',
  },
  scatter: {
    title: 'Predicted and actual',
    subtitle: 'n = {{n}} test outages · mean error {{mae}} · bias {{bias}}',
    x: 'Predicted duration',
    y: 'Actual duration',
    caption:
      'Each point is a test outage: on the diagonal the prediction was right; above it the outage took longer than predicted.',
    diagonal: 'actual = predicted',
    row: 'row {{row}}',
    predicted: 'Predicted',
    actual: 'Actual',
    residual: 'Residual',
    others: 'others',
    logScale: 'Logarithmic scale',
  },
  importance: {
    title: 'What matters to the model',
    subtitle: '{{n}} test outages · {{repeats}} shuffles per column',
    x: 'Error added',
    caption:
      'Error the model adds when the column’s values are shuffled: the longer the bar, the more it matters; below the line (pure noise) it says nothing.',
    floor: 'pure noise',
    mean: 'Mean',
    sd: 'Standard deviation',
    column: 'Column',
  },
  residuals: {
    title: 'Residuals by predicted duration',
    subtitle: 'n = {{n}} test outages · median per decile',
    x: 'Predicted duration',
    y: 'Residual actual − predicted',
    caption:
      'Above zero the outage ended later than predicted; the line of medians should stay close to zero.',
    median: 'median of the decile',
  },
  curve: {
    title: 'Learning curve of boosting',
    subtitle: '{{model}} · {{n}} trees · lowest at {{best}}',
    x: 'Number of trees',
    y: 'Mean error',
    verdict: {
      falls: 'The error on the test outages still falls at the last tree: more trees might help.',
      flat: 'The error on the test outages falls and then levels off: more trees would bring nothing.',
      rises:
        'The error on the test outages rises again after tree {{best}}: beyond it, trees only learn the noise.',
    },
    notChosen: 'This is not the model that was chosen: {{chosen}}.',
    train: 'training outages',
    validation: 'test outages',
    best: 'lowest',
    flat: 'The start is enough: adding trees no longer reduced the error on the validation outages.',
    none: 'No model made of trees was fitted: there is no curve.',
  },
  opened: {
    text: 'This model comes from a file: its training scores are not in it. It can be judged on the open data, provided that it did not learn from them.',
    action: 'Judge it on the open data',
    result: 'On {{outages}} of the open data: mean error {{mae}}, RMSE {{rmse}}, R² {{r2}}, bias {{bias}}.',
  },
  export: {
    action: 'Download the predictions',
    'excel-french': 'CSV for French Excel (semicolon, decimal comma)',
    international: 'International CSV (comma, decimal point)',
  },
} satisfies Words<French['evaluation']>;
