import type { Part } from '#base/parts.ts';
import { measureWay } from '#evaluation/intervals/interval-choice.ts';
import { shuffleColumn } from '#explain/permutation-importance.ts';
import { evaluateOnFold, fitFinalModel } from '#training/fold-parts.ts';

/** A part whose data came from another thread: that they fit its name is the sender's word. */
export type NamedPart = Part<never, never, unknown>;

const parts: readonly NamedPart[] = [evaluateOnFold, fitFinalModel, shuffleColumn, measureWay];

/** Every kind of part that may be done on another thread, by its name. */
export const partTable: ReadonlyMap<string, NamedPart> = new Map(parts.map((part) => [part.name, part]));
