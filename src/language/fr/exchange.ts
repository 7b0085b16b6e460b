/** Modèles qui vont vers d'autres outils, ou en viennent. */
export const exchange = {
  menu: 'Exporter le modèle vers…',
  format: {
    excel: 'Classeur Excel (formules, sans macro)',
    javascript: 'Code JavaScript',
    python: 'Code Python',
    c: 'Code C',
    sql: 'Requête SQL',
    xgboost: 'XGBoost (JSON)',
    ubjson: 'XGBoost (UBJSON)',
    onnx: 'ONNX',
  },
  done: 'Le modèle est exporté, avec 1 000 lignes de contrôle.',
  doneAlone: 'Le modèle est exporté en classeur.',
  remark: 'Modèle « {{model}} » de Tranche : {{target}}, en {{unit}}.',
  notCarried: 'Ce que cet export ne dit pas',
  limits: {
    history:
      'Les variables tirées du passé (tranche, classe, parc) ne sont pas calculées : à saisir, ou laissées à leur valeur usuelle.',
    features:
      'Le modèle attend ses variables, et non les colonnes du fichier : mois, jour de semaine ou âge tirés d’une date sont à calculer avant.',
    codes: 'Les libellés sont donnés par leur code, dans l’ordre du fichier de contrôle.',
    log: 'La prédiction est log(1 + durée) : la durée est exp(prédiction) − 1.',
    levels:
      'Les niveaux P10 à P90 restent dans Tranche, et le refus de répondre là où trop peu d’arrêts se ressemblent aussi : cette forme donne toujours un chiffre.',
    'single-precision':
      'Ces arbres s’additionnent en simple précision ; ici en double : les derniers chiffres diffèrent.',
    within: 'Les niveaux sont ceux d’un cas semblable à ceux appris : ils ne s’élargissent pas au-delà.',
    'open-cells': 'Une cellule vide est lue comme le modèle l’a apprise, sans l’estimation large de Tranche.',
  },
  refusal: {
    family:
      '« {{model}} » n’est pas une somme d’arbres et de termes, seule forme que d’autres outils savent tenir',
    'linear-start': '« {{model}} » ne part pas d’une constante, seul départ que XGBoost sait tenir',
    several: '« {{model}} » mélange plusieurs modèles, et XGBoost n’en tient qu’un',
  },
  offer:
    'Le meilleur des modèles comparés qui y vont, « {{offered}} », se trompe en moyenne de {{offered_mae, number}} au lieu de {{own_mae, number}}.',
  noOffer: 'Aucun des modèles comparés ne va vers ce format.',
  unread: {
    booster: 'ce ne sont pas de simples arbres',
    objective: 'son objectif transforme la somme des feuilles',
    outputs: 'il a plusieurs sorties',
    categories: 'une colonne a plus de 254 catégories',
    depth: 'un arbre a plus de 64 niveaux',
    'base-score': 'son base_score a plus de neuf chiffres, et XGBoost le lit alors comme 0,5',
  },
  workbook: {
    answer: 'Prévision',
    model: 'Modèle',
    labels: 'Libellés',
    levels: 'Niveaux',
    title: '{{target}} ({{unit}})',
    input: 'Entrée',
    value: 'Valeur',
    known: 'Connu de l’apprentissage',
    prediction: 'Prédiction du modèle',
    p10: 'P10 : un arrêt sur dix finit avant',
    p50: 'P50 : un sur deux',
    p80: 'P80 : quatre sur cinq',
    p90: 'P90 : neuf sur dix',
    noLevel: 'trop peu d’arrêts',
    fill: 'Remplissez les cellules jaunes ; la réponse se recalcule. Aucune macro.',
  },
  imported: 'Modèle importé : {{trees}} arbres.',
  parity: '{{n}} lignes de contrôle disent la même chose, au bit près.',
  noParity: 'Aucune ligne de contrôle ne l’accompagnait : sa fidélité n’a pas été vérifiée sur ce fichier.',
  holdout:
    'Sur {{n}} arrêts qu’il n’a pas appris : erreur moyenne {{mae}}, RMSE {{rmse}}. Ses niveaux P10 à P90 en sont calibrés.',
  noHoldout: 'Sans arrêts de contrôle (--holdout), il n’annonce pas de niveaux P10 à P90.',
  handedOver:
    '{{n}} arrêts écrits en {{parts}} fichiers, {{features}} variables. Apprentissage : {{command}}',
  offerHandOver:
    'L’apprentissage demanderait {{needed}} de mémoire, plus de 60 % des {{free}} disponibles : export-training prépare un apprentissage sur plusieurs machines.',
};
