/**
 * npm run bench [-- PART] [--cpu]
 *
 * Times the engine in Node on one thread: binning, histograms, fits, the reference grid, prediction. PART
 * names some of the cases ("sample", "grid", "100,000"). Prints a table and writes bench/out/node.json.
 * --cpu counts processor time instead of the clock's.
 */
import { runCases } from './engine/cases.ts';
import type { Figure } from './engine/figure.ts';
import { readClock, wantedPart } from './engine/clock.ts';
import { formatFigure, saveFigures } from './engine/table.ts';

const figures: Figure[] = [];
runCases(readClock, wantedPart, (figure) => {
  figures.push(figure);
  console.log(formatFigure(figure));
});
saveFigures('node', `Node ${process.version}`, figures);
