import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the data that lie beside the project; null where they are not there. */
export function findSharedFile(name: string): string | null {
  const path = fileURLToPath(new URL(`../../shared/data/${name}`, import.meta.url));
  return existsSync(path) ? path : null;
}
