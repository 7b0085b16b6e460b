import type { FactorsFile } from '#jobs/dataset/contract.ts';
import type { FactorsRecord } from '#registry/records.ts';

/** A kept second file as the jobs read it. */
export function toFactorsFile({ name, bytes, overrides }: FactorsRecord): FactorsFile {
  return { file: { name, bytes }, overrides };
}

/** The open second file as it is kept; null without one. The page's files are blobs. */
export function toFactorsRecord(factors: FactorsFile | null): FactorsRecord | null {
  return (
    factors && {
      version: 1,
      name: factors.file.name,
      bytes: factors.file.bytes as Blob,
      overrides: factors.overrides,
    }
  );
}
