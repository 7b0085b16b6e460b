import type { ColumnProfile } from '#data/profile.ts';
import type { StepReport } from '#data/recipe/apply-recipe.ts';
import type { Bounds, RecipeAction, RecipeStep } from '#data/recipe/recipe-step.ts';
import type { Words } from '#language/words.ts';
import { writeBriefly } from './cell-text.ts';
import { tellMatched } from './factor-sentences.ts';

/** What a step does, as an order: "Exclure les lignes où « Durée » ≤ 0". `profiles` are those of the file. */
export function describeAction(
  action: RecipeAction,
  profiles: readonly ColumnProfile[],
  words: Words,
): string {
  const { t, format, count } = words;
  const quote = (name: string) => quoteName(name, words);
  const writerOf = (column: string) => writeBriefly(column, profiles, words);
  switch (action.kind) {
    case 'exclude-rows':
      return t('quality.action.exclude-rows', { rows: count('common.rows', action.rows.length) });
    case 'exclude-outside':
    case 'set-missing-outside': {
      const outside = describeOutside(action.bounds, writerOf(action.column), words);
      return t(`quality.action.${action.kind}`, { column: quote(action.column), outside });
    }
    case 'exclude-span-outside': {
      const outside = describeOutside(action.bounds, (value) => format.number(value), words);
      const dates = { start: quote(action.start), end: quote(action.end) };
      return t('quality.action.exclude-span-outside', { ...dates, outside });
    }
    case 'exclude-duplicates':
      return action.ignoring.length === 0
        ? t('quality.action.exclude-duplicates')
        : t('quality.action.exclude-near-duplicates', { columns: listNames(action.ignoring, words) });
    case 'exclude-labels':
    case 'keep-labels':
      return t(`quality.action.${action.kind}`, {
        column: quote(action.column),
        labels: listNames(action.labels, words),
      });
    case 'fill-duration':
      return t('quality.action.fill-duration', {
        column: quote(action.column),
        start: quote(action.start),
        end: quote(action.end),
      });
    case 'keep-latest-version':
    case 'merge-rows':
      return t(`quality.action.${action.kind}`, { identifier: quote(action.identifier) });
    case 'merge-labels': {
      const names = { into: quote(action.into), from: listNames(action.from, words) };
      return t('quality.action.merge-labels', { ...names, column: quote(action.column) });
    }
    case 'group-rare-labels': {
      const names = { into: quote(action.into), column: quote(action.column) };
      return t('quality.action.group-rare-labels', { ...names, minRows: format.number(action.minRows) });
    }
    case 'set-missing':
      return t('quality.action.set-missing', {
        column: quote(action.column),
        rows: count('common.rows', action.rows.length),
      });
    case 'clip': {
      const write = writerOf(action.column);
      const { min = -Infinity, max = Infinity } = action;
      return t('quality.action.clip', { column: quote(action.column), min: write(min), max: write(max) });
    }
    case 'convert-unit':
      return t('quality.action.convert-unit', {
        column: quote(action.column),
        factor: format.number(action.factor, 6),
      });
    case 'fill-missing': {
      const { column, value } = action;
      const filler = typeof value === 'number' ? writerOf(column)(value) : quote(value);
      return t('quality.action.fill-missing', { column: quote(column), value: filler });
    }
    case 'join-factors':
      return t('quality.action.join-factors', { file: quote(action.file) });
    // Only 'set-role' is left: another kind would not have a role.
    default:
      return action.role === 'ignore'
        ? t('quality.action.ignore', { column: quote(action.column) })
        : t('quality.action.set-role', {
            column: quote(action.column),
            role: t(`data.role.${action.role}`),
          });
  }
}

/** What a step did to this file: "−3 lignes", or why it did nothing; "…" while it is still being applied. */
export function tellStepEffect(
  { action, isEnabled }: RecipeStep,
  report: StepReport | undefined,
  { t, format, count }: Words,
): string {
  if (!isEnabled) return t('quality.recipe.off');
  if (report === undefined || report.status === 'disabled') return '…';
  if (report.status !== 'applied') return t(`quality.recipe.${report.status}`);
  if (report.match) return tellMatched(report.match, { t, format });
  if (report.nRowsRemoved > 0) return count('quality.recipe.removed', report.nRowsRemoved);
  if (report.nCellsChanged > 0) return count('quality.recipe.changed', report.nCellsChanged);
  return action.kind === 'set-role' ? '' : t('quality.recipe.nothing');
}

/** A name from the file, marked as such. */
export function quoteName(name: string, { t }: Words): string {
  return t('quality.quote', { name });
}

const MAX_NAMES = 3;

/** The first names of a list; the others as an ellipsis. */
export function listNames(names: readonly string[], words: Words): string {
  const shown = names.slice(0, MAX_NAMES).map((name) => quoteName(name, words));
  return names.length > MAX_NAMES ? `${shown.join(', ')}…` : shown.join(', ');
}

/** What lies outside of bounds, as the end of a sentence: "≤ 0", "hors de 1 à 9". */
function describeOutside(
  { min, above, max }: Bounds,
  write: (value: number) => string,
  { t }: Words,
): string {
  const low = above ?? min;
  if (low !== undefined && max !== undefined) {
    return t('quality.outside.range', { low: write(low), high: write(max) });
  }
  if (above !== undefined) return `≤ ${write(above)}`;
  return min !== undefined ? `< ${write(min)}` : `> ${write(max ?? Infinity)}`;
}
