import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Pictures are of what would be handed over: the built file, made anew. */
export default function buildApp(): void {
  execFileSync('npx', ['vite', 'build', '--logLevel', 'error'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  });
}
