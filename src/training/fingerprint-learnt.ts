import { gather } from '#base/arrays.ts';
import type { OutageSet } from '#data/outages.ts';
import type { SampleIndices } from '#data/row-index.ts';
import type { Table } from '#data/table.ts';
import { type RowFingerprints, takeFingerprints } from '#models/row-fingerprints.ts';

/** By what the outages that a model was fitted on are known again; those under way, whose end it did not see, among them. O(cells). */
export function fingerprintLearnt(
  { positions, target, start, groups, underWay }: OutageSet,
  table: Table,
  fitted: SampleIndices,
  inputs: readonly string[],
): RowFingerprints {
  const rows = {
    table,
    positions: [...gather(positions, fitted), ...underWay.positions],
    target: [...gather(target, fitted), ...Array.from(underWay.positions, () => NaN)],
    start: start && [...gather(start, fitted), ...underWay.start],
  };
  return takeFingerprints(rows, groups, inputs);
}
