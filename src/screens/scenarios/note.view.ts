import type { NoteStep } from '#report/decision-note.ts';

/** Round numbers that span the values, from 0 where that is near: four to eight of them, ascending. */
export function placeTicks(values: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const from = low > 0 && low < 0.6 * high ? 0 : low;
  const span = Math.max(high - from, 1e-9);
  const magnitude = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 5, 10].map((digit) => digit * magnitude).find((each) => span / each <= 7) ?? span;
  const first = Math.floor(from / step);
  const last = Math.ceil(high / step + 0.05);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Steps one behind the other, each from where the one before it ended. */
export function placeSteps(
  base: number,
  steps: readonly NoteStep[],
): readonly (NoteStep & { readonly from: number; readonly to: number })[] {
  let reached = base;
  return steps.map((step) => {
    const from = reached;
    reached += step.change;
    return { ...step, from, to: reached };
  });
}
