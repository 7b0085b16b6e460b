import { AppError } from '#base/errors.ts';
import { decodeBase64 } from '../base64.ts';
import type { Kernel } from '../kernel.ts';
import { findWebAssembly, wrapExports, type KernelExports, type WasmMemory } from '../wasm-kernel.ts';
import { sharedKernelBytes } from './shared-kernel-bytes.ts';

/** Pages of 64 KiB: as many as the kernel was compiled for. Reserved as addresses only, taken as it grows. */
const MAX_PAGES = 32_768;

/** One thread's kernel on the team's memory. */
export interface SharedKernel extends Kernel {
  /** slot ← slot + otherSlot, for the active features. */
  readonly addHistogram: (slot: number, otherSlot: number) => void;
}

/** Throws `internal` where memory cannot be shared: a page needs to be cross-origin isolated for it. */
export function createSharedMemory(): WasmMemory {
  const api = findWebAssembly();
  if (!api || typeof SharedArrayBuffer === 'undefined') {
    throw new AppError('internal', 'Threads cannot share memory here.', {});
  }
  return new api.Memory({ initial: 1, maximum: MAX_PAGES, shared: true });
}

let compiled: object | undefined;

export function createSharedKernel(memory: WasmMemory): SharedKernel {
  const api = findWebAssembly();
  if (!api) throw new AppError('internal', 'There is no WebAssembly here.', {});
  compiled ??= new api.Module(decodeBase64(sharedKernelBytes));
  const exports = new api.Instance(compiled, { env: { memory } }).exports as KernelExports;
  return { ...wrapExports(exports, memory), addHistogram: exports.addHistogram };
}
