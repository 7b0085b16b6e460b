export const evaluation = {
  heading: 'Ce que vaut le modèle',
  needsModel: 'Il faut d’abord un modèle entraîné.',
  goToModel: 'Aller au Modèle',
  verdict: {
    better:
      'Sur {{outages}} qu’il n’avait jamais vus, le modèle se trompe de {{mae}} en moyenne, au lieu de {{median}} en annonçant toujours la médiane : {{gain}} d’erreur en moins.',
    same: 'Sur {{outages}} qu’il n’avait jamais vus, le modèle se trompe de {{mae}} en moyenne, à peine moins que les {{median}} de la médiane : ces colonnes n’expliquent guère la durée.',
    worse:
      'Sur {{outages}} qu’il n’avait jamais vus, le modèle se trompe de {{mae}} en moyenne, plus que la médiane ({{median}}) : mieux vaut ne pas s’y fier.',
    biasLate: 'Les arrêts durent en moyenne {{bias}} de plus que prédit.',
    biasEarly: 'Les arrêts durent en moyenne {{bias}} de moins que prédit.',
    biasNone: 'Il ne penche ni trop court ni trop long.',
    randomSplit: 'Arrêts jugés : tirés au hasard.',
    timeSplit: 'Arrêts jugés : les plus récents, prédits à partir des plus anciens.',
    rowsSplit: 'Arrêts jugés : une liste donnée.',
  },
  models: {
    heading: 'Modèles comparés',
    caption:
      'Notes sur les arrêts mis de côté (test) et en validation croisée (VC) sur les autres. Plus bas est mieux, sauf R².',
    model: 'Modèle',
    scale: 'Échelle',
    test: 'Test',
    cv: 'VC',
    best: 'le plus bas',
    chosen: 'retenu',
    reference: 'repère',
    deviation: 'écart-type entre plis',
  },
  scatter: {
    title: 'Prédit et réel',
    subtitle: 'n = {{n}} arrêts de test · erreur moyenne {{mae}} · biais {{bias}}',
    x: 'Durée prédite',
    y: 'Durée réelle',
    caption:
      'Chaque point est un arrêt de test : sur la diagonale, la prédiction était juste ; au-dessus, l’arrêt a duré plus que prédit.',
    diagonal: 'réel = prédit',
    row: 'ligne {{row}}',
    predicted: 'Prédit',
    actual: 'Réel',
    residual: 'Écart',
    others: 'autres',
    logScale: 'Échelle logarithmique',
  },
  importance: {
    title: 'Ce qui compte pour le modèle',
    subtitle: '{{n}} arrêts de test · {{repeats}} mélanges par colonne',
    x: 'Erreur ajoutée',
    caption:
      'Erreur que le modèle ajoute quand les valeurs de la colonne sont mélangées : plus la barre est longue, plus elle compte ; en deçà du trait (bruit pur), elle ne dit rien.',
    floor: 'bruit pur',
    mean: 'Moyenne',
    sd: 'Écart-type',
    column: 'Colonne',
  },
  residuals: {
    title: 'Écarts selon la durée prédite',
    subtitle: 'n = {{n}} arrêts de test · médiane par décile',
    x: 'Durée prédite',
    y: 'Écart réel − prédit',
    caption:
      'Au-dessus de zéro, l’arrêt a fini plus tard que prédit ; la ligne des médianes devrait rester près de zéro.',
    median: 'médiane du décile',
  },
  curve: {
    title: 'Courbe d’apprentissage du boosting',
    subtitle: '{{model}} · {{n}} arbres · le plus bas à {{best}}',
    x: 'Nombre d’arbres',
    y: 'Erreur moyenne',
    verdict: {
      falls:
        'L’erreur sur les arrêts de test descend encore au dernier arbre : davantage d’arbres pourraient aider.',
      flat: 'L’erreur sur les arrêts de test descend puis se stabilise : davantage d’arbres n’apporteraient rien.',
      rises:
        'L’erreur sur les arrêts de test remonte après l’arbre {{best}} : au-delà, les arbres n’apprennent que le bruit.',
    },
    notChosen: 'Ce n’est pas le modèle retenu : {{chosen}}.',
    train: 'arrêts appris',
    validation: 'arrêts de test',
    best: 'le plus bas',
    flat: 'Le départ suffit : ajouter des arbres ne réduisait plus l’erreur sur les arrêts de surveillance.',
    none: 'Aucun modèle fait d’arbres n’a été ajusté : il n’y a pas de courbe.',
  },
  opened: {
    text: 'Ce modèle vient d’un fichier : ses notes d’entraînement n’y sont pas. Il peut être jugé sur les données ouvertes, à condition qu’il ne les ait pas apprises.',
    action: 'Le juger sur les données ouvertes',
    result:
      'Sur {{outages}} des données ouvertes : erreur moyenne {{mae}}, RMSE {{rmse}}, R² {{r2}}, biais {{bias}}.',
  },
  export: {
    action: 'Télécharger les prédictions',
    'excel-french': 'CSV pour Excel français (point-virgule, virgule décimale)',
    international: 'CSV international (virgule, point décimal)',
  },
};
