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
    "Les calculs se font ici, sur ce poste. Le navigateur lui-même refuse à cette page tout accès au réseau (politique connect-src 'none'), et la page ferme elle-même, avant toute autre chose, ce qu'une politique ne couvre pas : WebRTC, autres fenêtres, départ vers une autre adresse. Ce qu'elle ne peut pas retenir : ce que vous téléchargez ou copiez vous-même, les extensions du navigateur, une page qui l'encadrerait.",
  about: {
    open: 'À propos',
    title: 'À propos de Tranche',
    packages:
      'Tranche tient dans ce seul fichier. Il est fait aussi du travail d’autres, dont voici les paquets, les licences et les mentions, dans leurs propres mots :',
    notices: 'Licences des paquets',
    unbuilt: 'Les mentions sont écrites dans la page construite (npm run build).',
  },
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
