/**
 * npm run bench [-- PART] [--cpu]
 *
 * Times the engine in Node on one thread: binning, histograms, fits, the reference grid, prediction. PART
 * names some of the cases ("sample", "grid", "100,000"). Prints a table and writes bench/out/node.json.
 * The grid is also run through the product's own comparison, and on two threads. --cpu counts processor time instead of the clock's.
 */
import { runCases } from './engine/cases.ts';
import type { Figure } from './engine/figure.ts';
import { readClock, wantedPart } from './engine/clock.ts';
import { runGridOnTwo } from './engine/grid-workers.ts';
import { runProductGrid } from './engine/product-grid.ts';
import { formatFigure, saveFigures } from './engine/table.ts';

const figures: Figure[] = [];

function keep(figure: Figure): void {
  figures.push(figure);
  console.log(formatFigure(figure));
}

runCases(readClock, wantedPart, keep);
if ('grid'.includes(wantedPart)) {
  await runProductGrid(readClock, keep);
  await runGridOnTwo(readClock, keep);
}
saveFigures('node', `Node ${process.version}`, figures);
