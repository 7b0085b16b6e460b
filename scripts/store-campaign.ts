/**
 * `npm run campaign:store -- 1000 1000`: twenty promoters race for one pointer, in a folder and in a bucket; a thousand transfers meet faults of
 * every kind. Printed; ends with an error where two won, or a byte is another one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { createRng } from '#base/random.ts';
import { type ArtifactStore, create, isStoreError } from '#pipeline/artifact-store.ts';
import { createFolderStore } from '#pipeline/folder-store.ts';
import { createMemoryStore } from '#pipeline/memory-store.ts';
import { createS3Store } from '#pipeline/s3-store.ts';
import { type S3Fault, startS3Double } from '#pipeline/testing/s3-double.ts';

const nRounds = Number(process.argv[2] ?? 1000);
const nTransfers = Number(process.argv[3] ?? 1000);
const rng = createRng(1);
const root = mkdtempSync(join(tmpdir(), 'tranche-stores-'));
const bytesOf = (text: string) => new TextEncoder().encode(text);
let fault: () => S3Fault | null = () => null;
const double = await startS3Double({ fault: () => fault() });
const client = new S3Client({
  endpoint: double.endpoint,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId: 'AKTEST', secretAccessKey: 'secret' },
  maxAttempts: 12,
});
const bucket = createS3Store({ bucket: 'tranche', prefix: '' }, client);
const memory = createMemoryStore();
let isHeld = true;

async function race(name: string, open: () => ArtifactStore, rounds: number): Promise<void> {
  let tag = await open().put('pointer', bytesOf('0'), create);
  for (let round = 1; round <= rounds; round++) {
    const ends = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        open().put('pointer', bytesOf(`${round} ${i}`), { kind: 'replace', expected: tag }),
      ),
    );
    const won = ends.flatMap((end, i) => (end.status === 'fulfilled' ? [i] : []));
    const isSole =
      won.length === 1 &&
      ends.every((end) => end.status === 'fulfilled' || isStoreError(end.reason, 'artifact-changed'));
    const { bytes, tag: next } = await open().get('pointer');
    if (!isSole || new TextDecoder().decode(bytes) !== `${round} ${won[0]}`) {
      isHeld = false;
      console.error(`${name}, round ${round}: ${won.length} won`);
    }
    tag = next;
  }
  console.log(`${name}: ${rounds} rounds of 20, one winner each: ${isHeld}`);
}

await race('memory', () => memory, nRounds);
await race('bucket', () => bucket, nRounds);
await race('folder', () => createFolderStore(join(root, 'folder')), Math.ceil(nRounds / 10));

const faults: readonly S3Fault[] = ['reset', 'lost-answer', 'cut', '500', 'slow-down', '409', 'late'];
let nFaults = 0;
fault = () => {
  if (rng.nextFloat() > 0.15) return null;
  nFaults++;
  return faults[rng.nextBelow(faults.length)] ?? null;
};
let nCorrupted = 0;
let nGivenUp = 0;
const transfer = async (i: number) => {
  const bytes = Uint8Array.from({ length: 1 + ((i * 7919) % 20_000) }, (_, at) => (at * (i + 1)) % 251);
  try {
    await bucket.put(`a/${i}`, bytes, create);
    const { bytes: back } = await bucket.get(`a/${i}`);
    if (Buffer.compare(bytes, back) !== 0) nCorrupted++;
  } catch (thrown) {
    // An honest error is no corruption, and it is all or nothing.
    nGivenUp++;
    const kept = double.objects.get(`a/${i}`);
    if (kept && Buffer.compare(kept.bytes, bytes) !== 0) nCorrupted++;
    if (!(thrown instanceof Error)) throw thrown;
  }
};
for (let from = 0; from < nTransfers; from += 20)
  await Promise.all(Array.from({ length: 20 }, (_, i) => transfer(from + i)));
console.log(
  `${nTransfers} transfers through ${nFaults} faults: ${nCorrupted} corrupted, ${nGivenUp} ended with an error`,
);
client.destroy();
await double.close();
rmSync(root, { recursive: true, force: true });
process.exitCode = isHeld && nCorrupted === 0 ? 0 : 1;
