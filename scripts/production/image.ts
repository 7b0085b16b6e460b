import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const work = `${root}node_modules/.cache/production`;
const files = `${root}deploy/container`;

/** Where buildah and podman keep what is theirs: beside nothing else of this machine. */
export const storage = ['--storage-driver', 'vfs', '--root', `${work}/store`, '--runroot', `${work}/run`];
const BASE = 'localhost/tranche-base';
export const IMAGE = 'localhost/tranche:test';

/** What the public image would be: Debian's C library without a shell, and this machine's Node, stripped. Kept once made. */
export function buildBase(): void {
  const context = `${work}/base-${process.versions.node}`;
  if (!existsSync(`${context}/base.tar`)) {
    mkdirSync(context, { recursive: true });
    const packages = 'libc6,libstdc++6,libgcc-s1,netbase,tzdata,ca-certificates';
    run('mmdebstrap', [
      '--quiet',
      '--variant=extract',
      `--include=${packages}`,
      'bookworm',
      `${context}/part.tar`,
    ]);
    copyFileSync(process.execPath, `${context}/node`);
    run('strip', [`${context}/node`]);
    run('mv', [`${context}/part.tar`, `${context}/base.tar`]);
  }
  build(BASE, `${files}/base.Dockerfile`, context, []);
}

/** The image as it ships, but for its base. Gives its id. */
export function buildImage(bundle: string): string {
  return build(IMAGE, `${files}/Dockerfile`, bundle, ['--build-arg', `BASE=${BASE}`]);
}

function build(tag: string, file: string, context: string, more: readonly string[]): string {
  // Without a cache: the second image is built, not found.
  const args = [
    'bud',
    '--isolation',
    'chroot',
    '--timestamp',
    '0',
    '--no-cache',
    ...more,
    '-t',
    tag,
    '-f',
    file,
  ];
  run('buildah', [...storage, ...args, context]);
  return run('buildah', [...storage, 'images', '--quiet', '--no-trunc', tag]).trim();
}

/** The image as one compressed archive, and its digest. */
export function exportImage(name: string): { readonly path: string; readonly digest: string } {
  const path = `${work}/${name}.tar`;
  rmSync(path, { force: true });
  run('buildah', [...storage, 'push', '--quiet', IMAGE, `oci-archive:${path}:${IMAGE}`]);
  return {
    path,
    digest: run('skopeo', ['inspect', '--format', '{{.Digest}}', `oci-archive:${path}`]).trim(),
  };
}
