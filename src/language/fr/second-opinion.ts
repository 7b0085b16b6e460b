export const secondOpinion = {
  heading: 'Un second avis : le réseau de neurones',
  lead: 'Un réseau de neurones apprend les mêmes arrêts par une tout autre voie, sur les mêmes plis. Là où il donne la même fourchette, la prédiction est plus solide ; là où il diverge, mieux vaut vérifier. D’une dizaine de secondes à quelques minutes.',
  action: 'Comparer avec un réseau de neurones',
  again: 'Recommencer',
  stopped: 'Arrêtée avant la fin : le réseau n’a pas tout appris, ou n’a pas été jugé sur tous les plis.',
  accuracy: {
    worse:
      'Moins juste : il se trompe de {{theirs}} en moyenne sur les arrêts de test, contre {{ours}} pour le modèle retenu.',
    better:
      'Plus juste : il se trompe de {{theirs}} en moyenne sur les arrêts de test, contre {{ours}} pour le modèle retenu. Il ne donne pourtant pas ses raisons : il n’est pas proposé.',
  },
  interval:
    'Sa fourchette P10–P90 tient {{coverage}} des {{n}} arrêts de test (promesse : {{promise}}, le hasard explique de {{low}} à {{high}}), sur {{width}} de large en moyenne.',
  oursInterval: 'Celle du modèle retenu : {{coverage}}, sur {{width}}.',
  disputed:
    'Les deux divergent sur {{fraction}} des arrêts ({{k}} sur {{n}}) : la médiane de l’un sort de la fourchette de l’autre. Le modèle retenu s’y trompe de {{errorDisputed}} en moyenne, contre {{errorAgreed}} ailleurs.',
  allDisputed:
    'Les deux divergent sur tous les arrêts : la médiane de l’un sort de la fourchette de l’autre.',
  agreed:
    'Les deux ne divergent sur aucun des {{n}} arrêts : la médiane de chacun reste dans la fourchette de l’autre.',
  furthest: 'Où ils divergent le plus',
  ours: 'Modèle retenu',
  theirs: 'Réseau',
  actual: 'Réel',
  spread: '{{p50}} ({{p10}} – {{p90}})',
  open: 'Ouvrir l’arrêt de la ligne {{row}}',
};
