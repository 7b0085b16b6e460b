import type { French, Translation } from '../translation.ts';

export const exchange = {
  menu: 'Export the model to…',
  format: {
    excel: 'Excel workbook (formulas, no macro)',
    javascript: 'JavaScript code',
    python: 'Python code',
    c: 'C code',
    sql: 'SQL query',
    xgboost: 'XGBoost (JSON)',
    ubjson: 'XGBoost (UBJSON)',
    onnx: 'ONNX',
  },
  done: 'The model is exported, with 1,000 rows to check it by.',
  doneAlone: 'The model is exported as a workbook.',
  remark: 'Model “{{model}}” of Tranche: {{target}}, in {{unit}}.',
  notCarried: 'What this export does not say',
  limits: {
    history:
      'Features made of the past (unit, class, fleet) are not computed: fill them in, or leave them at their usual value.',
    features:
      'The model takes its features, not the columns of the file: month, weekday or age made of a date have to be computed before.',
    codes: 'Labels are given by their codes, in the order of the file of check rows.',
    log: 'The prediction is log(1 + duration): the duration is exp(prediction) − 1.',
    levels:
      'The levels P10 to P90 stay in Tranche, and so does its refusal to answer where too few outages are alike: this form always gives a figure.',
    'single-precision': 'These trees add up in single precision; here in double: the last digits differ.',
    within: 'Levels are those of a case like those learnt: they do not widen beyond.',
    'open-cells': 'An empty cell is read as the model has learnt it, without the wide estimate of Tranche.',
  },
  refusal: {
    family: '“{{model}}” is no sum of trees and terms, the one form that other tools can hold',
    'linear-start': '“{{model}}” does not start from a constant, the one start that XGBoost can hold',
    several: '“{{model}}” blends several models, and XGBoost holds but one',
  },
  offer:
    'The best of the models compared that do, “{{offered}}”, errs by {{offered_mae, number}} on average instead of {{own_mae, number}}.',
  noOffer: 'None of the models compared goes into this format.',
  unread: {
    booster: 'it is not of plain trees',
    objective: 'its objective transforms the sum of the leaves',
    outputs: 'it has several outputs',
    categories: 'a column has more than 254 categories',
    depth: 'a tree has more than 64 levels',
    'base-score': 'its base_score has more than nine digits, which XGBoost reads as 0.5',
  },
  workbook: {
    answer: 'Forecast',
    model: 'Model',
    labels: 'Labels',
    levels: 'Levels',
    title: '{{target}} ({{unit}})',
    input: 'Input',
    value: 'Value',
    known: 'Known from training',
    prediction: 'Prediction of the model',
    p10: 'P10: one outage in ten ends before',
    p50: 'P50: one in two',
    p80: 'P80: four in five',
    p90: 'P90: nine in ten',
    noLevel: 'too few outages',
    fill: 'Fill in the yellow cells; the answer is computed anew. No macro.',
  },
  imported: 'Model imported: {{trees}} trees.',
  parity: '{{n}} check rows say the same, to the last bit.',
  noParity: 'No check rows came with it: that it says the same was not verified on this file.',
  holdout:
    'On {{n}} outages that it has not learnt: mean error {{mae}}, RMSE {{rmse}}. Its levels P10 to P90 are calibrated on them.',
  noHoldout: 'Without outages to check it by (--holdout) it announces no levels P10 to P90.',
  handedOver: '{{n}} outages written to {{parts}} files, {{features}} features. To train: {{command}}',
  offerHandOver:
    'Training would take {{needed}} of memory, more than 60 % of the {{free}} there is: export-training prepares it for several machines.',
} satisfies Translation<French['exchange']>;
