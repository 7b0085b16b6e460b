import type { ModelSummary } from '#inference/contract.ts';
import type { OptimiseAnswer } from '#jobs/planning/contract.ts';
import type { Words } from '#language/words.ts';
import { alignColumns } from './align-columns.ts';
import {
  type AskedPlan,
  listPlanRows,
  tellDoubts,
  tellOptimism,
  tellPlanAnswer,
  tellPlanRemarks,
  tellPlanStatus,
} from './plan-sentences.ts';

/** The answer of an optimisation for a terminal: what to do, the proof, both plans side by side, and why it stops there. */
export function writePlan(
  answer: OptimiseAnswer,
  asked: AskedPlan,
  levers: readonly string[],
  model: Pick<ModelSummary, 'features' | 'target'>,
  words: Words,
): string {
  const { t, format } = words;
  const rows = listPlanRows(answer, levers, model, words);
  const table = alignColumns([
    ['', t('optimise.present'), t('optimise.proposed')],
    ...rows.map(({ name, present, proposed }) => [name, present, proposed]),
  ]);
  const { front } = answer;
  const trades = (front?.plans ?? []).map(({ leverCost, p80 }) => [
    format.duration(p80, model.target.unit),
    format.number(leverCost),
  ]);
  const lines = [
    tellPlanAnswer(answer, asked, model, words),
    tellPlanStatus(answer, asked, model, words),
    ...(rows.length > 0 ? ['', ...table, ''] : []),
    ...(front
      ? [
          t('optimise.front.title'),
          ...alignColumns([[t('optimise.level.p80'), t('optimise.leverCost')], ...trades]),
          ...(front.isComplete ? [] : [t('optimise.front.partial')]),
          '',
        ]
      : []),
    tellOptimism(answer, asked, model, words),
    ...tellDoubts(answer, model, words),
    ...tellPlanRemarks(answer, words),
    t('optimise.association'),
  ];
  return `${lines.filter((line) => line !== null).join('\n')}\n`;
}
