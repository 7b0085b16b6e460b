/**
 * Asks the browser once not to clear this site's data when the disk runs low. Some ask the person, who may never answer,
 * so nothing waits for it, and nothing is promised by what it says: Chromium decides by how often a site is visited.
 */
export function createPersistenceRequest(): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    // Absent on plain http.
    void globalThis.navigator?.storage?.persist?.().catch(() => {});
  };
}
