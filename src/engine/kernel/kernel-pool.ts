import type { Kernel } from './kernel.ts';
import { createScalarKernel } from './scalar/scalar-kernel.ts';
import { createWasmKernel } from './wasm-kernel.ts';

/** Makes a kernel: WebAssembly where there is any, else the scalar twin. The results are the same bytes. */
function createKernel(): Kernel {
  return createWasmKernel() ?? createScalarKernel();
}

/** Kernels that no fit is bound to: a next fit takes one over instead of making it and its memory anew. */
const idle: Kernel[] = [];
const MAX_IDLE = 2;

/** WebAssembly memory never shrinks: what a large fit took is let go with its kernel. */
const MAX_IDLE_BYTES = 64 * 1024 * 1024;

/** A kernel for one fit. Fits may be under way side by side; each has its own. */
export function acquireKernel(): Kernel {
  return idle.pop() ?? createKernel();
}

/** Gives a kernel back. One that is never given back (an abandoned fit) is simply collected as garbage. */
export function releaseKernel(kernel: Kernel): void {
  const nBytes = kernel.reserve(0).byteLength;
  if (idle.length < MAX_IDLE && nBytes <= MAX_IDLE_BYTES) idle.push(kernel);
}
