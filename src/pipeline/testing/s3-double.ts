import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What may go wrong with a request: the connection falls before (`reset`) or after it was done (`lost-answer`), the
 * answer breaks off (`cut`), or the server is not well.
 */
export type S3Fault = 'reset' | 'lost-answer' | 'cut' | '500' | 'slow-down' | '409' | 'late';

export interface S3DoubleOptions {
  readonly bucket?: string;
  /** Secrets by access key. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly fault?: (request: { readonly method: string; readonly key: string }) => S3Fault | null;
  /** Whether the owner of the access key may do this; anything, where absent. */
  readonly allows?: (accessKey: string, action: string, key: string) => boolean;
  /** Objects a page of a list; few, so that pages are met in tests. */
  readonly pageSize?: number;
  /** As some servers do: preconditions are read by nobody. */
  readonly ignoresConditions?: boolean;
}

interface KeptObject {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface S3Double {
  readonly endpoint: string;
  readonly bucket: string;
  /** What lies there, for tests to look at and to damage. */
  readonly objects: Map<string, KeptObject>;
  readonly requests: { readonly method: string; readonly key: string; readonly status: number }[];
  readonly close: () => Promise<void>;
}

/** A refusal as S3 words it. */
class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/**
 * A strict double of S3, as far as a store needs it: it checks signatures (version 4), the hash and checksum of the body and
 * preconditions, pages its lists, and has any request fail as told.
 */
export async function startS3Double(options: S3DoubleOptions = {}): Promise<S3Double> {
  const { bucket = 'tranche', keys = { AKTEST: 'secret' }, pageSize = 3 } = options;
  const objects = new Map<string, KeptObject>();
  const requests: S3Double['requests'] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://double');
    const [, inBucket = '', ...rest] = url.pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    const method = request.method ?? '';
    const fault = options.fault?.({ method, key }) ?? null;
    const body = await readBody(request);
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === 'late') await new Promise((resolve) => setTimeout(resolve, 20));
    try {
      if (fault === '500') throw new S3Error(500, 'InternalError');
      if (fault === 'slow-down') throw new S3Error(503, 'SlowDown');
      if (fault === '409' && method === 'PUT') throw new S3Error(409, 'ConditionalRequestConflict');
      const accessKey = checkSignature(request, url, body, keys);
      if (inBucket !== bucket) throw new S3Error(404, 'NoSuchBucket');
      const action = key === '' ? 's3:ListBucket' : actions[method];
      if (action === undefined) throw new S3Error(405, 'MethodNotAllowed');
      const asked = key === '' ? (url.searchParams.get('prefix') ?? '') : key;
      if (options.allows && !options.allows(accessKey, action, asked)) throw new S3Error(403, 'AccessDenied');
      const answer = answerTo(method, key, request, url, body);
      requests.push({ method, key, status: answer.status });
      if (fault === 'lost-answer') return void request.socket.destroy();
      response.writeHead(answer.status, answer.headers);
      if (fault === 'cut' && answer.body.length > 1) {
        response.write(answer.body.subarray(0, answer.body.length >> 1));
        return void setImmediate(() => request.socket.destroy());
      }
      response.end(method === 'HEAD' ? undefined : answer.body);
    } catch (thrown) {
      const { status, code } = thrown instanceof S3Error ? thrown : new S3Error(500, String(thrown));
      requests.push({ method, key, status });
      const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(method === 'HEAD' ? undefined : xml);
    }
  }

  function answerTo(method: string, key: string, request: IncomingMessage, url: URL, body: Buffer) {
    if (key === '') return listObjects(objects, url, bucket, pageSize);
    if (method === 'DELETE') {
      objects.delete(key);
      return { status: 204, headers: {}, body: Buffer.alloc(0) };
    }
    if (method === 'PUT') return putObject(objects, key, request, body, options.ignoresConditions === true);
    const object = objects.get(key);
    if (!object) throw new S3Error(404, 'NoSuchKey');
    const headers = { ...object.headers, etag: object.etag, 'content-length': String(object.bytes.length) };
    return { status: 200, headers, body: object.bytes };
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    objects,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const actions: Readonly<Record<string, string>> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

function putObject(
  objects: Map<string, KeptObject>,
  key: string,
  request: IncomingMessage,
  bytes: Buffer,
  ignoresConditions: boolean,
) {
  const { headers } = request;
  const old = objects.get(key);
  if (!ignoresConditions) {
    if (headers['if-none-match'] === '*' && old) throw new S3Error(412, 'PreconditionFailed');
    if (headers['if-match'] !== undefined && !old) throw new S3Error(404, 'NoSuchKey');
    if (headers['if-match'] !== undefined && old?.etag !== headers['if-match'])
      throw new S3Error(412, 'PreconditionFailed');
  }
  const checksum = headers['x-amz-checksum-sha256'];
  if (checksum !== undefined && checksum !== hash(bytes).toString('base64'))
    throw new S3Error(400, 'BadDigest');
  const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  objects.set(key, { bytes, etag, headers: Object.fromEntries(metadata) as Record<string, string> });
  return { status: 200, headers: { etag }, body: Buffer.alloc(0) };
}

function listObjects(
  objects: Map<string, KeptObject>,
  { searchParams }: URL,
  bucket: string,
  pageSize: number,
) {
  if (searchParams.get('list-type') !== '2') throw new S3Error(400, 'InvalidArgument');
  const prefix = searchParams.get('prefix') ?? '';
  const after = searchParams.get('continuation-token') ?? '';
  const all = [...objects].filter(([key]) => key.startsWith(prefix) && key > after);
  const rest = all.sort(([a], [b]) => (a < b ? -1 : 1));
  const page = rest.slice(0, pageSize);
  const isTruncated = page.length < rest.length;
  const contents = page.map(
    ([key, { bytes, etag }]) =>
      `<Contents><Key>${key}</Key><Size>${bytes.length}</Size><ETag>${etag.replaceAll('"', '&quot;')}</ETag></Contents>`,
  );
  const next = isTruncated ? `<NextContinuationToken>${page.at(-1)?.[0] ?? ''}</NextContinuationToken>` : '';
  const xml = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><IsTruncated>${isTruncated}</IsTruncated>${contents.join('')}${next}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: Buffer.from(xml) };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const SKEW_MS = 15 * 60_000;

/** AWS's signature, version 4: throws unless the request was signed with the secret of its access key. */
function checkSignature(
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  keys: Readonly<Record<string, string>>,
): string {
  const header = request.headers.authorization ?? '';
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/u.exec(
      header,
    );
  if (!match) throw new S3Error(403, 'AccessDenied');
  const [, accessKey = '', day = '', region = '', signed = '', signature = ''] = match;
  const secret = keys[accessKey];
  if (secret === undefined) throw new S3Error(403, 'InvalidAccessKeyId');
  const time = String(request.headers['x-amz-date']);
  const instant = Date.parse(
    time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (!(Math.abs(Date.now() - instant) < SKEW_MS)) throw new S3Error(403, 'RequestTimeTooSkewed');
  const bodyHash = String(request.headers['x-amz-content-sha256']);
  if (bodyHash !== hash(body).toString('hex')) throw new S3Error(400, 'XAmzContentSHA256Mismatch');
  const names = signed.split(';');
  for (const name of Object.keys(request.headers))
    if ((name.startsWith('x-amz-') || name === 'host') && !names.includes(name))
      throw new S3Error(403, 'AccessDenied');
  const query = [...url.searchParams]
    .map(([name, value]) => `${escape(name)}=${escape(value)}`)
    .sort()
    .join('&');
  const canonical = [
    request.method,
    url.pathname,
    query,
    ...names.map((name) => `${name}:${String(request.headers[name]).trim().replace(/\s+/gu, ' ')}`),
    '',
    signed,
    bodyHash,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, hash(Buffer.from(canonical)).toString('hex')].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer>(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  const expected = createHmac('sha256', key).update(text).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex')))
    throw new S3Error(403, 'SignatureDoesNotMatch');
  return accessKey;
}

function escape(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/gu,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hash(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
