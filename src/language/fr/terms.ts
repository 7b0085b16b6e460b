/** Names of models, metrics and hyperparameters: the field's terms as a planner reads them. */
export const terms = {
  model: {
    median: 'Médiane de tous les arrêts',
    'median-per-class': 'Médiane par classe',
    'median-per-unit': 'Médiane par tranche',
    announced: 'Durée annoncée',
    linear: 'Modèle linéaire',
    'linear-log': 'Modèle linéaire sur log',
    'gradient-boosting': 'Arbres boostés',
    'gradient-boosting-log': 'Arbres boostés sur log',
    'gradient-boosting-linear-init': 'Arbres boostés, départ linéaire',
    'gradient-boosting-linear-init-log': 'Arbres boostés sur log, départ linéaire',
    'quantile-forest': 'Forêt de quantiles',
    neural: 'Réseau de neurones',
    'neural-log': 'Réseau de neurones sur log',
    blend: 'Mélange de modèles',
  },
  metric: {
    mae: 'Erreur moyenne (MAE)',
    rmse: 'RMSE',
    r2: 'R²',
    maeHelp: 'De combien on se trompe en moyenne, en plus ou en moins.',
    rmseHelp: 'Comme l’erreur moyenne, mais les grosses erreurs pèsent plus.',
    r2Help:
      'Part des écarts de durée que le modèle explique : 1 est parfait, 0 ne vaut pas mieux que la moyenne.',
    bias: 'Biais',
    medianAbsoluteError: 'Erreur médiane',
    shareLate: 'Part en retard',
    p80: 'P80 de l’erreur',
    p90: 'P90 de l’erreur',
  },
};
