import type { StoredProject } from './read-records.ts';

/** What was on show last, in whichever tab: what a new tab opens. */
export const LAST_PROJECT = 'current';

/** Others' tabs whose files stay: more than a person works in, few enough for the room that large files take. */
const MAX_OTHER_TABS = 8;

/** What is on show in one tab stands under a key of its own, so that tabs neither overwrite nor delete one another's. */
export function toTabKey(tab: string): string {
  return `tab-${tab}`;
}

/** The files that a tab shows. */
export function listFiles({ datasetId, forecastId = null }: StoredProject): readonly (string | null)[] {
  return [datasetId, forecastId];
}

/** Of the other tabs those seen last, whose files stay, and the keys of the rest, which are forgotten. */
export function sortOtherTabs(
  projects: readonly StoredProject[],
  ownKey: string,
): { readonly held: ReadonlySet<string | null>; readonly forgotten: readonly string[] } {
  const others = projects
    .filter(({ id }) => id !== ownKey && id !== LAST_PROJECT)
    .toSorted((a, b) => (b.seenAt ?? 0) - (a.seenAt ?? 0));
  return {
    held: new Set(others.slice(0, MAX_OTHER_TABS).flatMap(listFiles)),
    forgotten: others.slice(MAX_OTHER_TABS).map(({ id }) => id),
  };
}
