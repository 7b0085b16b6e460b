import type { CellRow } from '#data/cell.ts';
import type { FormFeature } from '#inference/contract.ts';
import { findLeaders } from '#inference/dependent-inputs.ts';
import type { JudgedLever } from '#jobs/planning/contract.ts';
import type { Words } from '#language/words.ts';
import type { LeverSpec, PlanningSettings, PlanSupport } from '#planning/contract.ts';
import { writeValue } from '#report/cell-text.ts';

/** What the screen begins with: the model's levers, each by its defaults, and the shortest P80. */
export function createPlanningSettings(features: readonly FormFeature[]): PlanningSettings {
  const leaders = findLeaders(features);
  return {
    levers: features.flatMap(({ name, role }, i) =>
      role === 'lever' && !leaders.has(i) ? [{ column: name }] : [],
    ),
    objective: 'p80',
    timeCost: 0,
    costLevel: 'p50',
    isTarget: false,
    atMost: null,
    least: 'change',
  };
}

export type LeverField = 'min' | 'max' | 'step' | 'cost' | 'costPerTime' | 'switchCost';

/** The lever with one field changed; null leaves it to its default. */
export function changeLever(lever: LeverSpec, field: LeverField, value: number | null): LeverSpec {
  const { [field]: _, ...others } = lever;
  return value === null ? others : { ...others, [field]: value };
}

/** The levers as they are asked about: one whose effect looks like selection stays, unless a person frees it. */
export function freezeDoubted(
  levers: readonly LeverSpec[],
  judged: readonly JudgedLever[],
): readonly LeverSpec[] {
  return levers.map((lever) => (isFrozen(lever, judged) ? { ...lever, frozen: true } : lever));
}

export function isFrozen({ column, frozen }: LeverSpec, judged: readonly JudgedLever[]): boolean {
  return frozen ?? judged.some((each) => each.column === column && each.doubt !== null);
}

/** A lever as a row of the table. */
export interface LeverRow {
  readonly lever: LeverSpec;
  readonly feature: FormFeature;
  readonly present: string;
  /** What stands for a bound or a step that nobody gave. */
  readonly usual: { readonly min: string; readonly max: string; readonly step: string };
}

/** `bounds` are those of the last answer: what stands for a bound that nobody gave is known by then. */
export function listLeverRows(
  levers: readonly LeverSpec[],
  features: readonly FormFeature[],
  cells: CellRow,
  bounds: PlanSupport['bounds'],
  { format, t }: Words,
): readonly LeverRow[] {
  return levers.flatMap((lever): LeverRow[] => {
    const position = features.findIndex(({ name }) => name === lever.column);
    const feature = features[position];
    if (!feature) return [];
    const cell = cells[position] ?? null;
    const write = writeValue(feature, format);
    const present = typeof cell === 'number' ? write(cell) : (cell ?? t('optimise.none'));
    if (feature.type === 'category')
      return [{ lever, feature, present, usual: { min: '', max: '', step: '' } }];
    const used = bounds.find(({ column }) => column === lever.column);
    const [min, max] = used
      ? [write(used.min), write(used.max)]
      : [t('optimise.lever.seen'), t('optimise.lever.seen')];
    const isWhole = feature.type === 'date' || feature.isInteger;
    return [
      {
        lever,
        feature,
        present,
        usual: { min, max, step: isWhole ? format.number(1) : t('optimise.lever.seen') },
      },
    ];
  });
}

/** Columns that could be levers too. */
export function listOtherColumns(
  levers: readonly LeverSpec[],
  features: readonly FormFeature[],
): readonly string[] {
  const taken = new Set(levers.map(({ column }) => column));
  return features.map(({ name }) => name).filter((name) => !taken.has(name));
}
