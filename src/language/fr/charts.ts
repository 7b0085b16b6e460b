export const charts = {
  menu: 'Actions sur le graphique « {{title}} »',
  png: 'Image PNG',
  svg: 'Image SVG',
  csv: 'Points en CSV',
  table: 'Voir le tableau',
  chart: 'Voir le graphique',
  class: 'Classe',
  readPoints: '{{title}} : flèches pour lire les points',
  pickPoints: '{{title}} : flèches pour lire les points, Entrée pour ouvrir',
};
