import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  argsort,
  countCodes,
  gather,
  invertOrder,
  lowerBound,
  range,
  spreadEvenly,
  subtract,
} from './arrays.ts';

const values = fc.float64Array({ noNaN: true, maxLength: 60 });

describe('gather', () => {
  it('keeps the kind of the array and takes positions in any order, twice if asked', () => {
    expect(gather(Float64Array.of(5, 6, 7), [2, 0, 2])).toEqual(Float64Array.of(7, 5, 7));
    expect(gather(Int32Array.of(5, 6, 7), Int32Array.of(1))).toEqual(Int32Array.of(6));
    expect(gather(['a', 'b'], [1, 1])).toEqual(['b', 'b']);
  });
});

describe('spreadEvenly', () => {
  it('takes all where there are no more, else ascending positions that leave no wide gap', () => {
    expect(spreadEvenly(3, 5)).toEqual(range(3));
    expect(spreadEvenly(10, 4)).toEqual(Int32Array.of(0, 2, 5, 7));
    expect(spreadEvenly(0, 4)).toHaveLength(0);
  });
});

describe('order', () => {
  it('argsort and gather sort, equal values in order of position', () => {
    fc.assert(
      fc.property(values, (given) => {
        // −0 and 0 are equal, so that only their positions decide.
        const plain = given.map((value) => value + 0);
        expect(gather(plain, argsort(plain))).toEqual(plain.toSorted());
      }),
    );
    expect(argsort([2, 1, 2, 1])).toEqual(Int32Array.of(1, 3, 0, 2));
  });

  it('invertOrder leads back', () => {
    fc.assert(
      fc.property(values, (given) => {
        const order = argsort(given);
        expect(gather(invertOrder(order), order)).toEqual(range(given.length));
      }),
    );
  });

  it('lowerBound counts the values strictly below', () => {
    fc.assert(
      fc.property(values, fc.double({ noNaN: true }), (given, value) => {
        expect(lowerBound(given.toSorted(), value)).toBe(given.filter((other) => other < value).length);
      }),
    );
    expect(lowerBound([1, 2, 2, 3], 2)).toBe(1);
  });
});

it('countCodes leaves the missing out', () => {
  expect(countCodes([1, -1, 1, 0], 3)).toEqual(Int32Array.of(1, 2, 0));
});

it('subtract is missing where either side is', () => {
  expect(subtract(Float64Array.of(3, NaN, 5), [1, 1, NaN])).toEqual(Float64Array.of(2, NaN, NaN));
});
