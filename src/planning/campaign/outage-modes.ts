import type { CellRow } from '#data/cell.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { msPerDurationUnit } from '#data/duration-unit.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { determineDependents } from '#inference/dependent-inputs.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { OutageMode } from './contract.ts';

/** So many ways to carry out one outage. */
const MOST_MODES = 8;

/**
 * The ways to carry out a case by its people: of the numbers given those that make it a day shorter than any fewer do, by the
 * level that is planned with. Empty where no level is announced of any. A question a number.
 */
export function findOutageModes(
  model: ModelAtWork,
  cells: CellRow,
  crew: { readonly position: number | null; readonly values: readonly number[] },
  level: 'p50' | 'p80',
): readonly (OutageMode & { readonly cells: CellRow })[] {
  const { features } = model.summary;
  const { position } = crew;
  const values = [...crew.values].sort((a, b) => a - b);
  const cases = values.map((value) =>
    position === null || cells[position] === value
      ? cells
      : determineDependents(features, cells, position, value),
  );
  const perDay = msPerDurationUnit(model.description.target.unit) / MS_PER_DAY;
  const answers = predictCases(model, cases, undefined, 'file');
  const modes: (OutageMode & { readonly cells: CellRow })[] = [];
  answers.forEach(({ interval }, i) => {
    if (!interval || !isClaimed(interval.p50) || !isClaimed(interval.p80)) return;
    const planned = level === 'p50' ? interval.p50.value : interval.p80.value;
    const days = Math.max(1, Math.ceil(planned * perDay - 1e-9));
    if (days >= (modes.at(-1)?.days ?? Infinity)) return;
    const [p50, p80] = [interval.p50.value, interval.p80.value];
    modes.push({ crew: values[i] ?? 0, days, p50, p80, cells: cases[i] ?? cells });
  });
  if (modes.length <= MOST_MODES) return modes;
  const step = (modes.length - 1) / (MOST_MODES - 1);
  return Array.from({ length: MOST_MODES }, (_, i) => modes[Math.round(i * step)] ?? modes[0]).filter(
    (mode) => mode !== undefined,
  );
}
