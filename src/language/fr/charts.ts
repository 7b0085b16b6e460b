export const charts = {
  menu: 'Actions sur le graphique « {{title}} »',
  png: 'Image PNG',
  svg: 'Image SVG',
  csv: 'Points en CSV',
  table: 'Voir le tableau',
  chart: 'Voir le graphique',
  class: 'Classe',
};
