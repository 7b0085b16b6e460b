import { AppError } from '#base/errors.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { createFolderStore } from './folder-store.ts';

/** A folder, or `s3://bucket/prefix`, with `?endpoint=URL&region=NAME` for a server that is not AWS's. */
export type StoreAddress = string;

/**
 * Opens a store. AWS's client is loaded for a bucket only, and a server that overwrites whatever a write takes for granted is
 * refused (`invalid-setting`) unless `allowsUnconditional`: there two promotions at once may lose one.
 */
export async function openStore(
  address: StoreAddress,
  { allowsUnconditional = false }: { allowsUnconditional?: boolean } = {},
): Promise<ArtifactStore> {
  if (!/^[a-z][a-z0-9+.-]+:\/\//u.test(address)) return createFolderStore(address);
  const place = readS3Address(address);
  const { createS3Store, heedsConditions } = await import('./s3-store.ts');
  const store = createS3Store(place);
  if (!allowsUnconditional && !(await heedsConditions(store))) {
    throw new AppError(
      'invalid-setting',
      `${store.address} writes over what a conditional write must not; --allow-unconditional uses it all the same`,
      { name: 'store', value: store.address },
    );
  }
  return store;
}

export function readS3Address(address: StoreAddress) {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^?]*))?(?:\?(.*))?$/u.exec(address);
  const [, bucket = '', path = '', query = ''] = match ?? [];
  const prefix = path.replace(/\/$/u, '');
  const options = new URLSearchParams(query);
  const unknown = [...options.keys()].find((name) => name !== 'endpoint' && name !== 'region');
  if (!match || unknown !== undefined || !/^(?:[\w.-]+(?:\/[\w.-]+)*)?$/u.test(prefix)) {
    throw new AppError('invalid-setting', `a store is a folder or s3://bucket/prefix, got ${address}`, {
      name: 'store',
      value: address,
    });
  }
  const [endpoint, region] = [options.get('endpoint'), options.get('region')];
  return { bucket, prefix, ...(endpoint !== null && { endpoint }), ...(region !== null && { region }) };
}
