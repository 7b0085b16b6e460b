import { expect, it } from 'vitest';
import { AppError, toAppError } from './errors.ts';

it('says of a lack of memory that it is one, as the engines word it, and of no other error', () => {
  const lacking = [
    new RangeError('Array buffer allocation failed'),
    new RangeError('WebAssembly.Memory(): could not allocate memory'),
    new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory, failed to grow'),
    new DOMException('Data cannot be cloned, out of memory.', 'DataCloneError'),
    Object.assign(new Error('out of memory'), { name: 'InternalError' }),
  ];
  expect(lacking.map((thrown) => toAppError(thrown).code)).toEqual(lacking.map(() => 'out-of-memory'));
  const others = [
    new RangeError('Invalid count value: -1'),
    new Error('a word about memory allocation'),
    new DOMException('() => {} could not be cloned.', 'DataCloneError'),
    'out of memory',
  ];
  expect(others.map((thrown) => toAppError(thrown).code)).toEqual(others.map(() => 'internal'));
  const known = new AppError('file-empty', '');
  expect(toAppError(known)).toBe(known);
});
