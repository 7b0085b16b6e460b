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
  },
  twoReadings: '{{field}} : deux lectures possibles, {{value}} retenu',
  twoReadingsOf: '{{field}} : deux lectures possibles ({{examples}}), {{value}} retenu',
  decides: '{{readings}} ; {{option}} en décide',
  rejected: 'ligne {{line}} rejetée, {{reason}} : {{raw}}',
  setAside_one: '{{n}} ligne mise à part : {{reason}}',
  setAside_many: '{{n}} de lignes mises à part : {{reason}}',
  setAside_other: '{{n}} lignes mises à part : {{reason}}',
  refusedRows_one:
    '{{n}} ligne reste sans chiffre : trop peu d’arrêts de sa classe ont pu être jugés, ou elle est trop loin de tous',
  refusedRows_many:
    '{{n}} de lignes restent sans chiffre : trop peu d’arrêts de leur classe ont pu être jugés, ou elles sont trop loin de tous',
  refusedRows_other:
    '{{n}} lignes restent sans chiffre : trop peu d’arrêts de leur classe ont pu être jugés, ou elles sont trop loin de tous',
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
      '{{n}} reste sans P80 : trop peu d’arrêts passés ont duré aussi longtemps, ou trop peu est connu d’elle.',
    refused_many:
      '{{n}} restent sans P80 : trop peu d’arrêts passés ont duré aussi longtemps, ou trop peu est connu d’elles.',
    refused_other:
      '{{n}} restent sans P80 : trop peu d’arrêts passés ont duré aussi longtemps, ou trop peu est connu d’elles.',
  },
  leftOut: '« {{column}} » est laissée de côté. {{leak}} L’option {{option}} l’utilise.',
  leakUsed: '« {{column}} » sert au modèle. {{leak}}',
  outages: '{{target}} : {{outages}} sur {{rows}}',
  chosen: 'Modèle retenu : {{model}}',
  testMae: 'MAE de test',
  models: 'Modèles comparés, sur {{folds}} plis',
};
