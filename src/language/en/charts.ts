import type { French, Translation } from '../translation.ts';

export const charts = {
  menu: 'Actions on the chart “{{title}}”',
  png: 'PNG image',
  svg: 'SVG image',
  csv: 'Points as CSV',
  table: 'Show the table',
  chart: 'Show the chart',
  class: 'Class',
  readPoints: '{{title}}: arrows to read the points',
  pickPoints: '{{title}}: arrows to read the points, Enter to open one',
} satisfies Translation<French['charts']>;
