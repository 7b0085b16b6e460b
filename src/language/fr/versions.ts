/** Versions, their log, and the gate between two of them. */
export const versions = {
  verdict: {
    'proven-better':
      'Meilleur, et c’est prouvé : {{new}} d’erreur moyenne contre {{old}} pour le modèle de référence, sur {{outages}} qu’aucun des deux n’a appris ({{difference}} ; au plus {{high}}, à 95 %).',
    'not-worse':
      'Erreur plus petite, sans preuve : {{new}} contre {{old}} sur {{outages}} ({{difference}}). Il n’est pas moins bon de plus de {{tolerance}}.',
    'cannot-tell':
      'On ne peut pas trancher : {{new}} contre {{old}} sur {{outages}} ({{difference}}), mais il pourrait aussi être moins bon (jusqu’à {{high}}).',
    'not-better':
      'Pas meilleur : {{new}} d’erreur moyenne contre {{old}} sur {{outages}} ({{difference}}). Le modèle de référence reste.',
    squares:
      'Son erreur moyenne est plus petite ({{new}} contre {{old}} sur {{outages}}), mais pas son erreur quadratique : il se trompe plus gravement quand il se trompe. Le modèle de référence reste.',
    worse: 'Il est moins bon, et c’est prouvé : au moins {{low}} d’erreur en plus.',
    overlap:
      'Comparaison refusée : {{learnt}} du fichier ont servi à entraîner l’un des deux modèles, qui y serait jugé sur ce qu’il a appris.',
    'too-few':
      'Trop peu : {{outages}} que les deux modèles puissent prédire sans les avoir appris ; il en faut au moins {{least}}.',
  },
  learnt_one: '{{n}} arrêt',
  learnt_many: '{{n}} d’arrêts',
  learnt_other: '{{n}} arrêts',
  learntBy: 'Appris par le modèle de référence : {{old}} ; par le candidat : {{new}}.',
  keptOut: 'Laissés de côté : {{learnt}} que l’un des modèles a appris.',
  power: 'Il faudrait {{outages}} de plus pour prouver un écart de {{tolerance}}.',
  enough: 'Ces arrêts suffisent à prouver un écart de {{tolerance}}.',
  underWay_one: '{{n}} arrêt en cours n’est pas jugé : sa durée n’est pas connue.',
  underWay_many: '{{n}} d’arrêts en cours ne sont pas jugés : leur durée n’est pas connue.',
  underWay_other: '{{n}} arrêts en cours ne sont pas jugés : leur durée n’est pas connue.',
  guard: {
    coverage: '{{level}} tenu {{share}} du temps ({{held}} sur {{n}}), attendu entre {{low}} et {{high}}.',
    class: '{{label}} : {{difference}} d’erreur sur {{n}}.',
    bias: 'Biais : {{new}}, contre {{old}} pour le modèle de référence.',
    broken: 'Garde-fou franchi, donc pas de promotion sans une raison',
    held: 'Garde-fou tenu',
  },
};
