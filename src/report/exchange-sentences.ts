import type { ModelSummary } from '#inference/contract.ts';
import { type ExportLimit, exportLimits } from '#interop/contract.ts';
import type { ExportWords } from '#interop/export-model.ts';
import type { ImportedModel } from '#jobs/exchange/contract.ts';
import type { Words } from '#language/words.ts';
import { nameUnit } from './with-unit.ts';

/** What an exported model says to people. */
export function wordExport(
  { name, target }: Pick<ModelSummary, 'name' | 'target'>,
  words: Words,
): ExportWords {
  const { t } = words;
  const named = { target: target.name, unit: nameUnit(target.unit, words) };
  return {
    remark: t('exchange.remark', { model: t(`terms.model.${name}`), ...named }),
    limits: Object.fromEntries(exportLimits.map((limit) => [limit, t(`exchange.limits.${limit}`)])) as Record<
      ExportLimit,
      string
    >,
    workbook: {
      sheets: {
        answer: t('exchange.workbook.answer'),
        model: t('exchange.workbook.model'),
        labels: t('exchange.workbook.labels'),
        levels: t('exchange.workbook.levels'),
      },
      title: t('exchange.workbook.title', named),
      heads: {
        input: t('exchange.workbook.input'),
        value: t('exchange.workbook.value'),
        known: t('exchange.workbook.known'),
      },
      prediction: t('exchange.workbook.prediction'),
      levels: [
        t('exchange.workbook.p10'),
        t('exchange.workbook.p50'),
        t('exchange.workbook.p80'),
        t('exchange.workbook.p90'),
      ],
      noLevel: t('exchange.workbook.noLevel'),
      remarks: [t('exchange.workbook.fill')],
    },
  };
}

/** What an export does not carry, a sentence each. */
export function tellLimits(limits: readonly ExportLimit[], { t }: Words): readonly string[] {
  return limits.map((limit) => t(`exchange.limits.${limit}`));
}

/** What was imported, how it was checked and what it is worth. */
export function tellImported(
  { nTrees, nParityRows, scores, summary }: ImportedModel,
  { t, format }: Words,
): readonly string[] {
  const { unit } = summary.target;
  return [
    t('exchange.imported', { trees: format.number(nTrees) }),
    nParityRows === null ? t('exchange.noParity') : t('exchange.parity', { n: format.number(nParityRows) }),
    scores === null
      ? t('exchange.noHoldout')
      : t('exchange.holdout', {
          n: format.number(scores.n),
          mae: format.duration(scores.mae, unit, 2),
          rmse: format.duration(scores.rmse, unit, 2),
        }),
  ];
}
