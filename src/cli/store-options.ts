import { hostname, userInfo } from 'node:os';
import type { ArtifactStore } from '#pipeline/artifact-store.ts';
import { openStore } from '#pipeline/store-address.ts';
import type { Options } from './options.ts';
import { UsageError } from './usage-error.ts';

export const storeOptionNames = ['store', 'by'] as const;
export const storeFlags = ['allow-unconditional', 'json'] as const;

/** The store that `--store` names. Throws `UsageError` where it was not given, and what opening throws. */
export async function openNamedStore(options: Options): Promise<ArtifactStore> {
  const address = options.text('store');
  if (address === undefined)
    throw new UsageError('name the store: --store FOLDER, or --store s3://bucket/prefix');
  return openStore(address, { allowsUnconditional: options.flag('allow-unconditional') });
}

/** Who signs: as `--by` says, else the account on its machine. */
export function readSigner(options: Options): string {
  return options.text('by') ?? `${userInfo().username}@${hostname()}`;
}
