import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createI18n } from '#language/i18n.ts';
import { appStore } from '#store/use-app-store.ts';
import { App } from './app.tsx';
import { printInLight } from './print-in-light.ts';

const i18n = createI18n(appStore.getState().language);
appStore.subscribe((state, before) => {
  if (state.language !== before.language) void i18n.changeLanguage(state.language);
});
void appStore.getState().restore();
printInLight();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App i18n={i18n} />
    </StrictMode>,
  );
}
