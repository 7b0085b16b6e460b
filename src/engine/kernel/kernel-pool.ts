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

/** Who has other threads to lend (`team/`): a worker whose page is cross-origin isolated. */
export interface TeamLender {
  /** A kernel on several threads for one fit; null where there is none to have now. */
  readonly take: () => Kernel | null;
  /** The fit is over. `hasFailed`: a thread was lost on the way, and the fit is being done again without. */
  readonly giveBack: (kernel: Kernel, hasFailed: boolean) => void;
}

/** Samples × features of a tree from which on several threads are worth their memory. */
const LEAST_TEAM_WORK = 2_000_000;

let lender: TeamLender | null = null;

/** From now on large fits of this thread use the lender's teams; null: none any more. */
export function lendTeams(newLender: TeamLender | null): void {
  lender = newLender;
}

/**
 * Does a fit with so much work a tree (samples × features) on a kernel: a lent team's where there is one and it is
 * large enough. Whatever goes wrong there costs time only: the fit begins again on a kernel of one thread, with the
 * same bytes; an error of its own it will throw again.
 */
export function* fitOnKernel<Progress, Result, Signal>(
  work: number,
  fit: (kernel: Kernel) => Generator<Progress, Result, Signal>,
): Generator<Progress, Result, Signal> {
  const lent = lender;
  const team = work >= LEAST_TEAM_WORK ? (lent?.take() ?? null) : null;
  if (team) {
    let hasFailed = false;
    try {
      return yield* fit(team);
    } catch {
      hasFailed = true;
    } finally {
      lent?.giveBack(team, hasFailed);
    }
  }
  const kernel = acquireKernel();
  const result = yield* fit(kernel);
  releaseKernel(kernel);
  return result;
}
