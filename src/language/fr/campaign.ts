/** Une campagne : dates et effectifs des arrêts à venir. */
export const campaign = {
  column: {
    outage: 'Arrêt',
    start: 'Début',
    end: 'Fin prévue',
    crew: 'Personnes',
    p50: 'P50',
    p80: 'P80',
    late: 'Jours de retard',
  },
  row: 'ligne {{row}}',
  optimal: 'Prouvé : aucun calendrier ne coûte moins ({{cost}}).',
  gap: 'Meilleur calendrier trouvé : {{cost}} ; aucun ne coûte moins de {{bound}} (écart possible {{share}}).',
  end: 'Fin de la campagne : une chance sur deux le {{p50}} au plus tard, 8 chances sur 10 le {{p80}} au plus tard, les arrêts se suivant dans le même ordre.',
  over: 'Si toutes les dates de début sont tenues quoi qu’il arrive, la limite de personnes est dépassée un jour au moins dans {{share}} des cas (aléas liés à {{link}} au sein d’un site).',
  more: 'Une personne de plus ferait gagner {{cost}}.',
  fewer: 'Une personne de moins coûterait {{cost}}.',
  leftOut_one: '{{n}} arrêt n’a pas pu être placé.',
  leftOut_many: '{{n}} d’arrêts n’ont pas pu être placés.',
  leftOut_other: '{{n}} arrêts n’ont pas pu être placés.',
  why: {
    'no-start': 'Sans date au plus tôt : lignes {{rows}}.',
    'no-crew': 'Sans nombre de personnes : lignes {{rows}}.',
    'no-level': 'Sans durée annoncée par le modèle : lignes {{rows}}.',
  },
  howTo:
    'Chaque arrêt est prévu pour le début de sa ligne ; ses jours sont entiers. L’effet des personnes est une association observée dans les arrêts passés, non la preuve d’un effet.',
};
