import { createHash, randomUUID } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { AppError } from '#base/errors.ts';
import {
  type ArtifactStore,
  create,
  isBelow,
  isStoreError,
  type Key,
  type PutMode,
  requireKey,
  storeError,
} from './artifact-store.ts';
import { keys } from './store-layout.ts';

export interface S3Address {
  readonly bucket: string;
  /** Before every key; '' for the whole bucket. */
  readonly prefix: Key;
  /** Of a server that is not AWS's; buckets are then the first part of the path. */
  readonly endpoint?: string;
  readonly region?: string;
}

/** Tries of a request that met a fault, of an answer that broke off, of a write that met another. */
const N_TRIES = 6;

/**
 * A bucket as a store. Credentials are found as AWS's own tools find them.
 *
 * Each object bears its SHA-256, which the server checks as it is written and we as it is read. Each write bears a name of
 * its own: where its answer was lost and it was sent again, the refusal of the second is known to be the success of the first.
 */
export function createS3Store(place: S3Address, client: S3Client = openClient(place)): ArtifactStore {
  const { bucket, prefix } = place;
  const address = `s3://${[bucket, prefix].filter(Boolean).join('/')}`;
  const fullKey = (key: Key) => (prefix === '' ? key : `${prefix}/${key}`);
  const at = (key: Key) => ({ Bucket: bucket, Key: fullKey(key) });

  async function attempt<Result>(task: () => Promise<Result>): Promise<Result> {
    try {
      return await task();
    } catch (thrown) {
      if (thrown instanceof AppError) throw thrown;
      const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
      throw new AppError('store-unreachable', `${address}: ${message}`, { name: address });
    }
  }

  async function isWritten(key: Key, id: string): Promise<boolean> {
    const head = await client.send(new HeadObjectCommand(at(key))).catch(nullWhereAbsent);
    return head?.Metadata?.['put'] === id;
  }

  async function read(key: Key) {
    for (let n = 1; ; n++) {
      const answer = await client.send(new GetObjectCommand(at(key))).catch(nullWhereAbsent);
      if (!answer) throw storeError('artifact-missing', address, key);
      try {
        const bytes = new Uint8Array((await answer.Body?.transformToByteArray()) ?? []);
        if (bytes.length !== answer.ContentLength) throw new Error('the answer broke off');
        const expected = answer.Metadata?.['sha256'];
        if (expected !== undefined && expected !== hashOf(bytes).toString('hex'))
          throw storeError('artifact-damaged', address, key);
        return { bytes, tag: answer.ETag ?? '' };
      } catch (thrown) {
        if (n >= N_TRIES) throw thrown;
      }
    }
  }

  async function write(key: Key, bytes: Uint8Array, mode: PutMode): Promise<string> {
    const id = randomUUID();
    const hash = hashOf(bytes);
    const refused = storeError(mode.kind === 'create' ? 'artifact-exists' : 'artifact-changed', address, key);
    for (let n = 1; ; n++) {
      try {
        const command = new PutObjectCommand({
          ...at(key),
          Body: bytes,
          ChecksumSHA256: hash.toString('base64'),
          Metadata: { sha256: hash.toString('hex'), put: id },
          ...(mode.kind === 'create' && { IfNoneMatch: '*' }),
          ...(mode.kind === 'replace' && { IfMatch: mode.expected }),
        });
        return (await client.send(command)).ETag ?? '';
      } catch (thrown) {
        const status = statusOf(thrown);
        if (status === 412 || (status === 404 && mode.kind === 'replace' && !isBucketMissing(thrown))) {
          if (!(await isWritten(key, id))) throw refused;
          return (await client.send(new HeadObjectCommand(at(key)))).ETag ?? '';
        }
        // 409: another conditional write of the key is under way.
        if (status !== 409 || n >= N_TRIES) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** n * Math.random()));
      }
    }
  }

  return {
    address,
    get: async (key) => {
      requireKey(key);
      return attempt(() => read(key));
    },
    put: async (key, bytes, mode) => {
      requireKey(key);
      return attempt(() => write(key, bytes, mode));
    },
    list: async function* (below) {
      if (below !== '') requireKey(below);
      const full = below === '' ? (prefix === '' ? '' : `${prefix}/`) : fullKey(below);
      const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: full });
      const next = () => attempt(() => pages.next());
      for (let page = await next(); !page.done; page = await next()) {
        for (const { Key = '', Size = 0 } of page.value.Contents ?? []) {
          const key = prefix === '' ? Key : Key.slice(prefix.length + 1);
          if (isBelow(key, below)) yield { key, size: Size };
        }
      }
    },
    delete: async (key) => {
      requireKey(key);
      await attempt(() => client.send(new DeleteObjectCommand(at(key))));
    },
  };
}

function openClient({ endpoint, region }: S3Address): S3Client {
  return new S3Client({
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true, region: region ?? 'us-east-1' }),
    ...(region !== undefined && { region }),
    maxAttempts: N_TRIES,
    // Ours is sent with each object; servers that are not AWS's know no other.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
  });
}

/** Whether the store heeds what a write takes for granted: some servers overwrite all the same. */
export async function heedsConditions(store: ArtifactStore): Promise<boolean> {
  const key = keys.probe(randomUUID());
  const bytes = new TextEncoder().encode(key);
  const isRefused = (mode: PutMode, code: 'artifact-exists' | 'artifact-changed') =>
    store.put(key, bytes, mode).then(
      () => false,
      (thrown: unknown) => {
        if (isStoreError(thrown, code)) return true;
        throw thrown;
      },
    );
  try {
    await store.put(key, bytes, create);
    const other = { kind: 'replace', expected: '"00000000000000000000000000000000"' } as const;
    return (await isRefused(create, 'artifact-exists')) && (await isRefused(other, 'artifact-changed'));
  } finally {
    await store.delete(key);
  }
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function statusOf(thrown: unknown): number | undefined {
  return thrown instanceof S3ServiceException ? thrown.$metadata.httpStatusCode : undefined;
}

function isBucketMissing(thrown: unknown): boolean {
  return thrown instanceof S3ServiceException && thrown.name === 'NoSuchBucket';
}

function nullWhereAbsent(thrown: unknown): null {
  if (statusOf(thrown) === 404 && !isBucketMissing(thrown)) return null;
  throw thrown;
}
