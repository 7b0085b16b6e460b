import { importTypeScript, installIfNeeded } from './install-if-needed.mjs';

installIfNeeded();
const { runProcess } = await importTypeScript('../src/cli/run-process.ts');
await runProcess();
