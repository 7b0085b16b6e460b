/** What only plain text says: the command line, and later a note to print. The rest it shares with the screens. */
export const report = {
  warning: 'attention',
  fileUnreadable: 'Ce fichier ne peut pas être lu.',
  file: '{{name}} : {{reading}}, dates {{dates}}',
  ledger: '{{size}}, {{records}} = {{parts}}',
  part: {
    kept_one: '{{n}} gardé',
    kept_many: '{{n}} de gardés',
    kept_other: '{{n}} gardés',
    rejected_one: '{{n}} rejeté',
    rejected_many: '{{n}} de rejetés',
    rejected_other: '{{n}} rejetés',
    empty_one: '{{n}} vide',
    empty_many: '{{n}} de vides',
    empty_other: '{{n}} vides',
    headers_one: '{{n}} ligne de titres',
    headers_many: '{{n}} de lignes de titres',
    headers_other: '{{n}} lignes de titres',
    titles_one: '{{n}} intitulé',
    titles_many: '{{n}} d’intitulés',
    titles_other: '{{n}} intitulés',
    totals_one: '{{n}} total',
    totals_many: '{{n}} de totaux',
    totals_other: '{{n}} totaux',
    repeatedHeaders_one: '{{n}} ligne de titres répétée',
    repeatedHeaders_many: '{{n}} lignes de titres répétées',
    repeatedHeaders_other: '{{n}} lignes de titres répétées',
    notes_one: '{{n}} page ou note',
    notes_many: '{{n}} pages ou notes',
    notes_other: '{{n}} pages ou notes',
    otherTables_one: '{{n}} ligne d’un autre tableau',
    otherTables_many: '{{n}} lignes d’autres tableaux',
    otherTables_other: '{{n}} lignes d’autres tableaux',
  },
  twoReadings: '{{field}} : deux lectures possibles, {{value}} retenu',
  twoReadingsOf: '{{field}} : deux lectures possibles ({{examples}}), {{value}} retenu',
  retrain: {
    file: '{{name}} : {{kept}} lignes prises, {{repeated}} déjà présentes, {{rejected}} rejetées',
    takenFile: '{{name}} a été pris.',
    refusedFile: '{{name}} a été refusé ; il se trouve dans « refused » avec la raison à côté.',
    sameData: 'Rien de nouveau : ces lignes ont déjà été jugées. Le dépôt est inchangé.',
    tooFew:
      'Rien pour juger encore : moins de dix arrêts terminés sont nouveaux pour le modèle en service. Le dépôt est inchangé.',
    planFirst: 'Entraînerait un premier modèle sur {{train}} lignes. Rien n’a été écrit.',
    plan: 'Entraînerait sur {{train}} lignes et jugerait sur {{test}} que le modèle en service ({{champion}}) n’a pas apprises. Rien n’a été écrit.',
    promoted: 'La version {{version}} est maintenant en service.',
    kept: 'Le modèle en service reste ; la version {{version}} n’a pas été promue.',
    errors:
      'Erreur quadratique moyenne {{newMse}} contre {{oldMse}}, erreur absolue moyenne {{newMae}} contre {{oldMae}}.',
    first: 'C’est la première, et elle fait mieux que la médiane.',
    notFirst: 'Ce serait la première, et elle ne fait pas mieux que la médiane.',
    strict:
      'Décidé par la seule erreur quadratique moyenne (--rule strict), qui promeut une fois sur deux l’un de deux modèles égaux.',
    entry: '{{n}}, {{at}}, {{by}} {{action}} {{version}} : {{reason}}',
    action: {
      submit: 'a soumis',
      judge: 'a jugé',
      promote: 'a promu',
      refuse: 'a refusé',
      'roll-back': 'est revenu à',
      discard: 'a écarté',
    },
    storeSound: 'Le dépôt est sain : {{entries}} entrées, {{versions}} versions ; en service : {{champion}}.',
    storeBroken: 'Quelque chose est perdu ou altéré dans le dépôt :',
    noChampion: 'aucune',
    pointerLate: 'current.json ne dit pas la dernière promotion ; le prochain réentraînement le corrige.',
    orphans: '{{n}} objets ne sont nommés par aucune entrée : restes d’un réentraînement interrompu.',
  },
  tuning: {
    trials_one: '{{n}} essai',
    trials_many: '{{n}} d’essais',
    trials_other: '{{n}} essais',
    searched:
      'Recherche de réglages des arbres boostés et de la forêt sur {{n}} : {{trials}}. Les autres modèles que l’entraînement compare n’y prennent pas part.',
    chosen:
      'Réglages retenus : {{settings}}. Par rapport aux meilleurs réglages sans recherche ({{default}}), l’erreur baisse de {{gain}} (erreur type {{deviation}}).',
    nothingBetter: 'Le réglage n’a rien apporté : rien ne fait mieux que {{settings}}.',
    notWorth:
      'Le réglage n’a rien apporté de sûr : {{best}} gagne {{gain}} (erreur type {{deviation}}), ce que le hasard explique ou qui ne se remarque pas. Restent : {{settings}}.',
    corrected:
      'Erreur à attendre de ce choix : {{mae}} (8 fois sur 10 entre {{low}} et {{high}}) ; le meilleur essai affiche {{best}}, flatté d’avoir été choisi. Les réglages par défaut font aussi bien avec une probabilité de {{chance}}.',
    outer:
      'Sur {{n}} jamais vus, regardés une seule fois : {{default}} par défaut, {{best}} pour le meilleur essai.',
    stop: {
      trials: 'Fin : tous les essais prévus sont faits.',
      exhausted: 'Fin : il ne reste rien à essayer.',
      minutes: 'Fin : le temps prévu est écoulé.',
      stopped: 'Fin : arrêté à la demande.',
    },
    settings: 'essai (= par défaut, * meilleur, – abandonné)',
    again: 'autres plis',
    importance: 'ce qui sépare les meilleurs essais',
    tooFewTrials: 'Trop peu d’essais achevés pour dire quel réglage compte : il en faut 30.',
  },
  workersCapped: '{{most}} fils de calcul au plus',
  memory: 'environ {{needed, bytes}} de mémoire seront nécessaires',
  memoryShort:
    'environ {{needed, bytes}} de mémoire seront nécessaires et {{free, bytes}} sont libres : fermez d’autres programmes, ou prenez moins de lignes',
  readAsLearnt:
    'Ce fichier laisse ouverts l’ordre des dates ou la marque décimale : il est lu comme celui dont le modèle a appris.',
  decides: '{{readings}} ; {{option}} en décide',
  rejected: 'ligne {{line}} rejetée, {{reason}} : {{raw}}',
  setAside_one: '{{n}} ligne mise à part : {{reason}}',
  setAside_many: '{{n}} de lignes mises à part : {{reason}}',
  setAside_other: '{{n}} lignes mises à part : {{reason}}',
  refusedRows_one:
    '{{n}} ligne reste sans chiffre : trop peu d’arrêts de sa classe ont pu être jugés, ils ne ressemblent pas aux autres, ou elle est trop loin de tous',
  refusedRows_many:
    '{{n}} de lignes restent sans chiffre : trop peu d’arrêts de leur classe ont pu être jugés, ils ne ressemblent pas aux autres, ou elles sont trop loin de tous',
  refusedRows_other:
    '{{n}} lignes restent sans chiffre : trop peu d’arrêts de leur classe ont pu être jugés, ils ne ressemblent pas aux autres, ou elles sont trop loin de tous',
  wideRows_one:
    '{{n}} ligne a des cellules vides que rien ne règle : estimation large, dite dans une colonne à part',
  wideRows_many:
    '{{n}} de lignes ont des cellules vides que rien ne règle : estimation large, dite dans une colonne à part',
  wideRows_other:
    '{{n}} lignes ont des cellules vides que rien ne règle : estimation large, dite dans une colonne à part',
  underWay_one: '{{n}} arrêt en cours au {{date}} : appris par ce qu’il avait duré',
  underWay_many: '{{n}} d’arrêts en cours au {{date}} : appris par ce qu’ils avaient duré',
  underWay_other: '{{n}} arrêts en cours au {{date}} : appris par ce qu’ils avaient duré',
  remaining: {
    asked_one: 'Temps restant demandé pour {{n}} ligne.',
    asked_many: 'Temps restant demandé pour {{n}} de lignes.',
    asked_other: 'Temps restant demandé pour {{n}} lignes.',
    refused_one:
      '{{n}} reste sans P80 : trop peu d’arrêts passés ont duré aussi longtemps ou sont de ce type, ou trop peu est connu d’elle.',
    refused_many:
      '{{n}} restent sans P80 : trop peu d’arrêts passés ont duré aussi longtemps ou sont de ce type, ou trop peu est connu d’elles.',
    refused_other:
      '{{n}} restent sans P80 : trop peu d’arrêts passés ont duré aussi longtemps ou sont de ce type, ou trop peu est connu d’elles.',
  },
  leftOut: '« {{column}} » est laissée de côté. {{leak}} L’option {{option}} l’utilise.',
  leakUsed: '« {{column}} » sert au modèle. {{leak}}',
  outages: '{{target}} : {{outages}} sur {{rows}}',
  chosen: 'Modèle retenu : {{model}}',
  testMae: 'MAE de test',
  inspection: {
    columns: 'Colonnes',
    role: 'rôle',
    type: 'type',
    missing: 'manquantes',
    distinct: 'distinctes',
    noTarget: 'Pas de durée à prédire : {{what}}',
    features: 'Appris de : {{columns}}',
  },
  models: 'Modèles comparés, sur {{folds}} plis',
  modelsRepeated: 'Modèles comparés, {{draws}} fois sur {{folds}} plis',
};
