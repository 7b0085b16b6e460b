import type { CellValue } from '#data/cell.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { JudgedLever, OptimiseAnswer } from '#jobs/planning/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import type { Plan, PlanObjective } from '#planning/contract.ts';
import { writeValue } from './cell-text.ts';

/** What was asked, as far as it decides how the answer is told. */
export interface AskedPlan {
  readonly objective: PlanObjective;
  /** Made small, or what costs are counted at. */
  readonly level: 'p50' | 'p80';
  readonly hasTarget: boolean;
}

/** Less is not told: in the unit of the duration. */
const LEAST_TOLD = 0.05;

type Told = Pick<ModelSummary, 'features' | 'target'>;

/** The proof, the gap, or that it cannot be. */
export function tellPlanStatus(
  { status, plan, gap }: OptimiseAnswer,
  { objective, hasTarget }: AskedPlan,
  { target }: Told,
  { t, format }: Words,
): string {
  if (plan === null) return t('optimise.status.nothing');
  if (status === 'infeasible') {
    return t('optimise.status.infeasible', { best: format.duration(plan.p80 ?? NaN, target.unit) });
  }
  if (status === 'optimal') return t('optimise.status.optimal');
  if (gap === null || hasTarget) return t('optimise.status.gapUnknown');
  const told = objective === 'cost' ? format.number(gap) : format.duration(gap, target.unit);
  return t('optimise.status.gap', { gap: told });
}

/** The answer in one sentence, with what may be announced of it; null where there is no plan. */
export function tellPlanAnswer(
  { plan, base, status, optimism }: OptimiseAnswer,
  { objective, hasTarget }: AskedPlan,
  { target }: Told,
  { t, format }: Words,
): string | null {
  if (plan === null || status === 'infeasible') return null;
  if (JSON.stringify(plan.cells) === JSON.stringify(base.cells)) return t('optimise.answer.same');
  const kind = hasTarget ? 'p80' : objective;
  const tell = (of: Plan) => {
    const value = kind === 'cost' ? of.totalCost : of[kind];
    if (value === null) return t('optimise.none');
    return kind === 'cost' ? format.number(value) : format.duration(value, target.unit);
  };
  const [value, present] = [tell(plan), tell(base)];
  if (value === present && !hasTarget) return t('optimise.answer.flat', { value });
  const [duration, now] = kind === 'cost' ? [null, null] : [plan[kind], base[kind]];
  if (optimism !== null && optimism.value >= LEAST_TOLD && duration !== null && !hasTarget) {
    const announced = format.duration(duration + optimism.value, target.unit);
    const isSure = now === null || duration + optimism.value < now - LEAST_TOLD;
    const level = t(`optimise.level.${kind === 'p50' ? 'p50' : 'p80'}`);
    return t(isSure ? 'optimise.answer.announced' : 'optimise.answer.unsure', {
      level,
      value,
      base: present,
      announced,
    });
  }
  return t(`optimise.answer.${hasTarget ? 'target' : objective}`, { value, base: present });
}

/** A row of the table that sets the present case beside the plan. */
export interface PlanRow {
  readonly name: string;
  readonly present: string;
  readonly proposed: string;
  readonly isChanged: boolean;
}

/** Every input that the plan moves, and the levels of both. */
export function listPlanRows(
  { plan, base }: Pick<OptimiseAnswer, 'plan' | 'base'>,
  levers: readonly string[],
  { features, target }: Told,
  { t, format }: Words,
): readonly PlanRow[] {
  if (plan === null) return [];
  const row = (name: string, present: string, proposed: string): PlanRow => ({
    name,
    present,
    proposed,
    isChanged: present !== proposed,
  });
  const inputs = features.flatMap((feature, i) => {
    const isMoved = base.cells[i] !== plan.cells[i];
    if (!isMoved && !levers.includes(feature.name)) return [];
    const write = writeValue(feature, format);
    const tell = (cell: CellValue | undefined) =>
      typeof cell === 'number' ? write(cell) : (cell ?? t('optimise.none'));
    return [row(feature.name, tell(base.cells[i]), tell(plan.cells[i]))];
  });
  const days = (value: number | null) =>
    value === null ? t('optimise.none') : format.duration(value, target.unit);
  const range = ({ interval: { p10, p90 } }: Plan) =>
    isClaimed(p10) && isClaimed(p90)
      ? format.durationRange(p10.value, p90.value, target.unit)
      : t('optimise.none');
  const isPaid = [base, plan].some(
    ({ leverCost, totalCost }) => (leverCost ?? 0) !== 0 || (totalCost ?? 0) !== 0,
  );
  const money = (value: number | null) => (value === null ? t('optimise.none') : format.number(value));
  return [
    ...inputs,
    row(t('optimise.level.p50'), days(base.p50), days(plan.p50)),
    row(t('optimise.level.p80'), days(base.p80), days(plan.p80)),
    row(t('optimise.level.range'), range(base), range(plan)),
    ...(isPaid
      ? [
          row(t('optimise.leverCost'), money(base.leverCost), money(plan.leverCost)),
          row(t('optimise.totalCost'), money(base.totalCost), money(plan.totalCost)),
        ]
      : []),
  ];
}

/** What to announce instead of what the plan was chosen for; null where nothing was chosen. */
export function tellOptimism(
  { plan, base, optimism }: OptimiseAnswer,
  { level }: AskedPlan,
  { target }: Told,
  { t, format }: Words,
): string | null {
  if (plan === null || JSON.stringify(plan.cells) === JSON.stringify(base.cells)) return null;
  const duration = plan[level];
  if (optimism === null || duration === null) return t('optimise.optimism.unknown');
  if (optimism.value < LEAST_TOLD) return t('optimise.optimism.nothing');
  return t('optimise.optimism.measured', {
    announced: format.duration(duration + optimism.value, target.unit),
    optimism: format.duration(optimism.value, target.unit),
  });
}

/** Whether past outages of its class were set as the plan is; nothing where it moves nothing, or none tells. */
function tellPrecedents({ support, plan, base }: OptimiseAnswer, { t, format }: Words): readonly string[] {
  const { n, nNear, beyond, label: ofClass } = support;
  if (plan === null || n === 0 || JSON.stringify(plan.cells) === JSON.stringify(base.cells)) return [];
  const label = ofClass ?? t('optimise.anyClass');
  const total = format.number(n);
  return [
    ...(beyond.length > 0 ? [t('optimise.beyond', { columns: beyond.join(', '), label })] : []),
    nNear === 0
      ? t('optimise.nearNone', { total, label })
      : t('optimise.near', { count: nNear, n: format.number(nNear), total, label }),
  ];
}

/** The levers whose effect looks like selection. */
export function tellDoubts(
  { evidence }: Pick<OptimiseAnswer, 'evidence'>,
  { target }: Told,
  words: Words,
): readonly string[] {
  return evidence.flatMap((lever) => tellDoubt(lever, target.unit, words) ?? []);
}

/** Why a lever's effect looks like selection; null where nothing speaks against it. */
export function tellDoubt(
  { column, slope, doubt }: JudgedLever,
  unit: DurationUnitName,
  { t, format }: Words,
): string | null {
  if (doubt === null) return null;
  return t(`optimise.doubt.${doubt}`, { column, change: format.durationChange(slope, unit, 2) });
}

/** What past outages say of the plan, why each lever stands where it does, and what was left out. */
export function tellPlanRemarks(answer: OptimiseAnswer, words: Words): readonly string[] {
  const { t, count } = words;
  const { binding, nOutside, without } = answer;
  return [
    ...tellPrecedents(answer, words),
    ...binding.map(({ column, reason }) => t(`optimise.binding.${reason}`, { column })),
    ...(nOutside > 0 ? [count('optimise.outside', nOutside)] : []),
    ...(without.length > 0 ? [t('optimise.without', { columns: without.join(', ') })] : []),
  ];
}
