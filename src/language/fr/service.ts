/** La page d'état du service de prédiction. */
export const service = {
  title: 'État du service de prédiction',
  state: 'État',
  states: {
    ready: 'en service',
    waiting: 'attend un premier modèle',
    draining: 's’arrête : les dernières demandes reçoivent leur réponse',
  },
  running: 'Démarré il y a',
  model: 'Modèle',
  modelOf: '{{name}}, version {{hash}} : {{target}}, appris sur {{rows}}',
  rows_one: '{{n}} arrêt',
  rows_many: '{{n}} d’arrêts',
  rows_other: '{{n}} arrêts',
  requests: 'Demandes',
  faults: 'Demandes en erreur par la faute du service',
  meanTime: 'Temps de réponse moyen',
  predicted: 'Arrêts prédits',
  remarks: 'Valeurs reçues hors de ce que le modèle a appris',
  noRemarks: 'aucune',
  since: 'Chiffres depuis le démarrage. Le contenu des demandes n’est jamais affiché.',
};
