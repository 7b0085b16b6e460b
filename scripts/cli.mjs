import { importTypeScript, installIfNeeded } from './install-if-needed.mjs';

installIfNeeded();
const { main } = await importTypeScript('../src/cli/main.ts');
process.exitCode = await main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
});
