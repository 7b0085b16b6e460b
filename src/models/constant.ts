import { AppError } from '#base/errors.ts';
import { median } from '#base/statistics.ts';

/** Always the same answer: the overall median of past outages, the first thing a model has to beat. */
export interface ConstantState {
  readonly family: 'constant';
  /** On the scale that was learnt. */
  readonly value: number;
}

export function fitConstant(target: Float64Array): ConstantState {
  if (target.length === 0) throw new AppError('too-few-rows', 'no training sample', { nRows: 0, minimum: 1 });
  return { family: 'constant', value: median(target) };
}

export function predictConstant(state: ConstantState, nSamples: number): Float64Array {
  return new Float64Array(nSamples).fill(state.value);
}
