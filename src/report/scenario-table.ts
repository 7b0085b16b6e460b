import { buildColumn, type CellRow } from '#data/cell.ts';
import { type CsvDialectName, writeCsv } from '#data/csv/write-csv.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction, ModelSummary } from '#inference/contract.ts';
import type { TextFile } from '#jobs/dataset/contract.ts';
import type { Words } from '#language/words.ts';
import { levels } from './interval-sentences.ts';

/** A scenario with its name, and what the model says of it; null while that is not known. */
export interface ScenarioColumn {
  readonly name: string;
  readonly cells: CellRow;
  readonly prediction: CasePrediction | null;
}

/** One row a scenario: its name, the model's inputs, its levels. `compare` reads it again. */
export function exportScenarios(
  scenarios: readonly ScenarioColumn[],
  { features, target }: Pick<ModelSummary, 'features' | 'target'>,
  dialect: CsvDialectName,
  { t }: Words,
): TextFile {
  const inputs = features.map(({ name, type }, i) => {
    const cells = scenarios.map((scenario) => scenario.cells[i] ?? null);
    const column = buildColumn(name, type, cells);
    const isDay = cells.every((cell) => typeof cell !== 'number' || cell % 86_400_000 === 0);
    return column.type === 'date' ? { ...column, hasTime: !isDay } : column;
  });
  const answers = levels.map((level) => {
    const values = scenarios.map(({ prediction }) => {
      const bound = prediction?.interval?.[level];
      return bound && isClaimed(bound) ? Math.round(bound.value * 10) / 10 : null;
    });
    return buildColumn(`${target.name} ${level.toUpperCase()}`, 'number', values);
  });
  const names = buildColumn(
    t('compare.name'),
    'category',
    scenarios.map(({ name }) => name),
  );
  const columns = [names, ...inputs, ...answers];
  return { name: 'scenarios.csv', text: writeCsv({ nRows: scenarios.length, columns }, dialect) };
}
