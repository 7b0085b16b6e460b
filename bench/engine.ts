/**
 * npm run bench [-- PART]
 *
 * Times the engine in Node on one thread: binning, histograms, fits, the reference grid, prediction. PART
 * names some of the cases ("sample", "grid", "100,000"). Prints a table and writes bench/out/node.json.
 */
import { runCases, type Figure } from './engine/cases.ts';
import { formatFigure, saveFigures } from './engine/table.ts';

const figures: Figure[] = [];
runCases(
  () => performance.now(),
  process.argv[2] ?? '',
  (figure) => {
    figures.push(figure);
    console.log(formatFigure(figure));
  },
);
saveFigures('node', `Node ${process.version}`, figures);
