import type { French, Words } from '../words.ts';

export const charts = {
  menu: 'Actions on the chart “{{title}}”',
  png: 'PNG image',
  svg: 'SVG image',
  csv: 'Points as CSV',
  table: 'Show the table',
  chart: 'Show the chart',
  class: 'Class',
} satisfies Words<French['charts']>;
