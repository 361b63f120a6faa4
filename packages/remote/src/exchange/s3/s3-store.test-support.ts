import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A small strict stand-in for an S3-like store, in memory: it checks signatures (AWS Signature Version 4) and hashes of all
 * that arrives, knows `If-None-Match`, ranges, parts and lists of two objects at a time. Packages that serve as S3 in tests
 * are old, or know no conditional writes.
 */
export class S3Store {
  readonly objects = new Map<string, { bytes: Buffer; written: number }>();
  readonly unfinished = new Map<string, Map<number, Buffer>>();
  /** As an older store does. */
  ignoresConditions = false;
  readonly credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not+a/secret', region: 'eu-test-1' };
  readonly requests: string[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    try {
      for await (const part of request) parts.push(part as Buffer);
    } catch {
      return;
    }
    const body = Buffer.concat(parts);
    const url = new URL(request.url!, 'http://store');
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    const fail = (status: number, code: string): void =>
      void response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    const stated = request.headers['x-amz-content-sha256'];
    if (stated !== createHash('sha256').update(body).digest('hex')) return fail(400, 'XAmzContentSHA256Mismatch');
    if (request.headers.authorization !== this.authorization(request, url)) return fail(403, 'SignatureDoesNotMatch');
    const [, bucket, ...rest] = url.pathname.split('/');
    if (bucket !== 'trials') return fail(404, 'NoSuchBucket');
    const key = rest.join('/');
    const condition = request.headers['if-none-match'] === '*' && !this.ignoresConditions;
    const upload = url.searchParams.get('uploadId');
    const held = this.objects.get(key);
    switch (request.method) {
      case 'GET':
      case 'HEAD': {
        if (url.searchParams.get('list-type') === '2') return void response.end(this.list(url.searchParams));
        if (held === undefined) return fail(404, 'NoSuchKey');
        const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
        const bytes = held.bytes.subarray(Number(from ?? 0));
        const range = { 'Content-Range': `bytes ${from}-${held.bytes.length - 1}/${held.bytes.length}` };
        response.writeHead(from === undefined ? 200 : 206, { 'Content-Length': bytes.length, ...(from && range) });
        return void response.end(request.method === 'HEAD' ? undefined : bytes);
      }
      case 'PUT': {
        if (upload !== null) {
          const into = this.unfinished.get(upload);
          if (into === undefined) return fail(404, 'NoSuchUpload');
          into.set(Number(url.searchParams.get('partNumber')), body);
          return void response.writeHead(200, { ETag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
        }
        if (condition && held !== undefined) return fail(412, 'PreconditionFailed');
        this.objects.set(key, { bytes: body, written: Date.now() });
        return void response.end();
      }
      case 'POST': {
        if (upload === null) {
          const id = randomBytes(8).toString('hex');
          this.unfinished.set(id, new Map());
          return void response.end(`<R><UploadId>${id}</UploadId></R>`);
        }
        const pieces = this.unfinished.get(upload);
        if (pieces === undefined) return fail(404, 'NoSuchUpload');
        if (condition && held !== undefined) return fail(412, 'PreconditionFailed');
        const named = [
          ...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>&quot;([0-9a-f]{32})&quot;<\/ETag>/g),
        ];
        const right = named.every(
          ([, number, tag]) =>
            createHash('md5')
              .update(pieces.get(Number(number)) ?? '')
              .digest('hex') === tag,
        );
        if (!right || named.length !== pieces.size) return fail(400, 'InvalidPart');
        this.unfinished.delete(upload);
        this.objects.set(key, {
          bytes: Buffer.concat(named.map(([, n]) => pieces.get(Number(n))!)),
          written: Date.now(),
        });
        return void response.end('<R></R>');
      }
      default:
        if (upload === null) this.objects.delete(key);
        else this.unfinished.delete(upload);
        return void response.writeHead(204).end();
    }
  }

  private list(query: URLSearchParams): string {
    const prefix = query.get('prefix')!;
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    const after = keys.filter((key) => key > (query.get('continuation-token') ?? ''));
    const page = after.slice(0, 2);
    const entries = page.map((key) => {
      const { bytes, written } = this.objects.get(key)!;
      return `<Contents><Key>${key}</Key><LastModified>${new Date(written).toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`;
    });
    const more = after.length > page.length;
    return `<L><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''}${entries.join('')}</L>`;
  }

  private authorization(request: IncomingMessage, url: URL): string {
    const names = /SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? '')?.[1]?.split(';') ?? [];
    const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name])]));
    return signature({ ...this.credentials, method: request.method!, url, headers });
  }
}

/** The header `Authorization` of a request, by the definition of AWS Signature Version 4. */
export function signature(request: {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly method: string;
  readonly url: URL;
  /** Those that are signed, `x-amz-date` and `x-amz-content-sha256` among them. */
  readonly headers: Readonly<Record<string, string>>;
}): string {
  const { headers, url } = request;
  const encode = (text: string): string =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const names = Object.keys(headers).sort();
  const query = [...url.searchParams].map(([k, v]) => `${encode(k)}=${encode(v)}`).sort();
  const canonical = [
    request.method,
    url.pathname
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    query.join('&'),
    ...names.map((name) => `${name}:${headers[name]!.trim()}`),
    '',
    names.join(';'),
    headers['x-amz-content-sha256'],
  ].join('\n');
  const time = headers['x-amz-date']!;
  const scope = `${time.slice(0, 8)}/${request.region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = scope
    .split('/')
    .reduce<Buffer>((k, part) => hmac(k, part), Buffer.from(`AWS4${request.secretAccessKey}`));
  return `AWS4-HMAC-SHA256 Credential=${request.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${hmac(key, text).toString('hex')}`;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
