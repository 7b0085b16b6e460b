/** Scénarios côte à côte, et ce qui les sépare. */
export const compare = {
  nameless: 'Scénario {{n}}',
  target: 'Dans le délai',
  best: 'Le plus court',
  expected:
    '« {{to}} » contre « {{from}} », en moyenne sur de tels arrêts : {{value}} (8 chances sur 10 entre {{low}} et {{high}}).',
  indiscernible: 'Indiscernables : les arrêts passés ne disent pas lequel est le plus court.',
  unseen: '« {{to}} » et « {{from}} » : le modèle ne voit aucune différence entre les deux.',
  noExpected:
    '« {{to}} » contre « {{from}} » : pas d’intervalle de la différence moyenne, le fichier du modèle ne garde pas de quoi le calculer.',
  outage:
    'Sur cet arrêt même, « {{to}} » finit plus tôt dans {{least}} à {{most}} cas sur 100, selon le lien entre les aléas des deux plans, que nul ne connaît.',
  linked:
    'Au lien {{link}} : plus tôt {{shorter}} fois sur 100, différence de {{low}} à {{high}} 8 fois sur 10.',
  noOutage:
    'Sur cet arrêt même, rien n’est annoncé : l’un des deux n’a pas de fourchette, ou laisse des champs inconnus.',
};
