import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kernelSourceHash } from '#engine/kernel/kernel-bytes.ts';
import { generateAssembly, hashKernelSource } from './build-kernel.ts';

it.each([...generateAssembly()])(
  '%s is what the memory map gives (else: npm run build:kernel)',
  (path, text) => {
    expect(readFileSync(new URL(`../src/engine/${path}`, import.meta.url), 'utf8')).toBe(text);
  },
);

it('the bytes of the kernel come from the present source (else: npm run build:kernel)', () => {
  expect(kernelSourceHash).toBe(hashKernelSource());
});
