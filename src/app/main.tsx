import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { appStore } from '#store/use-app-store.ts';
import { App } from './app.tsx';
import { printInLight } from './print-in-light.ts';
import { warnBeforeLeaving } from './warn-before-leaving.ts';

void appStore.getState().restore();
printInLight();
warnBeforeLeaving();

const root = document.getElementById('root');
if (root) {
  // For the script of index.html, which otherwise says why nothing started.
  root.dataset['started'] = '';
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
