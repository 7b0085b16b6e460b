import type { ColumnProfile } from '#data/profile.ts';
import type { RecipeStep } from '#data/recipe/recipe-step.ts';
import type { TablePage } from '#jobs/dataset/contract.ts';
import type { TestPredictions, TrainingResult } from '#training/contract.ts';
import type { Words } from '#language/words.ts';
import { formatCell } from '#report/cell-text.ts';
import type { UnseenPrediction } from '#report/outage-sentences.ts';

/** How an outage was predicted by the model that had not seen it; null for one that was no test outage. */
export function findUnseen(
  test: TestPredictions,
  row: number,
): (UnseenPrediction & { readonly className: string | null }) | null {
  const { rows, actual, predicted, intervals, classes } = test;
  const at = rows.indexOf(row);
  if (at < 0) return null;
  return {
    actual: actual[at] ?? NaN,
    predicted: predicted[at] ?? NaN,
    p10: intervals?.p10[at] ?? NaN,
    p90: intervals?.p90[at] ?? NaN,
    className: classes?.labels[classes.codes[at] ?? -1] ?? null,
  };
}

/** Each filled cell of the outage as the file has it. */
export function listCells(
  { columns, rows }: TablePage,
  profiles: readonly ColumnProfile[],
  format: Words['format'],
): readonly { readonly name: string; readonly text: string }[] {
  const profileOf = new Map(profiles.map((profile) => [profile.name, profile]));
  return columns.flatMap(({ name }, index) => {
    const profile = profileOf.get(name);
    const text = profile ? formatCell(rows[0]?.[index] ?? null, profile, format) : '';
    return text === '' ? [] : [{ name, text }];
  });
}

/** The step of the recipe that leaves the outage out by name. */
export function findExclusion(steps: readonly RecipeStep[], row: number): RecipeStep | null {
  return (
    steps.find(
      ({ action, isEnabled }) => isEnabled && action.kind === 'exclude-rows' && action.rows.includes(row),
    ) ?? null
  );
}

/** A replay takes the day the outage began, and a unit to tell which others were over by then. */
export function canReplay({ target, test }: Pick<TrainingResult, 'target' | 'test'>): boolean {
  return target.unit !== 'unknown' && test.starts !== null;
}
