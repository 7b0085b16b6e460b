import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readS3Address } from './store-address.ts';

describe('the address of a bucket', () => {
  it('is read with its prefix and its server', () => {
    expect(readS3Address('s3://my-bucket')).toEqual({ bucket: 'my-bucket', prefix: '' });
    expect(readS3Address('s3://my-bucket/a/b/')).toEqual({ bucket: 'my-bucket', prefix: 'a/b' });
    expect(readS3Address('s3://my-bucket/a?endpoint=http://h:9000&region=eu-west-3')).toEqual({
      bucket: 'my-bucket',
      prefix: 'a',
      endpoint: 'http://h:9000',
      region: 'eu-west-3',
    });
  });

  it.each(['s3://', 's3://A', 's3://my-bucket/a b', 's3://my-bucket?end=x', 'http://x', 's3://my-bucket//a'])(
    'is refused: %s',
    (address) => {
      expect(() => readS3Address(address)).toThrow(expect.objectContaining({ code: 'invalid-setting' }));
    },
  );
});

it('only store-layout.ts knows keys', () => {
  const folder = new URL('./', import.meta.url);
  const files = readdirSync(folder).filter(
    (name) => /(?<!\.test)\.ts$/u.test(name) && name !== 'store-layout.ts',
  );
  const knowing = files.filter((name) =>
    /['"`](?:models|log|data|probe)\/|['"`](?:current|lock)\.json/u.test(
      readFileSync(new URL(name, folder), 'utf8'),
    ),
  );
  expect(files.length).toBeGreaterThan(5);
  expect(knowing).toEqual([]);
});
