import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { create } from './artifact-store.ts';
import { createS3Store, heedsConditions } from './s3-store.ts';
import { describeArtifactStore, listKeys } from './testing/artifact-store-suite.ts';
import { type S3Double, type S3DoubleOptions, type S3Fault, startS3Double } from './testing/s3-double.ts';

const doubles: S3Double[] = [];
const clients: S3Client[] = [];
async function openDouble(options: S3DoubleOptions = {}): Promise<S3Double> {
  const double = await startS3Double(options);
  doubles.push(double);
  return double;
}
function connect({ endpoint, bucket }: S3Double, prefix = '', secret = 'secret') {
  const credentials = { accessKeyId: 'AKTEST', secretAccessKey: secret };
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials,
    maxAttempts: 8,
  });
  clients.push(client);
  return createS3Store({ bucket, prefix }, client);
}
afterAll(async () => {
  for (const client of clients) client.destroy();
  await Promise.all(doubles.map(({ close }) => close()));
});

describe.each(['', 'fleet/one'])('below “%s”', (prefix) => {
  let double: S3Double;
  beforeAll(async () => {
    double = await openDouble();
    double.objects.set('other', { bytes: Buffer.from('x'), etag: '"x"', headers: {} });
  });
  describeArtifactStore('a bucket', async () => {
    double.objects.clear();
    return () => connect(double, prefix);
  });
});

describe('a bucket', () => {
  it('lists nothing that lies beside its prefix', async () => {
    const double = await openDouble();
    await connect(double, 'fleet').put('a', new Uint8Array([1]), create);
    await connect(double, 'fleet-2').put('b', new Uint8Array([1]), create);
    expect(await listKeys(connect(double, 'fleet'))).toEqual(['a']);
  });

  it('is unreachable with a wrong secret, and where there is no such bucket', async () => {
    const double = await openDouble();
    const stores = [connect(double, '', 'wrong'), connect({ ...double, bucket: 'no-such-bucket' })];
    for (const store of stores) {
      await expect(store.get('a')).rejects.toMatchObject({ code: 'store-unreachable' });
      await expect(store.put('a', new Uint8Array([1]), create)).rejects.toMatchObject({
        code: 'store-unreachable',
      });
      await expect(listKeys(store)).rejects.toMatchObject({ code: 'store-unreachable' });
    }
    expect(double.objects.size).toBe(0);
  });

  it('takes a write for done whose answer was lost, though the second try is refused', async () => {
    const lost = new Set<string>();
    const fault = ({ method, key }: { method: string; key: string }): S3Fault | null => {
      if (method !== 'PUT' || lost.has(key)) return null;
      lost.add(key);
      return 'lost-answer';
    };
    const store = connect(await openDouble({ fault }));
    const tag = await store.put('a', new Uint8Array([1]), create);
    lost.clear();
    const next = await store.put('a', new Uint8Array([2]), { kind: 'replace', expected: tag });
    expect(await store.get('a')).toEqual({ bytes: new Uint8Array([2]), tag: next });
    await expect(store.put('a', new Uint8Array([2]), create)).rejects.toMatchObject({
      code: 'artifact-exists',
    });
  });

  it('says of bytes that are no longer those that were written', async () => {
    const double = await openDouble();
    const store = connect(double);
    await store.put('a', new Uint8Array([1, 2, 3]), create);
    const kept = double.objects.get('a');
    if (kept) double.objects.set('a', { ...kept, bytes: Buffer.from([1, 2, 4]) });
    await expect(store.get('a')).rejects.toMatchObject({ code: 'artifact-damaged' });
  });

  it('tells whether the server heeds conditions', async () => {
    const strict = await openDouble();
    expect(await heedsConditions(connect(strict))).toBe(true);
    expect(strict.objects.size).toBe(0);
    expect(await heedsConditions(connect(await openDouble({ ignoresConditions: true })))).toBe(false);
  });

  it('loses and damages nothing in transfers that meet faults', async () => {
    const rng = createRng(1);
    const faults: readonly S3Fault[] = ['reset', 'lost-answer', 'cut', '500', 'slow-down', '409', 'late'];
    const fault = () =>
      rng.nextFloat() < 0.25 ? (faults[Math.floor(rng.nextFloat() * faults.length)] ?? null) : null;
    const double = await openDouble({ fault });
    const store = connect(double);
    for (let i = 0; i < 6; i++) {
      const bytes = Uint8Array.from({ length: 1000 }, (_, at) => (at * i) % 251);
      await store.put(`a/${i}`, bytes, create);
      expect((await store.get(`a/${i}`)).bytes).toEqual(bytes);
    }
  });
});
