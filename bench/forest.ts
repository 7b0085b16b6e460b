/**
 * npm run bench:forest [-- french|caiso]
 *
 * Processor time of fitting the quantile forest — the model that training proposes on real files — and of
 * predicting its median and 21 quantiles for the same outages, with the hash of what it learnt and predicted.
 */
import { createHash } from 'node:crypto';
import { createSilentContext } from '#base/job-context.ts';
import { encode, fitEncoder } from '#models/encoder.ts';
import { fitForest, predictForest, predictForestQuantiles } from '#models/forest.ts';
import { defaultHyperparameters } from '#models/hyperparameters.ts';
import { countTrees } from '#engine/tree-ensemble.ts';
import { accuracyCases, readCase } from './accuracy/cases.ts';

const SHARES = [0.01, ...Array.from({ length: 19 }, (_, i) => (i + 1) / 20), 0.99];
const N_REPEATS = 3;

async function timeBest<Result>(
  work: () => Result | Promise<Result>,
): Promise<{ ms: number; result: Result }> {
  let ms = Infinity;
  for (let repeat = 0; ;) {
    const before = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    ms = Math.min(ms, (user + system) / 1000);
    repeat += 1;
    if (repeat === N_REPEATS) return { ms, result };
  }
}

for (const each of accuracyCases) {
  if (!each.name.startsWith(process.argv[2] ?? '')) continue;
  const read = await readCase(each);
  if (!read) {
    console.log(`${each.name}: ../shared/data/${each.file} is absent, skipped`);
    continue;
  }
  const { target } = read.outages;
  const table = read.withHistory ?? read.outages.features;
  const { matrix } = encode(fitEncoder(table), table);
  const fit = await timeBest(() =>
    fitForest(
      { matrix, target },
      defaultHyperparameters.forest,
      1,
      createSilentContext(() => performance.now()),
    ),
  );
  const median = await timeBest(() => predictForest(fit.result, matrix));
  const quantiles = await timeBest(() => predictForestQuantiles(fit.result, matrix, SHARES));
  const hash = createHash('sha256');
  const { trees, levels, leafStarts, members } = fit.result;
  for (const numbers of [trees.value, trees.leftChild, levels, leafStarts, members, ...quantiles.result]) {
    hash.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  }
  console.log(
    `${each.name}: ${target.length} × ${matrix.columns.length}, ${countTrees(trees)} trees: fit ${fit.ms.toFixed(0)} ms, ` +
      `predict ${median.ms.toFixed(0)} ms, 21 quantiles ${quantiles.ms.toFixed(0)} ms; ${hash.digest('hex').slice(0, 16)}`,
  );
}
