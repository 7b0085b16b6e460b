import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serveDirectory } from './static-server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `npm start`: builds the page, serves it to this machine, says where, and opens it where there is a screen. */
export async function start(): Promise<void> {
  const build = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (build.status !== 0) {
    console.error('The build failed: the lines above say why.');
    process.exit(1);
  }
  const { address } = await serveDirectory(`${root}/dist`, {
    port: Number(process.env['PORT'] ?? 4173),
  });
  console.log(`\nTranche: ${address}   (Ctrl+C to stop)`);
  console.log('The same page works without a server: open dist/index.html.');
  openBrowser(address);
}

function openBrowser(address: string): void {
  const hasScreen = Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  const commands: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
    ...(hasScreen ? { linux: ['xdg-open'] } : {}),
  };
  const [command, ...flags] = commands[process.platform] ?? [];
  if (!command || process.env['CI']) return;
  // No opener is no failure: the address is on the screen.
  spawn(command, [...flags, address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
