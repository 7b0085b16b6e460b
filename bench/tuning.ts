/**
 * Searches replayed on a table of settings whose errors on three real files are known (`tuning/settings-table.json`), and functions
 * with known minima: `npm run bench:tuning -- [SEEDS]`. `npm run bench:tuning -- table N` evaluates N configurations a file.
 */
import { median } from '#base/statistics.ts';
import { replayByModel, replayRandom } from './tuning/replay.ts';
import { readSettingsTable, tabulateSettings } from './tuning/settings-table.ts';
import { searchFunction, testFunctions } from './tuning/test-functions.ts';

const [, , first = '20', second = '300'] = process.argv;
if (first === 'table') await tabulateSettings(Number(second));
else runAll(Number(first));

function runAll(nSeeds: number): void {
  const seeds = Array.from({ length: nSeeds }, (_, i) => i + 1);
  for (const [name, { nRows, mae }] of Object.entries(readSettingsTable())) {
    const begun = performance.now();
    const best = Math.min(...mae);
    const ofModel = seeds.map((seed) => replayByModel(mae, 60, seed));
    const ofChance = seeds.map((seed) => replayRandom(mae, 100, seed));
    const excess = (value = NaN) => (100 * (value - best)) / best;
    const nBelow = ofModel.filter((course, i) => (course[49] ?? NaN) < (ofChance[i]?.[99] ?? NaN)).length;
    const nNotAbove = ofModel.filter((course, i) => (course[49] ?? NaN) <= (ofChance[i]?.[99] ?? NaN)).length;
    const middle = median(ofChance.map((course) => course[99] ?? NaN));
    const nBelowMiddle = ofModel.filter((course) => (course[49] ?? NaN) < middle).length;
    const regret = (courses: readonly (readonly number[])[], after: number) =>
      `${median(courses.map((course) => excess(course[after - 1]))).toFixed(2)} %`;
    console.log(
      `${name}: ${mae.length} configurations, ${nRows} outages, best ${best}, ${nSeeds} seeds. Median regret: by model after 30 ` +
        `${regret(ofModel, 30)}, 50 ${regret(ofModel, 50)}, 60 ${regret(ofModel, 60)}; by chance after 50 ${regret(ofChance, 50)}, ` +
        `100 ${regret(ofChance, 100)}. By model after 50 below chance after 100: ${nBelow} seeds (${nNotAbove} not above; ` +
        `${nBelowMiddle} below the median of chance). ${((performance.now() - begun) / 1000).toFixed(0)} s`,
    );
  }
  for (const { name, least, space, valueAt } of testFunctions) {
    const found = seeds.map((seed) => searchFunction(space, valueAt, 60, seed));
    const sorted = found.toSorted((a, b) => a - b);
    console.log(
      `${name}: median ${median(found).toFixed(4)} after 60 trials, from ${sorted[0]?.toFixed(4)} to ${sorted.at(-1)?.toFixed(4)} (least ${least})`,
    );
  }
}
