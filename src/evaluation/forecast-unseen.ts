import type { Part } from '#base/parts.ts';
import { type Table, selectRows } from '#data/table.ts';
import { type EncodedSamples, encodeSamples } from '#models/encoder.ts';
import { type FitOptions, fitModel, type ModelSpec } from '#models/regressor.ts';
import { forecastDurations, type ModelForecasts } from './intervals/model-forecast.ts';
import type { Fold } from './splits.ts';

/** Outages with the ways they are split: what all fits of a comparison read. */
export interface FoldedOutages {
  readonly features: Table;
  readonly target: Float64Array;
  readonly folds: readonly Fold[];
}

export interface ForecastRequest {
  readonly spec: ModelSpec;
  /** Position in `folds`. */
  readonly fold: number;
}

/** Fits a model on the training rows of a fold and forecasts the rows it did not see. One fit. */
export const forecastUnseen = createForecastUnseen({});

/** The same with a way to fit networks, which no other thread can be given. */
export function createForecastUnseen(
  options: Pick<FitOptions, 'fitNeural'>,
): Part<FoldedOutages, ForecastRequest, ModelForecasts> {
  return {
    name: 'forecast-unseen',
    isBound: options.fitNeural !== undefined,
    run: async (outages, { spec, fold }, context) => {
      const { train, target, encoded, test } = openFold(outages, fold);
      const model = await fitModel(spec, train, target, { ...options, encoded }, context);
      return forecastDurations(model, test);
    },
  };
}

interface OpenFold {
  readonly fold: number;
  readonly train: Table;
  readonly target: Float64Array;
  readonly encoded: EncodedSamples;
  readonly test: Table;
}

/** The fold that was worked on last: its models come one after the other and share this. */
const openFolds = new WeakMap<FoldedOutages, OpenFold>();

function openFold(outages: FoldedOutages, fold: number): OpenFold {
  const known = openFolds.get(outages);
  if (known?.fold === fold) return known;
  const { trainRows, testRows } = outages.folds[fold];
  const train = selectRows(outages.features, trainRows);
  const opened = {
    fold,
    train,
    target: Float64Array.from(trainRows, (row) => outages.target[row]),
    encoded: encodeSamples(train),
    test: selectRows(outages.features, testRows),
  };
  openFolds.set(outages, opened);
  return opened;
}
