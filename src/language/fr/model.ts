export const model = {
  heading: 'Entraîner un modèle',
  lead: 'Les réglages par défaut conviennent : il suffit d’entraîner. Plusieurs modèles sont essayés, notés sur des arrêts qu’ils n’ont pas vus, et le meilleur est gardé.',
  needsData: 'Il faut d’abord des arrêts passés.',
  goToData: 'Aller aux Données',
  train: 'Entraîner',
  trainAgain: 'Réentraîner',
  training: 'Entraînement en cours…',
  learnsFrom: '{{target}} à partir de {{features}}, sur {{outages}}',
  blocked: 'L’entraînement attend',
  horizon: {
    heading: 'Réponse attendue',
    plan: 'Pour planifier',
    start: 'Au démarrage',
    help: {
      plan: 'Pour un arrêt à venir : le modèle n’apprend que de ce qui se sait d’avance, et du passé connu {{lead}} avant le début de chaque arrêt.',
      start:
        'Pour un arrêt qui commence : tout ce qui est connu ce jour-là sert. Pour un arrêt prévu dans des mois, choisissez « Pour planifier ».',
    },
    leftOut_one: '{{columns}} de côté, connue seulement au démarrage : {{names}}.',
    leftOut_many: '{{columns}} de côté, connues seulement au démarrage : {{names}}.',
    leftOut_other: '{{columns}} de côté, connues seulement au démarrage : {{names}}.',
    unavailable: 'Il faut une colonne de rôle « Début » pour planifier.',
    why: {
      near: 'Choix par défaut : le fichier a des dates de début, et dit des choses qui ne se savent qu’à leur approche.',
      'no-start': 'Choix par défaut : sans dates de début, on ne peut pas planifier.',
      'nothing-before': 'Choix par défaut : aucune colonne n’est connue d’avance.',
      'nothing-near': 'Choix par défaut : tout ce que dit le fichier se sait d’avance.',
      'too-few-before':
        'Choix par défaut : trop peu d’arrêts étaient finis assez longtemps avant ceux qui jugent pour apprendre à planifier.',
    },
    price: {
      more: 'Répondre {{lead}} avant coûte {{days}} d’erreur de plus qu’au démarrage (n = {{n}}, de {{low}} à {{high}}).',
      less: 'Répondre {{lead}} avant ne coûte rien : au démarrage, l’erreur serait plus grande de {{days}} (n = {{n}}, de {{low}} à {{high}}).',
      same: 'Répondre {{lead}} avant ne coûte rien de mesurable par rapport au démarrage (n = {{n}}, de {{low}} à {{high}}).',
    },
    told: {
      plan_one:
        'Pour planifier : appris de ce qui est connu {{lead}} avant le début, sans {{columns}} connue seulement ensuite.',
      plan_many:
        'Pour planifier : appris de ce qui est connu {{lead}} avant le début, sans {{columns}} connues seulement ensuite.',
      plan_other:
        'Pour planifier : appris de ce qui est connu {{lead}} avant le début, sans {{columns}} connues seulement ensuite.',
      planAll: 'Pour planifier : appris de ce qui est connu {{lead}} avant le début de chaque arrêt.',
      start: 'Au démarrage : appris de tout ce qui est connu quand l’arrêt commence.',
      afterwards_one: '{{columns}} de côté, connue seulement après coup : {{names}}.',
      afterwards_many: '{{columns}} de côté, connues seulement après coup : {{names}}.',
      afterwards_other: '{{columns}} de côté, connues seulement après coup : {{names}}.',
    },
  },
  expected: {
    heading: 'Sens attendu',
    help: 'Ce que vous savez des leviers, toutes choses égales par ailleurs : chaque réponse le tiendra. Sans avis, les données parlent seules.',
    none: 'sans avis',
    shorter: 'raccourcit',
    longer: 'allonge',
    noLever:
      'Aucune colonne de nombres n’a le rôle « Levier » : donnez-le, dans Données, à ce que vous pouvez changer.',
    told: 'Sens attendus, tenus par chaque réponse toutes choses égales par ailleurs, dans ce que le modèle a appris : {{columns}}. La forêt et les arrêts les plus proches, qui ne peuvent pas les tenir, n’ont pas été comparés.',
    column: { shorter: 'plus de « {{column}} » raccourcit', longer: 'plus de « {{column}} » allonge' },
  },
  byDefault: 'Revenir au choix par défaut',
  split: {
    auto: 'Selon le fichier',
    heading: 'Arrêts gardés pour juger',
    random: 'Tirés au hasard',
    time: 'Les plus récents',
    stratified: 'Stratifiés par durée',
    group: 'Sans jamais partager « {{column}} »',
    ways: 'Comment les arrêts sont partagés',
    help: {
      random:
        'Un arrêt sur cinq, par exemple, est mis de côté au hasard : la note est stable, mais un peu flatteuse si le parc change avec le temps.',
      stratified:
        'Au hasard, mais avec autant d’arrêts longs et courts de chaque côté : la note varie moins quand les arrêts sont peu nombreux.',
      auto: 'Les plus récents là où des dates de début le permettent, sinon au hasard.',
      time: 'Les arrêts les plus récents sont prédits à partir des plus anciens : c’est la note honnête pour planifier.',
      group:
        'Les unités ou les sites jugés n’ont servi à aucun apprentissage : c’est la note pour une unité que le modèle n’a jamais vue.',
    },
    repeats: 'Répétitions de la validation croisée',
    repeatsHelp:
      'Les plis sont tirés à nouveau autant de fois : des notes plus stables, en autant de fois plus de temps.',
    why: {
      dated: 'Choix par défaut : le fichier a des dates de début.',
      undated: 'Il faut une colonne de rôle « Début » pour juger sur les plus récents.',
      'few-dates':
        'Choix par défaut : trop peu d’arrêts ont une date, des dates différentes ou sont finis à temps pour juger sur les plus récents.',
    },
    testFraction: 'Part mise de côté',
  },
  analyst: {
    show: 'Réglages de l’analyste',
    preset: 'Jeu de réglages',
    presetName: { default: 'Défaut', reference: 'Script de référence', custom: 'Personnalisé' },
    presetHelp: {
      default: 'Petits pas, feuilles d’au moins 20 arrêts, échelle et départ choisis par validation croisée.',
      reference:
        '100 arbres, pas de 0,1, profondeur 5, départ à la moyenne : les réglages du premier script.',
      custom: 'Vos propres réglages.',
    },
    reset: 'Tout rétablir',
    range: 'De {{min}} à {{max}} ; défaut {{default}}.',
    rangeNone: 'De {{min}} à {{max}}, ou vide : sans limite ; défaut {{default}}.',
    noLimit: 'sans limite',
    folds: 'Plis de validation croisée',
    foldsHelp: 'Chaque modèle est noté autant de fois, sur des arrêts qu’il n’a pas vus.',
    holidays: 'Tenir compte des jours fériés',
    holidaysHelp:
      'Jours fériés français et ponts dans les 7 et 30 jours qui suivent le début : calculés, connus d’avance.',
    past: 'Tenir compte du passé',
    pastHelp:
      'Médianes et nombres d’arrêts de la tranche et de sa classe, derniers arrêts : calculés de ce qui était fini alors.',
    seed: 'Graine du hasard',
    seedHelp: 'Même graine, mêmes données, mêmes réglages : même modèle, à l’octet près.',
    scale: 'Échelle de la durée',
    scaleName: {
      auto: 'choisie par validation croisée',
      identity: 'durée telle quelle',
      log1p: 'logarithme de la durée',
    },
    scaleHelp: 'Le logarithme convient quand la plupart des arrêts sont courts et quelques-uns très longs.',
    init: 'Départ du boosting',
    initName: {
      auto: 'choisi par validation croisée',
      mean: 'moyenne',
      median: 'médiane',
      linear: 'modèle linéaire',
    },
    initHelp: 'Le point de départ que les arbres corrigent ensuite.',
  },
  hyperparameter: {
    loss: {
      name: 'Perte',
      text: 'L’erreur que les arbres réduisent : au carré (sensible aux grands écarts) ou absolue (vise la médiane).',
    },
    nIterations: {
      name: 'Nombre d’arbres',
      text: 'Plus d’arbres apprennent plus de détails, jusqu’à apprendre le bruit.',
    },
    learningRate: {
      name: 'Pas d’apprentissage',
      text: 'La part de correction que chaque arbre apporte ; plus petit est plus prudent, mais demande plus d’arbres.',
    },
    maxLeafNodes: { name: 'Feuilles par arbre', text: 'Combien de cas un arbre peut distinguer.' },
    maxDepth: { name: 'Profondeur', text: 'Combien de questions de suite un arbre peut poser.' },
    minSamplesLeaf: {
      name: 'Arrêts par feuille',
      text: 'Le plus petit nombre d’arrêts sur lequel une règle peut reposer.',
    },
    l2Regularization: {
      name: 'Régularisation L2',
      text: 'Freine les corrections qui reposent sur peu d’arrêts.',
    },
    maxBins: { name: 'Classes par colonne', text: 'En combien d’intervalles chaque nombre est découpé.' },
    subsample: {
      name: 'Part d’arrêts par arbre',
      text: 'Chaque arbre n’en voit qu’une part, tirée au hasard : moins de surapprentissage.',
    },
    columnSubsample: {
      name: 'Part de colonnes par arbre',
      text: 'Chaque arbre n’en voit qu’une part : utile quand les colonnes se ressemblent.',
    },
    nIterNoChange: {
      name: 'Patience',
      text: 'Arrêt anticipé après tant d’arbres sans progrès ; 0 les fait tous.',
    },
    validationFraction: {
      name: 'Part de surveillance',
      text: 'Part des arrêts d’entraînement mise de côté pour surveiller ces progrès.',
    },
  },
  choices: { squaredError: 'erreur au carré', absoluteError: 'erreur absolue' },
  result: {
    heading: 'Modèle retenu',
    none: 'Pas encore de modèle.',
    leading:
      'En tête pour l’instant : « {{model}} », qui se trompe de {{mae}} en moyenne sur les {{outages}} comparés jusqu’ici. Un autre peut encore le dépasser.',
    noneText: 'Il apparaîtra ici, avec la raison de son choix et sa note sur des arrêts qu’il n’a pas vus.',
    stale:
      'Les données ou leurs rôles ont changé depuis cet entraînement : réentraînez pour en tenir compte.',
    opened:
      'Modèle ouvert depuis un fichier, appris sur {{outages}}. Il prédit, mais ses notes d’entraînement n’y sont pas.',
    testMae: 'Erreur moyenne sur {{outages}}, jamais vus',
    against: 'au lieu de {{median}} en annonçant toujours la médiane',
    unsure: 'un écart que le hasard explique',
    gain: '{{change}} d’erreur en moins que la médiane',
    loss: '{{change}} d’erreur en plus que la médiane',
    scale: {
      identity: 'Appris sur la durée telle quelle : la validation croisée l’a préférée à son logarithme.',
      log1p:
        'Appris sur le logarithme de la durée : la validation croisée l’a préféré, car quelques arrêts très longs dominent sinon l’erreur. Les prédictions sont ramenées à l’unité d’origine.',
      blend:
        'Mélange : chacun de ses modèles a appris à son échelle, et leurs prédictions sont réunies dans l’unité d’origine.',
      plan: 'Part de la durée annoncée. Un arrêt sans annonce est estimé par un modèle de même sorte, appris sur ceux qui n’en ont pas.',
      hazard:
        'Appris sur la chance de finir, intervalle après intervalle : médiane et quantiles sont lus sur la courbe qui en résulte.',
      past: 'Réponse lue dans les durées d’arrêts passés : leur médiane et leurs quantiles, sans autre échelle.',
      identityOnly:
        'Appris sur la durée telle quelle : son logarithme n’était pas possible, une durée étant inférieure ou égale à −1.',
      identityGiven: 'Appris sur la durée telle quelle, comme vous l’avez demandé.',
      log1pGiven:
        'Appris sur le logarithme de la durée, comme vous l’avez demandé. Les prédictions sont ramenées à l’unité d’origine.',
    },
    rows: '{{train}} pour apprendre, {{test}} pour juger',
    neither_one:
      '{{outages}} n’a servi ni à l’un ni à l’autre : sans date, ou pas fini à temps pour être connu.',
    neither_many:
      '{{outages}} n’ont servi ni à l’un ni à l’autre : sans date, ou pas finis à temps pour être connus.',
    neither_other:
      '{{outages}} n’ont servi ni à l’un ni à l’autre : sans date, ou pas finis à temps pour être connus.',
    underWay: {
      told_one:
        '{{n}} arrêt en cours au {{date}} est appris par ce qu’il avait duré : avec lui, la moitié des arrêts finissent en {{p50}} (sans lui {{p50Alone}}) et 80 % en {{p80}} (sans lui {{p80Alone}}).',
      told_many:
        '{{n}} d’arrêts en cours au {{date}} sont appris par ce qu’ils avaient duré : avec eux, la moitié des arrêts finissent en {{p50}} (sans eux {{p50Alone}}) et 80 % en {{p80}} (sans eux {{p80Alone}}).',
      told_other:
        '{{n}} arrêts en cours au {{date}} sont appris par ce qu’ils avaient duré : avec eux, la moitié des arrêts finissent en {{p50}} (sans eux {{p50Alone}}) et 80 % en {{p80}} (sans eux {{p80Alone}}).',
      unknown: 'une durée inconnue',
    },
    final: 'Pour prédire, le modèle a ensuite été réajusté sur les {{outages}}.',
    finalStopped: 'Arrêté avant le réajustement : le modèle qui prédit a été appris sur {{outages}}.',
    features: {
      columns: 'Il regarde {{columns}}.',
      past_one: 'Il regarde {{columns}} + {{n}} caractéristique tirée du passé.',
      past_many: 'Il regarde {{columns}} + {{n}} caractéristiques tirées du passé.',
      past_other: 'Il regarde {{columns}} + {{n}} caractéristiques tirées du passé.',
      linearWithout: 'Sur si peu d’arrêts, les modèles linéaires s’en passent.',
    },
    time: 'Entraîné en {{time}}',
    goToEvaluation: 'Voir l’évaluation',
    goToScenarios: 'Poser une question',
    download: 'Télécharger le modèle (JSON)',
    close: 'Fermer le modèle',
    candidates: 'Modèles essayés',
    details: 'Comment il a été obtenu',
  },
  selection: {
    stopped:
      'Arrêtés en cours de comparaison, car ils ne pouvaient plus l’emporter : {{models}}. Ces erreurs sont celles de {{nFolds}} plis sur {{folds}} ({{outages}}), où « {{leader}} » se trompait de {{mae}} ; elles ne se comparent pas aux notes des autres.',
    stoppedModel: '« {{model}} » ({{mae}})',
    compared: {
      time: 'Comparés : {{models}}, sur {{outages}} prédits à partir des précédents.',
      other: 'Comparés : {{models}}, sur {{outages}} prédits sans avoir été appris.',
    },
    models_one: '{{n}} modèle',
    models_many: '{{n}} de modèles',
    models_other: '{{n}} modèles',
    alike_one: 'L’écart avec {{n}} autre peut être dû au hasard.',
    alike_many: 'L’écart avec {{n}} d’autres peut être dû au hasard.',
    alike_other: 'L’écart avec {{n}} autres peut être dû au hasard.',
    'lowest-error': 'Retenu parce que son erreur est la plus basse en validation croisée.',
    'simplest-within-one-standard-error':
      'Retenu parce qu’il est le plus simple de ceux dont l’erreur en validation croisée dépasse celle du meilleur ({{best}}) de moins de 1 % et d’une erreur-type.',
    weighted:
      'Peu d’arrêts : les modèles qui se trompent le moins sont réunis, chacun selon son erreur ({{members}}).',
    weightedToOne: 'Peu d’arrêts : tout le poids va à celui qui se trompe nettement le moins ({{model}}).',
    member: '{{model}} {{share}}',
    guarded: 'Aucun ne bat nettement la meilleure règle simple : la moitié du poids lui est laissée.',
    optimism: 'Sur {{n}} arrêts, cette erreur n’est connue qu’à {{share}} près.',
    'simplest-negligible-loss':
      'Retenu parce qu’il est plus simple que le meilleur ({{best}}) et que son erreur en validation croisée la dépasse de moins de 0,5 %.',
  },
  warning: {
    'stopped-early': 'Arrêté avant la fin à votre demande : c’est le meilleur résultat obtenu jusque-là.',
    'too-many-under-way':
      'Plus d’un arrêt sur dix est en cours depuis plus longtemps que tous ceux qui ont fini : aucun niveau (P80, P90) ne peut être promis.',
    'few-test-rows': 'Peu d’arrêts pour juger : la note est incertaine.',
    'few-rows': 'Peu d’arrêts pour apprendre : ajoutez-en pour des prédictions plus sûres.',
    'categories-merged': 'Une colonne a plus de 1 000 libellés : les plus rares ont été réunis.',
    'rows-without-start': 'Les arrêts sans date de début n’ont pas pu servir à juger sur les plus récents.',
    'groups-repeat':
      'Les {{nLabels}} libellés de « {{column}} » servent à apprendre comme à juger : la note vaut pour eux. Pour une unité jamais vue, elle est flatteuse : jugez « sans jamais partager {{column}} » (réglages).',
    'expected-in-vain':
      'Un sens était attendu de {{columns}}, mais le modèle n’en apprend rien, ou n’y voit pas de nombres : il n’en est pas tenu compte.',
    'no-better-than-median':
      'Ce modèle ne fait pas mieux que la médiane : ces colonnes n’expliquent guère la durée.',
  },
};
