import { AppError } from '#base/errors.ts';
import { decodeBase64 } from '../base64.ts';
import type { Kernel } from '../kernel.ts';
import { findWebAssembly, wrapExports, type KernelExports, type WasmMemory } from '../wasm-kernel.ts';
import { sharedKernelBytes } from './shared-kernel-bytes.ts';

/** Pages of 64 KiB: as many as the kernel was compiled for. Reserved as addresses only, taken as it grows. */
const MAX_PAGES = 32_768;

/** What a kernel does for the other threads of its team, and has them do for it. */
export type SharedWork = Pick<KernelExports, 'buildHistogram' | 'partitionNumbers' | 'partitionCategories'>;

/** One thread's kernel on the team's memory. */
export interface SharedKernel extends Kernel {
  /** This thread's own part of it. */
  readonly work: SharedWork & Pick<KernelExports, 'addHistogram' | 'bindLayout' | 'setTreeConstants'>;
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

/** `together` is called for each histogram and partition of the trees that this kernel grows; a helper grows none. */
export function createSharedKernel(memory: WasmMemory, together: SharedWork): SharedKernel {
  const api = findWebAssembly();
  if (!api) throw new AppError('internal', 'There is no WebAssembly here.', {});
  compiled ??= new api.Module(decodeBase64(sharedKernelBytes));
  const instance = new api.Instance(compiled, { env: { memory }, team: { ...together } });
  const work = instance.exports as KernelExports;
  return { ...wrapExports(work, memory), work };
}
