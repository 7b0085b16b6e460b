import { importTypeScript, installIfNeeded } from './install-if-needed.mjs';

installIfNeeded();
const { start } = await importTypeScript('./serve-app.ts');
await start();
