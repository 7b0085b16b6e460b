import type { Evaluation } from '#jobs/prediction/contract.ts';
import type { Words } from '#language/words.ts';
import type { TrainingResult } from '#training/contract.ts';
import { listFullScores } from '#training/full-scores.ts';
import { countDraws } from '#training/row-split.ts';
import { tellAnswered, tellCoverage } from './coverage-sentences.ts';
import {
  tellChoice,
  tellExpected,
  tellFeatures,
  tellHorizon,
  tellRows,
  tellScale,
  tellSkill,
  tellStopped,
  tellUnderWayResult,
  tellVerdict,
} from './model-sentences.ts';
import { tellBesideAnnounced, tellHorizonPrice } from './score-sentences.ts';
import { alignColumns } from './align-columns.ts';
import { withUnit } from './with-unit.ts';

/** A training in plain text: the choice and what it is worth, the models compared, what counts. */
export function writeTraining(result: TrainingResult, words: Words): string {
  const { t, pair } = words;
  const { coverage } = result;
  const verdict = tellVerdict(result, words);
  const overall = coverage?.overall;
  const sentences = [
    t('report.chosen', { model: t(`terms.model.${result.chosen}`) }),
    tellChoice(result, words),
    tellStopped(result, words),
    tellHorizon(result, words),
    tellHorizonPrice(result, words),
    tellExpected(result, words),
    tellScale(result, words),
    tellRows(result, words),
    tellUnderWayResult(result, words),
    tellFeatures(result, words),
    verdict.sentence,
    tellBesideAnnounced(result, words) ?? tellSkill(result, words),
    `${verdict.bias} ${verdict.split}`,
    ...(overall
      ? (['p80', 'p10p90'] as const).map((level) =>
          pair(t(`evaluation.coverage.${level}`), tellCoverage(overall, level, true, words)),
        )
      : []),
    coverage && tellAnswered(coverage, words),
  ];
  return [
    tellOutages(result, words),
    '',
    ...sentences.filter((sentence) => sentence !== null),
    '',
    ...alignColumns(tabulateModels(result, words)),
    '',
    ...alignColumns(tabulateImportance(result, words)),
    '',
  ].join('\n');
}

/** How a model did on the outages of a file, one error a line. */
export function writeEvaluation(evaluation: Evaluation, words: Words): string {
  const { t, pair } = words;
  const { unit } = evaluation.target;
  const metrics = ['mae', 'rmse', 'medianAbsoluteError', 'r2', 'bias'] as const;
  const rows = metrics.map((name) => [t(`terms.metric.${name}`), writeFigure(evaluation[name], words)]);
  const inUnit = unit === 'unknown' ? [] : [pair(t('data.target.unit'), t(`common.unit.${unit}`))];
  return [tellOutages(evaluation, words), ...inUnit, ...alignColumns(rows), ''].join('\n');
}

/** "Durée (jours) : 2 033 arrêts sur 2 033 lignes". */
function tellOutages(
  {
    target,
    rows,
  }: Pick<TrainingResult, 'target'> & { readonly rows: { readonly kept: number; readonly read: number } },
  { t, count }: Words,
): string {
  return t('report.outages', {
    target: target.name,
    outages: count('common.outages', rows.kept),
    rows: count('common.rows', rows.read),
  });
}

function tabulateModels(result: TrainingResult, words: Words): string[][] {
  const { settings, chosen, target } = result;
  const { t, format } = words;
  const draws = countDraws(settings, result.rows.kept);
  const inUnit = (name: string) => withUnit(name, target.unit, words);
  return [
    [
      t(draws > 1 ? 'report.modelsRepeated' : 'report.models', {
        folds: format.number(settings.folds),
        draws: format.number(draws),
      }),
      inUnit('MAE'),
      'RMSE',
      'R²',
      inUnit(t('report.testMae')),
    ],
    ...listFullScores(result).map(({ name, cv, test }) => [
      `${name === chosen ? '*' : ' '} ${t(`terms.model.${name}`)}`,
      ...[cv.mae, cv.rmse, cv.r2, test.mae].map((figure) => writeFigure(figure, words)),
    ]),
  ];
}

function tabulateImportance({ importance, target }: TrainingResult, words: Words): string[][] {
  const { t } = words;
  return [
    [t('evaluation.importance.title'), withUnit(t('evaluation.importance.x'), target.unit, words), ''],
    ...importance.columns.map(({ column, mean, sd }) => [
      `  ${column}`,
      writeFigure(mean, words),
      `± ${writeFigure(sd, words)}`,
    ]),
  ];
}

function writeFigure(value: number, { format }: Words): string {
  return format.fixed(value, 3);
}
