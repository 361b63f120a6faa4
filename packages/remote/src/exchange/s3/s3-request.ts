import { sha256 } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { AwsV4Signer } from 'aws4fetch';
import { type Answer, type Asked, ask, textOf } from '../http/ask.js';
import { damaged } from '../objects/sealed.js';
import { whenAway } from '../when-away.js';

export interface S3Place {
  /** Of the store, such as `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Certificates to trust, in PEM form. */
  readonly ca?: Buffer;
}

export interface S3Asked {
  readonly method: Asked['method'];
  /** Within the bucket; undefined: the bucket itself. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Asked['body'] & { readonly sha256: string };
}

const nothing = sha256('');

/**
 * One signed request (AWS Signature Version 4). The hash of what is sent is part of the signature, and the store refuses other
 * bytes.
 *
 * @returns the answer, also where it is one of `expected`, which is then the caller's matter
 */
export async function askS3(
  place: S3Place,
  { method, key, query = {}, headers = {}, body }: S3Asked,
  expected: readonly number[],
  signal: AbortSignal,
): Promise<Answer> {
  const url = new URL(`${place.endpoint.replace(/\/$/, '')}/${place.bucket}${key === undefined ? '' : `/${key}`}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const { bucket: _, endpoint: __, ca, ...credentials } = place;
  const signed = await new AwsV4Signer({
    ...credentials,
    ...{ method, url: url.href, service: 's3' },
    headers: { ...headers, 'X-Amz-Content-Sha256': body?.sha256 ?? nothing },
  }).sign();
  const answer = await ask(
    { method, url: signed.url, headers: Object.fromEntries(signed.headers), ...(body && { body }), ...(ca && { ca }) },
    signal,
  );
  if ((answer.status >= 200 && answer.status < 300) || expected.includes(answer.status)) return answer;
  throw refusal(place, key ?? place.bucket, answer.status, await textOf(answer).catch(() => ''));
}

/** The text of the first element of this name. Names and keys of an exchange hold no letter that XML writes otherwise. */
export function elementOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}

const otherBytes = new Set(['BadDigest', 'XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch', 'InvalidDigest']);
const full = new Set(['XMinioStorageFull', 'InsufficientStorage', 'QuotaExceeded', 'XMinioAdminBucketQuotaExceeded']);

/** The first sentence that an error of the store says. */
function refusal({ endpoint, bucket }: S3Place, key: string, status: number, xml: string): Error {
  const code = elementOf(xml, 'Code') ?? '';
  const said = `${code === '' ? `the status ${status}` : code}${elementOf(xml, 'Message') ? `, ${elementOf(xml, 'Message')}` : ''}`;
  const details = { endpoint, bucket, status, code };
  if (otherBytes.has(code)) return damaged(key, 'the store received bytes of another hash');
  if (status === 507 || full.has(code))
    return codedError('CHROMARAY_EXCHANGE_FULL', { message: `The store at ${endpoint} is full (${said}).`, details });
  if (status === 429 || status >= 500 || status === 409 || code === 'RequestTimeout')
    return codedError('CHROMARAY_EXCHANGE_UNREACHABLE', {
      remedy: whenAway,
      message: `${endpoint} answers with ${said}.`,
      details,
    });
  if (status === 401 || status === 403)
    return codedError('CHROMARAY_EXCHANGE_REFUSED', {
      message: `The store at ${endpoint} refuses (${said}).`,
      remedy:
        code === 'RequestTimeTooSkewed'
          ? 'Set the clock of this machine.'
          : 'Give keys that may list, read, write and delete in this bucket, in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      details,
    });
  return codedError('CHROMARAY_EXCHANGE_ADDRESS', {
    message: `The bucket ${bucket} at ${endpoint} cannot be used (${said}).`,
    remedy: 'Check the name of the bucket, AWS_REGION and AWS_ENDPOINT_URL_S3.',
    details,
  });
}
