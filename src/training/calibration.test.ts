import { expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { measureCoverage } from '#evaluation/intervals/coverage.ts';
import { calibrateSpec } from './calibration.ts';
import { forecastDurations, forecastRow } from '#evaluation/intervals/model-forecast.ts';
import { predictInterval } from '#evaluation/intervals/prediction-interval.ts';

const { features, target } = plantOutages(500, 2, 4);
const fresh = plantOutages(500, 2, 5);
const column = features.columns[0];
const classes = Array.from(target, (_, i) =>
  column?.type === 'category' ? (column.categories[column.codes[i] as number] as string) : null,
);

test.each(['linear', 'gradient-boosting', 'quantile-forest'] as const)(
  '%s: calibrated out of fold, the final model keeps its promise on outages of the same kind',
  async (name) => {
    const context = createSilentContext();
    const spec = createSpec(name);
    const folds = splitRandomFolds(500, 5, 1);
    const { calibration, report } = await calibrateSpec(spec, { features, target, folds }, classes, context);
    expect(report.overall.n).toBe(500);
    expect(report.classes.map(({ label }) => label)).toEqual(['corrective', 'préventive']);
    const model = await fitModel(spec, features, target, {}, context);
    const forecasts = forecastDurations(model, fresh.features);
    const { levels } = measureCoverage(calibration, { ...forecasts, actual: fresh.target }).overall;
    // Binomial band of 500, widened for the 500 outages of the calibration; the forest is a little wide.
    expect(levels.p80.empirical).toBeGreaterThan(0.745);
    expect(levels.p80.empirical).toBeLessThan(0.87);
    expect(levels.p10p90.empirical).toBeGreaterThan(0.745);
    expect(levels.p10p90.empirical).toBeLessThan(0.87);
    const one = predictInterval(
      calibration,
      forecastRow(model, calibration, fresh.features, 3),
      'préventive',
    );
    expect(one.p80).toMatchObject({ basis: 'class' });
  },
);
