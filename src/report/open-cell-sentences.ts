import type { FormFeature, OpenCells } from '#inference/contract.ts';
import type { Words } from '#language/words.ts';

/** Which fields were not known, and how the answer does without them. */
export function nameOpenCells(
  { features: positions, way }: OpenCells,
  features: readonly FormFeature[],
  { t, format }: Words,
): string {
  const names = positions.map((position) => features[position]?.name ?? '').join(', ');
  const count = positions.length;
  return t(`scenarios.open.${way}`, { count, n: format.number(count), names });
}

/** For a file of predictions: how many of its rows have cells that nobody knew; null where none has. */
export function tellWideRows(nRows: number, { t, format }: Words): string | null {
  return nRows === 0 ? null : t('report.wideRows', { count: nRows, n: format.number(nRows) });
}
