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
    forecasts: 'Arrêts à venir',
    optimise: 'Optimiser',
    versions: 'Versions & suivi',
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
  notInFile: 'pas encore dans un fichier',
  notInFileDetail:
    'Ce modèle et ses scénarios n’existent que dans ce navigateur, qui peut les perdre. Enregistrez le projet dans Versions & suivi pour les mettre à l’abri.',
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
    'many-tabs':
      'Tranche est ouvert dans trop d’onglets : le fichier de celui-ci n’est plus gardé. Gardez le fichier sur votre disque, et fermez des onglets.',
    'other-tab-upgraded':
      'Une version plus récente de Tranche est ouverte dans un autre onglet. Fermez celui-ci et continuez dans l’autre.',
  },
  heard: {
    decisions: 'Un autre onglet a changé ce qui est décidé sur ces données : c’est repris ici.',
    scenario: 'Un autre onglet a changé ce scénario : il est repris ici.',
    'second-opinion': 'Un autre onglet a demandé un second avis sur ce modèle : il est repris ici.',
  },
  recovery: {
    emptied: 'Le navigateur a vidé son stockage : tout ce que Tranche y avait enregistré a disparu.',
    torn: 'Le navigateur a perdu les derniers enregistrements de Tranche.',
    back: 'Remis en place depuis la copie de secours : {{names}}.',
    whole: 'Il ne manque rien.',
    models_one: '{{n}} modèle',
    models_many: '{{n}} de modèles',
    models_other: '{{n}} modèles',
    nothing:
      'Il n’y avait pas de copie de secours : rien n’a pu être remis en place. Rouvrez votre fichier de données, et le fichier de votre modèle si vous l’avez téléchargé.',
    lostFiles: 'Sans copie de secours, donc à rouvrir depuis votre disque : {{names}}.',
    lostModels:
      'Modèles sans copie de secours, qui n’ont pas pu être remis : {{n}}. Ouvrez leur fichier si vous l’avez téléchargé, ou réentraînez.',
    behind: 'Ce qui a été enregistré juste avant l’arrêt du navigateur peut manquer : vérifiez-le.',
  },
  incoming: {
    title: 'Que faire de « {{name}} » ?',
    lead: 'Un travail est déjà ouvert. Rien ne change tant que vous n’avez pas choisi.',
    cancel: 'Ne rien faire',
    drop: 'Lâchez le fichier : un classeur, un CSV ou un modèle',
    choice: {
      predict: {
        label: 'Le prédire',
        text: 'Ce sont des arrêts à venir : le modèle ouvert répond à chaque ligne.',
      },
      append: {
        label: 'L’ajouter aux données ouvertes',
        text: 'Ce sont d’autres arrêts passés, avec les mêmes colonnes : ses lignes suivent celles de « {{data}} ».',
      },
      factors: {
        label: 'Le joindre comme facteurs externes',
        text: 'Il dit autre chose des mêmes jours : météo, consommation, effectifs. Ses valeurs sont jointes à « {{data}} » par la date.',
      },
      replace: {
        label: 'Remplacer les données ouvertes',
        text: 'C’est un autre fichier d’arrêts passés. Le modèle reste.',
      },
    },
  },
  crash: {
    title: 'Cet écran s’est arrêté',
    text: 'Une erreur imprévue a interrompu l’affichage. Vos données et votre modèle sont intacts : rechargez la page pour les retrouver.',
    reload: 'Recharger la page',
    detail: 'Détail technique',
  },
};
