import { afterEach, expect, it, vi } from 'vitest';
import { createProblem } from '../testing/random-problem.ts';
import { decodeBase64 } from './base64.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it('bytes are decoded from base64 as elsewhere', () => {
  for (const bytes of [[], [1], [1, 2], [255, 254, 253], [0, 0, 0, 9]]) {
    const text = Buffer.from(bytes).toString('base64');
    expect(Array.from(decodeBase64(text))).toEqual(bytes);
  }
});

function ForbiddenModule(): never {
  throw new Error('no SIMD');
}

it.each([
  ['missing', undefined],
  ['without SIMD, or forbidden', { Module: ForbiddenModule }],
])('where WebAssembly is %s, fitting and predicting say so before any work', async (_, api) => {
  const { features, target } = createProblem({ nSamples: 60, seed: 1 });
  const input = { features, target, init: 'mean' } as const;
  const { fitBoostingToEnd } = await import('../boosting.ts');
  const { defaultSettings } = await import('../settings.ts');
  const ensemble = fitBoostingToEnd(input, { ...defaultSettings, nIterations: 2 });

  vi.resetModules();
  vi.stubGlobal('WebAssembly', api);
  const { fitBoosting } = await import('../boosting.ts');
  const { findLeafIndices, predictRaw, stagedPredict } = await import('../predictor.ts');
  const wanted = expect.objectContaining({ code: 'no-webassembly' });
  expect(() => fitBoosting(input, defaultSettings)).toThrow(wanted);
  expect(() => predictRaw(ensemble, features)).toThrow(wanted);
  expect(() => stagedPredict(ensemble, features).next()).toThrow(wanted);
  expect(() => findLeafIndices(ensemble, features)).toThrow(wanted);
});
