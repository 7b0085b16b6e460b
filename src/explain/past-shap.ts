import { quantileOfSorted } from '#base/statistics.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import {
  addDistances,
  findNearestPast,
  findPlacedPast,
  type NearestPastState,
  placeSamples,
} from '#models/nearest-past.ts';
import { findOwnPast, type OwnPastState, readUnitAndClass } from '#models/own-past.ts';
import { type CoalitionGame, shareByOrders } from './coalition-shap.ts';

/**
 * Explains the median of past outages, on the learnt scale, from the median of all of them. Both families answer with
 * anything unknown — of an outage without a class, the unit's past; of a feature that is not told, the nearest by the
 * others — so what a feature adds is the change in that answer when it is told. Exact for the own past (unit and class);
 * for the nearest past an estimate of each share, with an exact sum (`coalition-shap.ts`).
 */
export async function explainPast(
  state: OwnPastState | NearestPastState,
  matrix: FeatureMatrix,
  report: (share: number) => Promise<void>,
): Promise<{ readonly base: number; readonly columns: readonly Float64Array[] }> {
  const playSample =
    state.family === 'own-past' ? createOwnGames(state, matrix) : createNearestGames(state, matrix);
  const columns = matrix.columns.map(() => new Float64Array(matrix.nSamples));
  const values = new Float64Array(columns.length);
  for (let sample = 0; sample < matrix.nSamples; sample++) {
    values.fill(0);
    shareByOrders(playSample(sample), values);
    values.forEach((value, feature) => ((columns[feature] as Float64Array)[sample] = value));
    await report((sample + 1) / matrix.nSamples);
  }
  return { base: quantileOfSorted(state.durations, 0.5), columns };
}

type Games = (sample: number) => CoalitionGame;

function createOwnGames(state: OwnPastState, matrix: FeatureMatrix): Games {
  const { unitIndex, classIndex } = state;
  const players = [...new Set([unitIndex, classIndex])].filter((index) => index >= 0);
  return (sample) => {
    const [unit, outageClass] = readUnitAndClass(state, matrix, sample);
    const told = new Set<number>();
    const answer = () => {
      const past = findOwnPast(
        state,
        told.has(unitIndex) ? unit : -1,
        told.has(classIndex) ? outageClass : -1,
      );
      return quantileOfSorted(past, 0.5);
    };
    return {
      players,
      start: () => {
        told.clear();
        return answer();
      },
      add: (feature) => {
        told.add(feature);
        return answer();
      },
    };
  };
}

function createNearestGames(state: NearestPastState, matrix: FeatureMatrix): Games {
  const past = findPlacedPast(state);
  const cases = placeSamples(state, matrix);
  const players = state.features.flatMap(({ kind }, feature) => (kind === 'unused' ? [] : [feature]));
  const distances = new Int32Array(state.durations.length);
  const answer = () => quantileOfSorted(findNearestPast(state, distances), 0.5);
  return (sample) => ({
    players,
    start: () => {
      distances.fill(0);
      return answer();
    },
    add: (feature) => {
      addDistances(state.features[feature], past[feature], cases[feature][sample], distances);
      return answer();
    },
  });
}
