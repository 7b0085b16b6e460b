/** The sections of the app, in work order. */
export const sectionIds = [
  'data',
  'quality',
  'model',
  'evaluation',
  'scenarios',
  'optimise',
  'versions',
  'forecasts',
] as const;
export type SectionId = (typeof sectionIds)[number];

/** Address of a section: after the hash, so that any static host and a file on disk serve it. */
export function sectionPath(id: SectionId): string {
  return `#/${id}`;
}
