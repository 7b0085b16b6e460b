import { expect, it } from 'vitest';
import { parseSection } from './use-section.ts';

it('reads the section of a hash, and none from anything else', () => {
  expect(parseSection('#/model')).toBe('model');
  expect(parseSection('#/scenarios/2')).toBe('scenarios');
  expect(parseSection('#/modelling')).toBeNull();
  expect(parseSection('')).toBeNull();
});
