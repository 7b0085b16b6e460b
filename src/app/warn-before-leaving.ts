import { losesWork } from '#store/leaving.ts';
import { appStore } from '#store/use-app-store.ts';

/** Has the browser ask, in its own words, before it closes a page that would lose work. */
export function warnBeforeLeaving(): void {
  window.addEventListener('beforeunload', (event) => {
    if (losesWork(appStore.getState())) event.preventDefault();
  });
}
