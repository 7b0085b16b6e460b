import { createRandomId } from '#registry/random-id.ts';

const KEY = 'tranche.tab';

/** Of this tab, the same after a reload. A tab that was opened from another one, or copied, is a tab of its own. */
export function readTabId(): string {
  try {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const known = navigation?.type === 'navigate' ? null : sessionStorage.getItem(KEY);
    const id = known ?? createRandomId();
    sessionStorage.setItem(KEY, id);
    return id;
  } catch {
    // Site data are blocked: nothing is kept, under whatever name.
    return createRandomId();
  }
}
