import type { French, Translation } from '../translation.ts';

export const terms = {
  model: {
    median: 'Median of all outages',
    'median-per-class': 'Median per class',
    'median-per-unit': 'Median per unit',
    announced: 'Announced duration',
    linear: 'Linear model',
    'linear-log': 'Linear model on log',
    'gradient-boosting': 'Boosted trees',
    'gradient-boosting-log': 'Boosted trees on log',
    'gradient-boosting-linear-init': 'Boosted trees, linear start',
    'gradient-boosting-linear-init-log': 'Boosted trees on log, linear start',
    'quantile-forest': 'Quantile forest',
    'own-past': 'Past of the unit and class',
    'nearest-past': 'Nearest past outages',
    neural: 'Neural network',
    'neural-log': 'Neural network on log',
    blend: 'Blend of models',
    'blend-own-past': 'Half best model, half past of the unit',
  },
  metric: {
    mae: 'Mean error (MAE)',
    rmse: 'RMSE',
    r2: 'R²',
    maeHelp: 'How far off a prediction is on average, above or below.',
    rmseHelp: 'Like the mean error, but large errors weigh more.',
    r2Help:
      'Share of the differences in duration that the model explains: 1 is perfect, 0 is no better than the mean.',
    bias: 'Bias',
    medianAbsoluteError: 'Median error',
    shareLate: 'Share late',
    p80: 'P80 of the error',
    p90: 'P90 of the error',
  },
} satisfies Translation<French['terms']>;
