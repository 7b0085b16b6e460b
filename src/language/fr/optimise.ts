/** Le meilleur plan que permettent les leviers. */
export const optimise = {
  status: {
    optimal: 'Prouvé : aucun meilleur plan dans vos bornes.',
    gap: 'Meilleur plan trouvé ; un autre pourrait encore gagner {{gap}}.',
    gapUnknown: 'Meilleur plan trouvé ; il n’est pas exclu qu’un autre soit meilleur.',
    infeasible: 'Impossible dans vos bornes : au mieux {{best}}, 8 chances sur 10.',
    nothing:
      'Dans vos bornes, le modèle n’annonce rien pour aucun plan : trop peu d’arrêts passés leur ressemblent.',
  },
  answer: {
    p50: 'P50 le plus court : {{value}} au lieu de {{base}}.',
    p80: 'P80 le plus court : {{value}} au lieu de {{base}}.',
    cost: 'Coût total le plus bas : {{value}} au lieu de {{base}}.',
    target: 'Objectif tenu 8 fois sur 10 : P80 de {{value}} au lieu de {{base}}.',
    same: 'Le plan actuel est déjà le meilleur.',
  },
  present: 'Plan actuel',
  proposed: 'Plan proposé',
  level: { p50: 'P50', p80: 'P80', range: 'P10 à P90' },
  leverCost: 'Coût des leviers',
  totalCost: 'Coût total',
  binding: {
    frozen: '{{column}} est figé.',
    bound: '{{column}} s’arrête à la borne que vous avez donnée.',
    support: '{{column}} s’arrête là où s’arrête ce que les arrêts passés ont vu.',
    cost: '{{column}} pourrait encore raccourcir l’arrêt, mais coûterait plus que cela ne rapporte.',
    flat: '{{column}} ne change rien à la durée, selon le modèle.',
    best: '{{column}} est à sa meilleure valeur : plus ou moins n’y gagne rien.',
  },
  outside_many:
    '{{n}} de valeurs sont hors de ce que les arrêts passés ont vu : elles n’ont pas été proposées.',
  outside_other:
    '{{n}} valeurs sont hors de ce que les arrêts passés ont vu : elles n’ont pas été proposées.',
  outside_one: 'Une valeur est hors de ce que les arrêts passés ont vu : elle n’a pas été proposée.',
  without: 'Réponse donnée sans {{columns}}, que personne ne connaît encore.',
  front: {
    title: 'Coût des leviers et P80',
    partial: 'La recherche a été arrêtée : d’autres compromis peuvent exister.',
  },
  association:
    'Ce sont des associations observées dans les arrêts passés, non la preuve d’un effet : les arrêts difficiles reçoivent souvent plus de moyens.',
  optimism: {
    measured:
      'Un plan choisi parce qu’il est le meilleur paraît meilleur qu’il n’est : annoncez plutôt {{announced}}, soit {{optimism}} de plus, mesurés par des modèles appris sur d’autres arrêts.',
    nothing: 'Des modèles appris sur d’autres arrêts ne disent pas ce plan plus long qu’annoncé.',
    unknown:
      'Un plan choisi parce qu’il est le meilleur paraît un peu meilleur qu’il n’est ; cet écart n’a pas été mesuré, faute des données de l’apprentissage.',
  },
  none: '–',
};
