export const factors = {
  heading: 'Facteurs externes',
  text: 'Ce qui entoure les arrêts : météo, charge du réseau, effectifs. Un second fichier, une ligne par jour ou par heure (et par site), joint au début de chaque arrêt.',
  drop: 'Ouvrez un fichier de facteurs externes, ou déposez-le dans la fenêtre',
  dropHint:
    'Une colonne de dates, des mesures, et le nom du site ou de la tranche s’il y en a plusieurs. Rien d’après le début d’un arrêt n’est lu.',
  missing:
    'Le nettoyage joint {{file}}, qui n’est pas là : ajoutez ce fichier de nouveau, ou retirez l’étape dans Qualité.',
  joinAgain: 'Joindre',
  another: 'Autre fichier',
  remove: 'Retirer',
  notJoined: 'Ce fichier est ouvert et n’est pas joint : les modèles n’en apprennent rien.',
  date: 'Sa date',
  theirKey: 'Sa clé',
  ourKey: 'La même chose chez les arrêts',
  oneSeries: 'aucune : une série pour tous',
  column: 'Facteur',
  atStart: 'au début',
  daysBefore: '{{n}} jours avant',
  none: 'rien',
  part: { mean: 'moyenne', min: 'minimum', max: 'maximum', sum: 'somme' },
  joined: '{{file}} est joint par {{date}}, sur le début des arrêts ({{start}}).',
  joinedByKey:
    '{{file}} est joint par {{date}}, sur le début des arrêts ({{start}}), et par {{theirs}} = {{ours}}.',
  matched_one: '{{matched}} arrêt sur {{n}} y trouve une valeur.',
  matched_many: '{{matched}} arrêts sur {{n}} y trouvent une valeur.',
  matched_other: '{{matched}} arrêts sur {{n}} y trouvent une valeur.',
  unmatched: 'Sans valeur : {{reasons}}.',
  unknownKey_one: '{{n}} dont le nom n’est pas dans le fichier',
  unknownKey_many: '{{n}} dont le nom n’est pas dans le fichier',
  unknownKey_other: '{{n}} dont le nom n’est pas dans le fichier',
  such: '{{what}} ({{names}})',
  noStart_one: '{{n}} sans date de début',
  noStart_many: '{{n}} sans date de début',
  noStart_other: '{{n}} sans date de début',
  outside_one: '{{n}} hors de ses dates',
  outside_many: '{{n}} hors de ses dates',
  outside_other: '{{n}} hors de ses dates',
  inGap_one: '{{n}} dans un trou du fichier',
  inGap_many: '{{n}} dans un trou du fichier',
  inGap_other: '{{n}} dans un trou du fichier',
  merged_one: '{{n}} ligne du fichier répète une date : la moyenne est prise (d’un libellé, le dernier).',
  merged_many:
    '{{n}} de lignes du fichier répètent une date : la moyenne est prise (d’un libellé, le dernier).',
  merged_other:
    '{{n}} lignes du fichier répètent une date : la moyenne est prise (d’un libellé, le dernier).',
  unplaced_one: '{{n}} ligne du fichier, sans date ou sans nom, ne sert pas.',
  unplaced_many: '{{n}} de lignes du fichier, sans date ou sans nom, ne servent pas.',
  unplaced_other: '{{n}} lignes du fichier, sans date ou sans nom, ne servent pas.',
  read_one: '{{n}} arrêt est prédit avec les valeurs d’un fichier de facteurs externes.',
  read_many: '{{n}} d’arrêts sont prédits avec les valeurs d’un fichier de facteurs externes.',
  read_other: '{{n}} arrêts sont prédits avec les valeurs d’un fichier de facteurs externes.',
  usual_one:
    '{{n}} arrêt est prédit avec ce que {{file}} dit d’habitude : la moyenne du même mois, les années passées.',
  usual_many:
    '{{n}} d’arrêts sont prédits avec ce que {{file}} dit d’habitude : la moyenne du même mois, les années passées.',
  usual_other:
    '{{n}} arrêts sont prédits avec ce que {{file}} dit d’habitude : la moyenne du même mois, les années passées.',
  notAsked: 'Ce modèle ne regarde aucun facteur externe : le fichier n’est pas lu.',
  onlyUsual:
    'Ce modèle planifie : il ne regarde que ce que les facteurs sont d’habitude, et le sait déjà. Le fichier n’est pas lu.',
  whenPlanning:
    'Pour planifier, les valeurs de {{file}} ne sont pas encore connues : leur moyenne du même mois, les années passées, les remplace.',
};
