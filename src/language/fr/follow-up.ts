/** Ce que sont devenues les annonces, et si le modèle tient encore. */
export const followUp = {
  summary:
    '{{announced}} suivies au {{date}} : {{ended}} terminées, {{running}} en cours, {{toCome}} à venir.',
  announced_one: '{{n}} annonce',
  announced_many: '{{n}} d’annonces',
  announced_other: '{{n}} annonces',
  notJudged: {
    unknown_one: 'D’un arrêt annoncé, aucun fichier ne donne de nouvelles : il n’est pas jugé.',
    unknown_many: 'De {{n}} d’arrêts annoncés, aucun fichier ne donne de nouvelles : ils ne sont pas jugés.',
    unknown_other: 'De {{n}} arrêts annoncés, aucun fichier ne donne de nouvelles : ils ne sont pas jugés.',
    silent_one:
      'Un arrêt n’est dans aucun fichier et rien ne dit qu’il soit fini : il compte comme en cours.',
    silent_many:
      '{{n}} d’arrêts ne sont dans aucun fichier et rien ne dit qu’ils soient finis : ils comptent comme en cours.',
    silent_other:
      '{{n}} arrêts ne sont dans aucun fichier et rien ne dit qu’ils soient finis : ils comptent comme en cours.',
    conflict_one: 'Un arrêt a des issues qui se contredisent : il n’est pas jugé.',
    conflict_many: '{{n}} d’arrêts ont des issues qui se contredisent : ils ne sont pas jugés.',
    conflict_other: '{{n}} arrêts ont des issues qui se contredisent : ils ne sont pas jugés.',
    late_one: 'Une annonce a été faite après le début de l’arrêt.',
    late_many: '{{n}} d’annonces ont été faites après le début de l’arrêt.',
    late_other: '{{n}} annonces ont été faites après le début de l’arrêt.',
    unannounced_one: 'Une ligne du fichier parle d’un arrêt qui n’a pas été annoncé.',
    unannounced_many: '{{n}} de lignes du fichier parlent d’arrêts qui n’ont pas été annoncés.',
    unannounced_other: '{{n}} lignes du fichier parlent d’arrêts qui n’ont pas été annoncés.',
    duplicates_one: 'Une ligne répète la fin d’un arrêt : elle compte une fois.',
    duplicates_many: '{{n}} de lignes répètent la fin d’un arrêt : elles comptent une fois.',
    duplicates_other: '{{n}} lignes répètent la fin d’un arrêt : elles comptent une fois.',
    recoded: '« {{from}} » s’écrit « {{to}} » dans le fichier : {{outages}} rapprochés par leurs dates.',
    factor: 'Les durées du fichier valent environ {{factor}} fois celles annoncées : vérifiez leur unité.',
  },
  join: {
    identifier: 'même identifiant',
    identifierMoved: 'même identifiant, début décalé de {{shift}}',
    unitAndDate: 'même tranche, même début',
    unitAndDateMoved: 'même tranche, début décalé de {{shift}}',
    date: 'mêmes dates ; la tranche s’écrit « {{unit}} » dans le fichier',
  },
  conflictRows: '{{outage}} : {{reason}} (lignes {{rows}}).',
  conflict: {
    'outcomes-differ': 'deux lignes, deux durées',
    'unit-differs': 'l’identifiant est celui d’une autre tranche',
    'dates-differ': 'l’identifiant est le même, les dates sont trop éloignées',
    several: 'plusieurs arrêts pourraient être celui-là',
  },
  coverage: {
    heading: 'Niveaux tenus',
    level: 'Niveau',
    promised: 'Annoncé',
    kept: 'Tenu',
    judged: 'Arrêts jugés',
    p50: 'P50',
    p80: 'P80',
    p10p90: 'P10–P90',
    range: '{{share}} ({{low}}–{{high}})',
    none: 'aucun jugé',
    within:
      '{{level}} annoncé à {{nominal}}, tenu {{held}} fois sur {{n}}, soit {{share}} : rien ne le contredit.',
    below:
      '{{level}} annoncé à {{nominal}}, tenu {{held}} fois sur {{n}}, soit {{share}}, et au plus {{high}} : les durées sont annoncées trop courtes ou trop sûres.',
    above:
      '{{level}} annoncé à {{nominal}}, tenu {{held}} fois sur {{n}}, soit {{share}}, et au moins {{low}} : l’annonce est trop prudente.',
    flattery:
      'Parmi les seuls arrêts terminés, P80 paraît tenu à {{share}} : les plus longs n’y sont pas encore.',
  },
  errors: {
    heading: 'Erreur et biais',
    mae: 'Sur {{outages}} dont tous les niveaux sont passés, l’erreur moyenne est de {{mae}}.',
    maeExpected:
      'Sur {{outages}} dont tous les niveaux sont passés, l’erreur moyenne est de {{mae}} ; {{expected}} étaient attendus au choix du modèle.',
    planned:
      'La durée annoncée par le planificateur se trompe de {{other}} sur les mêmes {{outages}}, le modèle de {{model}}.',
    classMedian:
      'La médiane de la classe se trompe de {{other}} sur les mêmes {{outages}}, le modèle de {{model}}.',
    biasRange: 'Écart médian au P50 : {{bias}}, soit {{ratio}}.',
    ratioRange: '{{value}} [{{low}} ; {{high}}]',
    none: 'Aucun arrêt n’a encore vu passer tous ses niveaux : ni erreur ni biais ne se mesurent sans flatter.',
  },
  calibration: {
    quiet: 'Rien ne dit que les durées s’écartent de ce qui est annoncé ({{outages}} regardés).',
  },
  alarm: {
    heading: 'Alertes',
    none: 'Aucune alerte.',
    proven: 'Prouvé',
    watch: 'À surveiller',
    later: 'les arrêts finissent plus tard qu’annoncé',
    earlier: 'les arrêts finissent plus tôt qu’annoncé',
    wider: 'les durées sont plus dispersées qu’annoncé',
    narrower: 'les durées sont moins dispersées qu’annoncé',
    laterOf: '{{label}} ({{column}}) : les arrêts finissent plus tard qu’annoncé',
    earlierOf: '{{label}} ({{column}}) : les arrêts finissent plus tôt qu’annoncé',
    widerOf: '{{label}} ({{column}}) : les durées sont plus dispersées qu’annoncé',
    narrowerOf: '{{label}} ({{column}}) : les durées sont moins dispersées qu’annoncé',
    calibration: '{{point}}, depuis le {{since}} environ ; {{effect}}.',
    ratio: 'écart médian au P50 {{value}} [{{low}} ; {{high}}] sur {{outages}}',
    ratioAlone: 'écart médian au P50 {{value}} sur {{outages}}, trop peu pour une fourchette',
    within: '{{value}} [{{low}} ; {{high}}] dans P10–P90 au lieu de 80 %, sur {{outages}}',
    noEffect: 'l’écart ne se mesure pas encore ({{outages}} regardés)',
    provenTodo: 'Réapprenez le modèle : le candidat passe par la comparaison avant de le remplacer.',
    dataTodo:
      'Corrigez la colonne avant de réapprendre : c’est un défaut des données plus souvent qu’un changement du parc.',
    domain:
      'Les arrêts annoncés ne ressemblent plus à ceux de l’apprentissage : un modèle les distingue {{auc}} fois sur 100 [{{low}} ; {{high}}], 50 serait le hasard ({{outages}}).',
    domainPoint: 'les arrêts annoncés ne ressemblent plus à ceux de l’apprentissage',
  },
  drift: {
    heading: 'Dérive des colonnes',
    lead: 'Les arrêts annoncés, comparés à ceux de l’apprentissage. Une dérive est signalée quand sa borne basse dépasse le seuil, jamais sur un nombre de lignes.',
    column: 'Colonne',
    status: 'État',
    effect: 'Effet [bornes]',
    visible: 'Plus petit écart visible',
    importance: 'Poids dans le modèle',
    n: 'Arrêts',
    notUsed: 'pas dans le modèle',
    quiet: 'stable',
    drift: 'dérive',
    calendar: 'avance avec le calendrier',
    'too-few': 'trop peu',
    tooFew: 'Avec {{outages}}, rien ne se voit : il en faut au moins {{least}}.',
    visibleAt: 'Avec {{outages}}, aucun écart de moins de {{visible}} ne se voit.',
    range: '{{value}} [{{low}} ; {{high}}]',
    frozen: '« {{column}} » est figée à {{value}} : {{outages}} d’affilée',
    frozenSince: '« {{column}} » est figée à {{value}} depuis le {{since}} : {{outages}} d’affilée',
    recoded:
      '« {{column}} » : « {{from}} » a disparu et « {{to}} » le remplace ({{outages}}), comme si son code avait changé',
    recodedSince:
      '« {{column}} » : « {{from}} » a disparu et « {{to}} » le remplace depuis le {{since}} ({{outages}}), comme si son code avait changé',
    'new-labels': '« {{column}} » : {{labels}} n’existait pas à l’apprentissage ({{outages}})',
    rescaled: '« {{column}} » vaut {{factor}} fois plus qu’à l’apprentissage, comme dit dans une autre unité',
    rescaledDown:
      '« {{column}} » vaut {{factor}} fois moins qu’à l’apprentissage, comme dit dans une autre unité',
    missing: '« {{column}} » est vide {{current}} du temps, au lieu de {{reference}}',
    moved:
      '« {{column}} » a pour médiane {{current}} au lieu de {{reference}} ({{effect}} étendue interquartile)',
    mix: '« {{column}} » : {{labels}} ({{effect}} de la répartition a changé)',
    mixLabel: '{{label}} {{current}} au lieu de {{reference}}',
  },
  announcing: {
    done_one: 'Une annonce ajoutée au registre.',
    done_many: '{{n}} d’annonces ajoutées au registre.',
    done_other: '{{n}} annonces ajoutées au registre.',
    none: 'Aucune annonce nouvelle.',
    already_one: 'Une annonce y était déjà, mot pour mot.',
    already_many: '{{n}} d’annonces y étaient déjà, mot pour mot.',
    already_other: '{{n}} annonces y étaient déjà, mot pour mot.',
    learnt_one: 'Un arrêt a été appris par le modèle : on n’annonce pas ce que l’on sait.',
    learnt_many: '{{n}} d’arrêts ont été appris par le modèle : on n’annonce pas ce que l’on sait.',
    learnt_other: '{{n}} arrêts ont été appris par le modèle : on n’annonce pas ce que l’on sait.',
    untold_one:
      'Une ligne n’a ni identifiant ni début : elle n’est pas annoncée, sa fin ne se retrouverait pas.',
    untold_many:
      '{{n}} de lignes n’ont ni identifiant ni début : elles ne sont pas annoncées, leur fin ne se retrouverait pas.',
    untold_other:
      '{{n}} lignes n’ont ni identifiant ni début : elles ne sont pas annoncées, leur fin ne se retrouverait pas.',
    refused_one: 'Une annonce n’a aucun niveau, faute d’arrêts semblables : elle ne pourra pas être jugée.',
    refused_many:
      '{{n}} d’annonces n’ont aucun niveau, faute d’arrêts semblables : elles ne pourront pas être jugées.',
    refused_other:
      '{{n}} annonces n’ont aucun niveau, faute d’arrêts semblables : elles ne pourront pas être jugées.',
    unitAssumed:
      'Rien ne dit l’unité des durées du fichier : elles sont prises en {{unit}}, comme au registre.',
    replayed: 'Appris sur {{training}} ; {{announced}} au fil de leurs débuts.',
  },
};
