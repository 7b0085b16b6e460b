/**
 * npm run bench:optimise
 *
 * How long the proof of the best plan takes on planted outages, by model, levers and values each: seconds, nodes, gap.
 */
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import type { Table } from '#data/table.ts';
import { calibrateIntervals } from '#evaluation/intervals/calibration.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { putToWork } from '#inference/open-model.ts';
import { fitEncoder } from '#models/encoder.ts';
import { createSpec, type ModelSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import { findPlan } from '#planning/find-plan.ts';

const N_FEATURES = 10;
const context = createSilentContext(() => performance.now());

/** Levers with interactions and thresholds, beside columns that are given. */
function plant(nRows: number, seed: number): { features: Table; target: Float64Array } {
  const rng = createRng(seed);
  const columns = Array.from({ length: N_FEATURES }, () =>
    Float64Array.from({ length: nRows }, () => Math.round(1000 * rng.nextFloat()) / 1000),
  );
  const target = Float64Array.from({ length: nRows }, (_, i) => {
    const x = columns.map((column) => column[i] ?? 0);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = x;
    const level = 60 - 15 * a + 12 * (b - 0.4) ** 2 * 4 - 8 * Number(c > 0.6) * a + 10 * Math.abs(d - 0.5);
    return level + 6 * Math.sin(6 * e) * f + 10 * g + 5 * h * a + 3 * rng.nextNormal();
  });
  return {
    features: { nRows, columns: columns.map((values, i) => ({ type: 'number', name: `x${i}`, values })) },
    target,
  };
}

async function measure(
  title: string,
  spec: ModelSpec,
  nRows: number,
  nLevers: number,
  nValues: number,
  wantsFront = false,
) {
  const { features, target } = plant(nRows, 1);
  const model = await fitModel(spec, features, target, {}, context);
  const { predicted, quantiles } = forecastDurations(model, features);
  const actual = target.map((value, i) => value + ((i % 7) - 3));
  const intervals = calibrateIntervals({
    actual,
    predicted,
    ...(quantiles && { quantiles }),
    scale: 'identity',
  });
  const inputs = fitEncoder(features).features;
  const work = putToWork('bench', {
    model,
    hash: '',
    description: {
      target: { name: 'y', unit: 'day' },
      roles: [],
      cleaning: [],
      origins: inputs.map(({ name }) => ({ feature: name, column: name, part: 'value' })),
      history: null,
      knownAtStart: [],
      inputs,
      typical: inputs.map(() => 0.5),
      dependents: [],
      calendar: [],
      nTrainingRows: nRows,
      calibration: { classColumn: null, intervals, background: { meanContributions: [] } },
      scores: [],
    },
  });
  const startedAt = process.cpuUsage();
  const answer = await findPlan(
    work,
    {
      cells: inputs.map(() => 0.5),
      from: 'file',
      levers: Array.from({ length: nLevers }, (_, i) => ({
        column: `x${i}`,
        min: 0.05,
        max: 0.95,
        step: 0.9 / (nValues - 1),
        ...(wantsFront && { cost: 10 * (i + 1) }),
      })),
      objective: 'p80',
      timeCost: 0,
      costLevel: 'p80',
      target: null,
      wantsFront,
      maxSeconds: 20,
    },
    context,
  );
  // Of the processor: other work on the machine does not count.
  const processor = process.cpuUsage(startedAt).user / 1e6;
  const { status, value, gap, nPoints, nNodes, seconds, front } = answer;
  console.log(
    [
      title,
      status,
      `value ${value?.toFixed(3)}`,
      `gap ${gap?.toFixed(3)}`,
      `points ${nPoints}`,
      `nodes ${nNodes}`,
      `${processor.toFixed(2)} s (${seconds.toFixed(1)} s by the clock)`,
    ]
      .concat(front ? [`front ${front.plans.length} complete ${front.isComplete}`] : [])
      .join(' · '),
  );
}

const boost = (nIterations: number, maxLeafNodes: number) =>
  createSpec('gradient-boosting', {
    boosting: { nIterations, maxLeafNodes, nIterNoChange: 0, learningRate: 0.05 },
  });
await measure('boosting 300 × 16, 6 × 20', boost(300, 16), 800, 6, 20);
await measure('boosting 300 × 31, 6 × 20', boost(300, 31), 800, 6, 20);
await measure('boosting 500 × 31, 6 × 50', boost(500, 31), 2000, 6, 50);
await measure(
  'forest P80, n = 2000, 6 × 20',
  createSpec('quantile-forest', { scale: 'identity' }),
  2000,
  6,
  20,
);
await measure(
  'forest P80, n = 800, 4 × 20',
  createSpec('quantile-forest', { scale: 'identity' }),
  800,
  4,
  20,
);
await measure('hazards, n = 800, 4 × 20', createSpec('gradient-boosting-hazard'), 800, 4, 20);
await measure('front, boosting 300 × 16, 4 × 20', boost(300, 16), 800, 4, 20, true);
await measure(
  'front, forest, 4 × 20',
  createSpec('quantile-forest', { scale: 'identity' }),
  800,
  4,
  20,
  true,
);
