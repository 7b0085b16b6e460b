import { useSyncExternalStore } from 'react';
import { sectionIds, type SectionId } from '#screens/section-path.ts';

/** The section that a hash names; null for none or an unknown one. */
export function parseSection(hash: string): SectionId | null {
  return sectionIds.find((id) => hash === `#/${id}` || hash.startsWith(`#/${id}/`)) ?? null;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The section in the address bar; null where it names none. */
export function useSection(): SectionId | null {
  return useSyncExternalStore(subscribe, () => parseSection(window.location.hash));
}
