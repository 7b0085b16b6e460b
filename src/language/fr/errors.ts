/** What happened, and what to do; `safe` is said once, between the two. */
export const errors = {
  cells: { number: 'nombres', date: 'dates' },
  safe: 'Vos données sont intactes.',
  during: {
    reading: 'Lecture du fichier',
    training: 'Entraînement',
    'opening-model': 'Ouverture du modèle',
    exporting: 'Préparation du fichier',
    'predicting-file': 'Prédiction du fichier',
    evaluating: 'Évaluation',
    following: 'Suivi des annonces',
    'opening-project': 'Ouverture du projet',
    comparing: 'Comparaison des versions',
    optimising: 'Recherche du meilleur plan',
    'second-opinion': 'Comparaison avec un réseau de neurones',
    explaining: 'Explication',
    replaying: 'Rejeu d’un arrêt passé',
    preparing: 'Préparation des données',
    predicting: 'Prédiction',
    saving: 'Enregistrement',
    starting: 'Réouverture de votre travail',
  },
  alike: '{{name}} (il a « {{alike}} »)',
  code: {
    internal: {
      what: 'Une erreur imprévue est survenue.',
      todo: 'Recommencez ; si elle revient, transmettez ce message : {{message}}',
    },
    cancelled: { what: 'Le travail a été annulé.', todo: 'Rien n’a changé.' },
    'invalid-setting': {
      what: 'Un réglage est hors de ses limites : {{name}} = {{value}}.',
      todo: 'Corrigez-le, ou rétablissez les réglages par défaut dans le panneau Analyste.',
    },
    'length-mismatch': {
      what: 'Deux colonnes n’ont pas la même longueur.',
      todo: 'Rouvrez le fichier ; si l’erreur revient, signalez-la.',
    },
    'target-not-finite': {
      what: 'La colonne à prédire contient des valeurs qui ne sont pas des nombres.',
      todo: 'Vérifiez sa lecture dans Données, ou choisissez une autre colonne à prédire.',
    },
    'target-not-positive': {
      what: 'La colonne à prédire contient des durées nulles ou négatives, que ce réglage n’admet pas.',
      todo: 'Laissez l’échelle et la perte en choix automatique.',
    },
    'target-constant': {
      what: 'La colonne à prédire a partout la même valeur : il n’y a rien à apprendre.',
      todo: 'Choisissez une autre colonne à prédire, ou un fichier où les durées varient.',
    },
    'weight-invalid': {
      what: 'Un poids est négatif ou n’est pas un nombre.',
      todo: 'Retirez la colonne de poids.',
    },
    'column-not-read': {
      what: 'La colonne {{column}} n’a pas été lue comme il le faut pour son rôle : ses cases ({{examples}}) ne se lisent pas comme des {{type}}.',
      todo: 'Choisissez son type dans le tableau des colonnes de Données, corrigez ces cases dans le fichier, ou donnez le rôle à une autre colonne.',
    },
    'factors-no-start': {
      what: 'Le fichier {{name}} ne peut pas être joint : les arrêts n’ont pas de date de début.',
      todo: 'Vos arrêts sont intacts. Donnez le rôle « début » à une colonne de dates, puis ajoutez de nouveau les facteurs externes.',
    },
    'factors-no-date': {
      what: 'Le fichier {{name}} ne peut pas être joint : il n’a aucune colonne de dates.',
      todo: 'Vos arrêts sont intacts. Ajoutez au fichier une colonne qui donne le jour (ou l’heure) de chaque ligne, ou nommez-la si elle a été lue autrement.',
    },
    'factors-no-values': {
      what: 'Le fichier {{name}} n’apporte rien : à part sa date et sa clé, aucune colonne ne varie.',
      todo: 'Vos arrêts sont intacts. Choisissez un fichier qui contient au moins une mesure : température, charge, effectif.',
    },
    'factors-no-match': {
      what: 'Aucun arrêt ne trouve de valeur dans {{name}} : ni les dates ni les noms ne se rejoignent.',
      todo: 'Vos arrêts sont intacts. Vérifiez que les deux fichiers couvrent les mêmes années et que les sites y portent les mêmes noms ; sinon, choisissez d’autres colonnes pour la date et la clé.',
    },
    'too-few-rows': {
      what: 'Il n’y a pas assez d’arrêts pour entraîner un modèle.',
      todo: 'Ajoutez des arrêts passés : il en faut au moins une vingtaine, et quelques centaines pour un modèle utile.',
    },
    'too-many-categories': {
      what: 'Une colonne a trop de libellés différents.',
      todo: 'Ignorez-la dans Données, ou regroupez ses libellés.',
    },
    'no-feature': {
      what: 'Aucune colonne ne reste pour expliquer la durée.',
      todo: 'Dans Données, donnez à au moins une colonne le rôle Contexte, Levier ou Groupe.',
    },
    'no-webassembly': {
      what: 'Ce navigateur ne permet pas les calculs de Tranche : WebAssembly (avec SIMD) y manque ou y est bloqué.',
      todo: 'Ouvrez la page dans un navigateur à jour, ou demandez à votre service informatique d’autoriser WebAssembly.',
    },
    'model-file-invalid': {
      what: 'Ce fichier n’est pas un modèle de Tranche lisible.',
      todo: 'Choisissez le fichier .json téléchargé depuis la rubrique Modèle.',
    },
    'model-file-too-new': {
      what: 'Ce modèle vient d’une version plus récente de Tranche.',
      todo: 'Ouvrez-le avec cette version plus récente.',
    },
    'model-file-altered': {
      what: 'Ce modèle a été modifié ou abîmé : il ne redonne pas ses prédictions de référence.',
      todo: 'Demandez le fichier d’origine, ou réentraînez le modèle.',
    },
    'model-file-too-slow': {
      what: 'Ce fichier n’a pas pu être vérifié en {{seconds}} secondes : il n’a pas été ouvert.',
      todo: 'Un modèle de Tranche s’ouvre bien plus vite : choisissez le fichier d’origine, ou réessayez quand l’ordinateur est moins occupé.',
    },
    'model-too-large': {
      what: 'Le modèle appris est trop grand pour un fichier : {{length, number}} caractères, pour {{limit, number}} au plus.',
      todo: 'Réduisez le nombre d’itérations ou de feuilles dans le panneau Analyste, puis réentraînez.',
    },
    'model-columns-missing': {
      what: 'Le modèle attend des colonnes que ce fichier n’a pas : {{columns}}.',
      todo: 'Ouvrez un fichier qui a ces colonnes, ou entraînez un modèle sur celui-ci.',
    },
    'training-outdated': {
      what: 'Les données ouvertes ne donnent plus les arrêts sur lesquels le modèle a été jugé.',
      todo: 'Relancez l’entraînement, puis la comparaison.',
    },
    'training-interrupted': {
      what: 'La page a été fermée ou rechargée pendant un entraînement, qui s’est arrêté là.',
      todo: 'Relancez-le quand vous voulez : vos choix sont gardés.',
    },
    'result-invalid': {
      what: 'Les chiffres de l’entraînement de ce modèle sont illisibles ({{place}} : {{problem}}).',
      todo: 'Le modèle s’ouvre et prédit comme avant ; réentraînez-le pour retrouver ses chiffres.',
    },
    'result-too-new': {
      what: 'Les chiffres de l’entraînement de ce modèle ont été écrits par une version plus récente de Tranche.',
      todo: 'Le modèle s’ouvre et prédit ; rouvrez la page avec cette version plus récente pour voir ses chiffres.',
    },
    'recipe-invalid': {
      what: 'Le nettoyage enregistré pour ces données est illisible ({{place}} : {{problem}}).',
      todo: 'Refaites le nettoyage ; le fichier lui-même est intact.',
    },
    'file-empty': {
      what: 'Ce fichier est vide.',
      todo: 'Vérifiez l’export, puis déposez le fichier à nouveau.',
    },
    'file-unreadable': {
      what: 'Le navigateur ne peut plus lire ce fichier : il a été déplacé, modifié ou verrouillé.',
      todo: 'Déposez-le à nouveau depuis son emplacement actuel.',
    },
    'file-damaged': {
      what: 'Ce fichier compressé est abîmé : sa fin manque ou ne se lit pas.',
      todo: 'Téléchargez-le à nouveau, ou décompressez-le avant de le déposer.',
    },
    'workbook-not-read': {
      what: 'Ce classeur est au format .{{kind}}, que Tranche ne lit pas.',
      todo: 'Ouvrez-le dans votre tableur, choisissez Enregistrer sous, Classeur Excel (.xlsx), puis déposez ce fichier-là.',
    },
    'workbook-locked': {
      what: 'Ce classeur est protégé par un mot de passe : son contenu est chiffré.',
      todo: 'Ouvrez-le dans votre tableur, enregistrez-en une copie sans mot de passe, puis déposez-la.',
    },
    'workbook-damaged': {
      what: 'Ce classeur est abîmé : une partie manque ou ne se lit pas. Rien n’en a été pris.',
      todo: 'Copiez-le à nouveau depuis sa source, ou ouvrez-le dans votre tableur et enregistrez-le.',
    },
    'workbook-too-large': {
      what: 'Une feuille de ce classeur dépasse, décompressée, la limite de {{limit, bytes}}. Elle n’a pas été lue.',
      todo: 'Ne gardez que les lignes et les colonnes utiles, ou exportez la feuille en CSV.',
    },
    'unknown-sheet': {
      what: 'Ce classeur n’a pas de feuille « {{sheet}} » ; il a celles-ci : {{sheets}}.',
      todo: 'Choisissez une de ses feuilles.',
    },
    'record-too-long': {
      what: 'La ligne {{line, number}} de ce fichier dépasse {{limit, number}} caractères : ce n’est pas un tableau, ou un guillemet n’est jamais refermé.',
      todo: 'Vérifiez les guillemets et les fins de ligne de l’export.',
    },
    'file-not-text': {
      what: 'Ce fichier n’est ni un CSV ni un classeur .xlsx, quel que soit son nom.',
      todo: 'Déposez la liste des arrêts en .xlsx ou en CSV.',
    },
    'file-too-large': {
      what: 'Ce fichier pèse {{bytes, bytes}} ; la limite est de {{limit, bytes}}. Il n’a pas été lu.',
      todo: 'Découpez-le, ou ne gardez que les années et les colonnes utiles.',
    },
    'file-is-image': {
      what: '« {{name}} » est une image : Tranche ne lit pas les tableaux photographiés.',
      todo: 'Déposez le classeur ou le CSV dont elle vient.',
    },
    'file-is-pdf': {
      what: '« {{name}} » est un PDF : ses tableaux ne se lisent pas.',
      todo: 'Déposez le classeur ou le CSV dont il vient.',
    },
    'several-files': {
      what: '{{n}} fichiers sont arrivés ensemble ({{names}}) : aucun n’a été ouvert.',
      todo: 'Déposez-les l’un après l’autre.',
    },
    'nothing-in-common': {
      what: '« {{name}} » n’a aucune colonne en commun avec les données ouvertes (il a : {{columns}}).',
      todo: 'Rien n’a été ajouté. Donnez aux colonnes les mêmes noms, ou ouvrez-le à la place.',
    },
    'file-no-rows': {
      what: 'Aucune ligne de ce fichier n’a pu être lue.',
      todo: 'Vérifiez le séparateur et l’encodage dans la lecture du fichier.',
    },
    'file-header-only': {
      what: 'Ce fichier n’a que sa ligne de titres : il ne contient aucun arrêt.',
      todo: 'Vérifiez l’export, puis déposez le fichier à nouveau.',
    },
    'too-many-rows': {
      what: 'Ce fichier a plus de lignes que Tranche n’en admet.',
      todo: 'La limite est de 1 000 000 de lignes : découpez le fichier ou ne gardez que les années utiles.',
    },
    'too-many-columns': {
      what: 'Ce fichier a {{columns, number}} colonnes ; la limite est de {{limit, number}}.',
      todo: 'Retirez celles qui ne servent pas, ou vérifiez le séparateur.',
    },
    'encoding-unknown': {
      what: 'L’encodage de ce fichier n’a pas pu être reconnu.',
      todo: 'Enregistrez-le en UTF-8, ou choisissez l’encodage à la main.',
    },
    'no-numeric-column': {
      what: 'Aucune colonne de ce fichier n’est un nombre ni une paire de dates : il n’y a pas de durée à apprendre.',
      todo: 'Vérifiez la marque décimale et le séparateur dans la lecture du fichier.',
    },
    'no-target': {
      what: 'La colonne à prédire n’est pas encore désignée.',
      todo: 'Dans Données, donnez à une colonne le rôle Durée à prédire, ou à deux dates les rôles Début et Fin.',
    },
    'elapsed-not-a-number': {
      what: 'La colonne « {{column}} » ne contient pas de nombres : elle ne peut pas dire depuis combien de temps durent les arrêts.',
      todo: 'Choisissez une colonne de nombres, dans l’unité de la durée.',
    },
    'elapsed-negative': {
      what: 'Un arrêt ne peut pas avoir duré {{value, number}} : le temps écoulé va de 0 vers le haut.',
      todo: 'Corrigez ce temps écoulé, puis recommencez.',
    },
    'no-elapsed-calibration': {
      what: 'Ce modèle ne garde pas de quoi dire combien de temps dure encore un arrêt en cours : il a été enregistré par une version plus ancienne, ou son apprentissage a été arrêté.',
      todo: 'Entraînez-le à nouveau sur ses données.',
    },
    'unknown-column': {
      what: 'La colonne « {{column}} » n’existe pas dans ce fichier.',
      todo: 'Choisissez une des colonnes affichées.',
    },
    'levers-none': {
      what: 'Aucun levier n’est donné : il n’y a rien à optimiser.',
      todo: 'Indiquez au moins une colonne que vous pouvez choisir, avec ses bornes.',
    },
    'levers-many': {
      what: '{{n}} leviers sont libres ; {{maximum}} au plus peuvent être optimisés ensemble.',
      todo: 'Figez ceux que vous ne comptez pas changer.',
    },
    'levers-tied': {
      what: 'Ces leviers agissent ensemble dans le modèle : {{columns}}. Leurs {{n}} combinaisons sont trop nombreuses ({{maximum}} au plus).',
      todo: 'Resserrez leurs bornes, prenez un pas plus grand, ou figez l’un d’eux.',
    },
    'lever-unknown': {
      what: 'Le levier « {{column}} » n’est pas une colonne que ce modèle regarde. Il regarde : {{known}}.',
      todo: 'Corrigez son nom, ou entraînez un modèle qui l’emploie.',
    },
    'lever-repeated': {
      what: 'Le levier « {{column}} » est donné deux fois.',
      todo: 'Ne gardez qu’une des deux lignes.',
    },
    'lever-crossed': {
      what: 'Les bornes du levier « {{column}} » se croisent : de {{min}} à {{max}}.',
      todo: 'Donnez un minimum qui ne dépasse pas le maximum.',
    },
    'lever-step': {
      what: 'Le pas du levier « {{column}} » ({{step}}) ne convient pas : il doit être positif, et laisser {{maximum}} valeurs au plus entre ses bornes.',
      todo: 'Prenez un pas plus grand, ou des bornes plus serrées.',
    },
    'lever-values': {
      what: 'Les valeurs du levier « {{column}} » ne conviennent pas : il en faut de 1 à {{maximum}}, du type de la colonne.',
      todo: 'Corrigez la liste : des libellés pour une catégorie, des nombres sinon.',
    },
    'lever-cost': {
      what: 'Un coût du levier « {{column}} » ne convient pas : {{value}}. Un coût ne peut être négatif ; un coût par unité demande une colonne de nombres ou de dates, un coût par unité et par jour une colonne de nombres.',
      todo: 'Corrigez ce coût ; pour une catégorie, donnez le coût du changement.',
    },
    'lever-outside': {
      what: 'Aucune valeur du levier « {{column}} » dans vos bornes n’a été rencontrée dans le passé : le modèle ne sait rien dire là.',
      todo: 'Donnez des bornes qui touchent ce que les arrêts passés ont vu.',
    },
    'lever-file-invalid': {
      what: 'Le fichier {{file}} ne convient pas : {{problem}}.',
      todo: 'Comparez-le à l’exemple de la documentation de la ligne de commande.',
    },
    'plan-no-levels': {
      what: 'Ce modèle n’annonce ni P50 ni P80 : son apprentissage a été arrêté avant leur calibrage. Sans eux, aucun plan ne peut être comparé à un autre.',
      todo: 'Entraînez-le à nouveau, jusqu’au bout.',
    },
    'plan-target': {
      what: 'L’objectif à tenir ne convient pas : il faut une durée positive, ou une date de fin et un début connu.',
      todo: 'Corrigez la durée, ou renseignez la date de début.',
    },
    'plan-target-before-start': {
      what: 'La date de fin à tenir tombe avant tout début possible de l’arrêt.',
      todo: 'Choisissez une date après le début, ou un début plus tôt.',
    },
    'ledger-invalid': {
      what: 'Ce fichier n’est pas un registre d’annonces valable : {{problem}}.',
      todo: 'Vos données sont intactes. Reprenez le registre tel que Tranche l’a écrit ; une annonce n’y est jamais modifiée.',
    },
    'ledger-too-new': {
      what: 'Ce registre vient d’une version plus récente de Tranche ({{version}}, cette page lit {{supported}}).',
      todo: 'Ouvrez-le avec la version qui l’a écrit. Rien n’a été modifié.',
    },
    'ledger-moved': {
      what: 'Un autre onglet a ajouté des annonces entre-temps.',
      todo: 'Rien n’a été perdu ni ajouté ici : recommencez.',
    },
    'ledger-no-key': {
      what: 'Rien ne distingue ces arrêts les uns des autres : ni identifiant, ni date de début.',
      todo: 'Donnez un identifiant ou une date de début : sans cela, leur fin ne pourrait être rapprochée de l’annonce. Rien n’a été annoncé.',
    },
    'ledger-empty': {
      what: 'Le registre ne contient aucune annonce.',
      todo: 'Annoncez d’abord une durée, ou rejouez un fichier passé.',
    },
    'outcomes-no-key': {
      what: '« {{name}} » ne dit pas comment des arrêts se sont terminés : il faut de quoi les reconnaître (identifiant, ou tranche et date de début) et une durée ou une date de fin.',
      todo: 'Vérifiez les colonnes du fichier. Le registre est intact.',
    },
    'replay-no-start': {
      what: '« {{name}} » ne donne pas de date de début : on ne peut pas rejouer ce qui aurait été annoncé.',
      todo: 'Indiquez la colonne de la date de début dans la section Données.',
    },
    'replay-nothing-after': {
      what: 'Aucun arrêt de « {{name}} » ne commence après cette date : il n’y aurait rien à annoncer.',
      todo: 'Choisissez une date plus ancienne.',
    },
    'unknown-dataset': {
      what: 'Les données ne sont plus ouvertes.',
      todo: 'Rechargez la page, ou déposez le fichier à nouveau.',
    },
    'unknown-model': {
      what: 'Le modèle n’est plus ouvert.',
      todo: 'Rechargez la page, ou réentraînez-le.',
    },
    'log-broken': {
      what: 'Le journal des versions n’est plus ce qu’il était : son entrée {{entry}} a été modifiée, retirée ou ajoutée après coup.',
      todo: 'Il s’ouvre en lecture seule jusque-là ; ouvrez une copie du fichier de projet pour retrouver la suite.',
    },
    'log-moved': {
      what: 'Le journal des versions a changé entre-temps : quelqu’un d’autre vient d’y écrire.',
      todo: 'Regardez ce qui a changé, puis recommencez.',
    },
    'version-unknown': {
      what: 'Aucune version ne porte ce nom : {{version}}.',
      todo: 'Choisissez l’une de celles de la liste.',
    },
    'version-not-allowed': {
      what: 'La version {{number}} n’est pas dans un état qui le permette.',
      todo: 'Rouvrez la liste des versions : son état a pu changer.',
    },
    'version-missing': {
      what: 'Le modèle de cette version n’est pas gardé ici.',
      todo: 'Ouvrez un fichier de projet qui le contient.',
    },
    'version-altered': {
      what: 'Le modèle de cette version n’est plus celui qui a été gardé : son empreinte diffère.',
      todo: 'Ouvrez un fichier de projet qui le contient intact.',
    },
    'gate-not-passed': {
      what: 'La comparaison avec le modèle de référence ne permet pas cette promotion.',
      todo: 'Comparez de nouveau sur d’autres arrêts, ou forcez la promotion en disant pourquoi : elle sera inscrite comme telle.',
    },
    'gate-other-targets': {
      what: 'Les deux modèles ne prédisent pas la même chose ({{old}} et {{new}}) : leurs erreurs ne se comparent pas.',
      todo: 'Comparez des modèles de la même durée.',
    },
    'gate-other-unit': {
      what: 'Les durées de la colonne {{column}} ne vont pas avec les dates du fichier : elles semblent dans une autre unité que celle de son nom.',
      todo: 'Corrigez le nom de la colonne ou ses valeurs, puis recommencez.',
    },
    'gate-no-fingerprints': {
      what: 'Le modèle {{name}} ne dit pas de quels arrêts il a appris : rien ne prouve que ceux du fichier sont nouveaux pour lui.',
      todo: 'Réentraînez-le avec cette version de Tranche.',
    },
    'signature-invalid': {
      what: 'Il manque le nom de qui agit, ou une raison d’au moins dix caractères.',
      todo: 'Complétez, puis recommencez.',
    },
    'project-invalid': {
      what: 'Ce fichier n’est pas un fichier de projet lisible : {{problem}}.',
      todo: 'Demandez-le de nouveau, ou ouvrez une autre copie.',
    },
    'project-too-new': {
      what: 'Ce fichier de projet vient d’une version plus récente de Tranche ({{version}} ; celle-ci lit jusqu’à {{supported}}).',
      todo: 'Ouvrez-le avec la version plus récente.',
    },
    'project-altered': {
      what: 'Ce fichier de projet a été modifié ou abîmé : {{what}} n’est plus ce qui a été enregistré.',
      todo: 'Rien n’en a été repris. Ouvrez une autre copie.',
    },
    'output-unwritable': {
      what: 'Le résultat ne peut pas être écrit à cet endroit.',
      todo: 'Choisissez un dossier où vous avez le droit d’écrire ; le fichier d’avant est intact.',
    },
    'output-full': {
      what: 'Il n’y a plus de place pour écrire le résultat ; le fichier d’avant est intact.',
      todo: 'Libérez de la place, ou écrivez ailleurs.',
    },
    'artifact-missing': {
      what: 'Il n’y a rien sous ce nom dans le dépôt : {{name}}.',
      todo: 'Vérifiez l’adresse du dépôt ; rien n’a été modifié.',
    },
    'artifact-exists': {
      what: 'Ce nom est déjà pris dans le dépôt : {{name}}. Ce qui s’y trouve est intact.',
      todo: 'Recommencez : la suite reprendra après ce qui existe.',
    },
    'artifact-changed': {
      what: 'Un autre travail a écrit entre-temps dans le dépôt : {{name}}. Le sien est gardé, celui-ci n’a rien modifié.',
      todo: 'Recommencez pour partir du nouvel état.',
    },
    'artifact-damaged': {
      what: 'Un objet du dépôt n’est plus ce qui y fut écrit : {{name}}. Il n’a pas été utilisé.',
      todo: 'Remettez-le depuis une sauvegarde ; « check-store » dit ce qui est touché.',
    },
    'store-unreachable': {
      what: 'Le dépôt {{name}} ne répond pas ou refuse l’accès ; ce qui y était écrit est intact.',
      todo: 'Vérifiez l’adresse, les droits et le réseau, puis recommencez.',
    },
    'store-locked': {
      what: 'Un autre réentraînement travaille sur ce dépôt ({{owner}}) : celui-ci n’a pas commencé.',
      todo: 'Attendez sa fin ; un verrou dont le processus a disparu est repris de lui-même.',
    },
    'port-unavailable': {
      what: 'Le service ne peut pas répondre à l’adresse {{name}}.',
      todo: 'Arrêtez le programme qui l’occupe, ou choisissez un autre port (--port).',
    },
    'keys-invalid': {
      what: 'Le fichier de clés {{name}} ne se lit pas : aucune demande n’est acceptée sans clé connue.',
      todo: 'Écrivez-le comme le montre docs/production.md.',
    },
    'storage-unavailable': {
      what: 'Le navigateur refuse d’enregistrer sur ce poste.',
      todo: 'Continuez à travailler, et téléchargez votre modèle avant de fermer l’onglet.',
    },
    'storage-too-new': {
      what: 'Une version plus récente de Tranche a gardé du travail dans ce navigateur : celle-ci ne sait pas le lire et n’y touche pas.',
      todo: 'Ouvrez la version plus récente pour le retrouver.',
    },
    'storage-full': {
      what: 'L’espace de stockage du navigateur est plein : ceci n’a pas pu être enregistré.',
      todo: 'Téléchargez votre modèle, libérez de la place, puis rechargez la page.',
    },
    'work-under-way': {
      what: 'Un autre travail est en cours : celui-ci n’a pas commencé.',
      todo: 'Attendez sa fin, ou annulez-le en bas de la page ; puis recommencez.',
    },
    'out-of-memory': {
      what: 'La mémoire de cet ordinateur ne suffit pas pour ce calcul, qui s’est arrêté.',
      todo: 'Fermez d’autres onglets ou programmes, ou réduisez le nombre de lignes, puis recommencez.',
    },
    'worker-stopped': {
      what: 'Le calcul s’est arrêté brusquement : la machine était trop occupée, la mémoire a manqué, ou le navigateur l’a interrompu.',
      todo: 'Recommencez ; si cela revient, fermez d’autres onglets ou réduisez le nombre de lignes.',
    },
  },
};
