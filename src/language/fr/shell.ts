export const shell = {
  title: 'Tranche',
  tagline: 'Durées d’arrêt',
  sections: 'Rubriques',
  skipToContent: 'Aller au contenu',
  section: {
    data: 'Données',
    quality: 'Qualité',
    model: 'Modèle',
    evaluation: 'Évaluation',
    scenarios: 'Scénarios',
    optimise: 'Optimiser',
  },
  state: {
    todo: 'à faire',
    ready: 'prêt',
    working: 'en cours',
    attention: 'à vérifier',
  },
  language: 'Langue',
  languageName: { fr: 'Français', en: 'English' },
  theme: { label: 'Apparence', light: 'Clair', dark: 'Sombre', auto: 'Comme le système' },
  offline: 'Aucune donnée ne quitte ce poste',
  offlineDetail:
    "Cette page s’interdit elle-même tout accès au réseau (politique connect-src 'none', que le navigateur fait respecter). Les calculs se font ici, sur ce poste.",
  sample: 'exemple',
  stale: 'à réentraîner',
  notSaved: 'pas encore enregistré',
  noData: 'Aucune donnée ouverte',
  restoring: 'Réouverture de votre travail…',
  nothingUnderWay: 'Rien en cours',
  memory: {
    title: 'Votre travail ne sera pas gardé après la fermeture de cet onglet.',
    'storage-unavailable':
      'Le navigateur refuse le stockage local (navigation privée, ou données de sites bloquées). Téléchargez votre modèle avant de fermer.',
    'storage-full':
      'L’espace de stockage du navigateur est plein. Téléchargez votre modèle, puis libérez de la place et rechargez la page.',
    'storage-too-new':
      'Une version plus récente de Tranche a déjà gardé du travail dans ce navigateur. Il est intact, mais cette version plus ancienne ne sait pas le lire : ouvrez la plus récente, ou téléchargez votre modèle avant de fermer.',
    'other-tab-upgraded':
      'Une version plus récente de Tranche est ouverte dans un autre onglet. Fermez celui-ci et continuez dans l’autre.',
  },
  crash: {
    title: 'Cet écran s’est arrêté',
    text: 'Une erreur imprévue a interrompu l’affichage. Vos données et votre modèle sont intacts : rechargez la page pour les retrouver.',
    reload: 'Recharger la page',
    detail: 'Détail technique',
  },
};
