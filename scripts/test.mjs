import { importTypeScript, installIfNeeded } from './install-if-needed.mjs';

installIfNeeded();
const { runAllTests } = await importTypeScript('./run-all-tests.ts');
process.exitCode = await runAllTests();
