import { randomBytes } from 'node:crypto';
import { codedError } from '@chromaray/contracts/errors';
import { textOf } from '../http/ask.js';
import { rangeFrom, rangeOf } from '../http/range.js';
import { bytesContent } from '../objects/content.js';
import { isFolderOfKeys, kindOf, noName } from '../objects/keys.js';
import type { Content, ListedObject, ObjectStore } from '../objects/object-store.js';
import { writeInParts } from './s3-parts.js';
import { askS3, elementOf, type S3Place } from './s3-request.js';
import { verified } from './verified.js';

/** Bytes up to which an object is sent by one request; Amazon S3 takes 5 GB. */
const largestWhole = 2 ** 28;

/**
 * Objects in a bucket of an S3-like store that knows `If-None-Match`: with it, of two that publish a result one wins.
 *
 * @param prefix of all keys, without slashes at its ends; empty for none
 */
export function s3Objects(place: S3Place, prefix: string): ObjectStore {
  const before = prefix === '' ? '' : `${prefix}/`;
  const nameOf = (key: string): string => {
    if (kindOf(key) === undefined) throw noName(key);
    return `${before}${key}`;
  };
  const put = async (key: string, content: Content, once: boolean, signal: AbortSignal): Promise<boolean> => {
    const { sha256, bytes } = content;
    const body = { sha256, bytes, content: verified(content, key) };
    const headers = once ? { 'If-None-Match': '*' } : {};
    const answer = await askS3(place, { method: 'PUT', key, headers, body }, [412], signal);
    answer.discard();
    return answer.status !== 412;
  };
  const isThere = async (key: string, signal: AbortSignal): Promise<boolean> => {
    const answer = await askS3(place, { method: 'HEAD', key }, [404], signal);
    answer.discard();
    return answer.status === 200;
  };
  const drop = async (key: string, signal: AbortSignal): Promise<void> => {
    (await askS3(place, { method: 'DELETE', key }, [404], signal)).discard();
  };

  return {
    address: `s3://${place.bucket}${prefix === '' ? '' : `/${prefix}`}`,

    async check(signal) {
      const key = `${before}check-${randomBytes(8).toString('hex')}`;
      const content = bytesContent(Buffer.from('x'));
      try {
        await put(key, content, true, signal);
        if (await put(key, content, true, signal)) throw noCondition(place);
      } finally {
        await drop(key, signal).catch(() => {});
      }
    },

    async open(key, from, signal) {
      const answer = await askS3(place, { method: 'GET', key: nameOf(key), headers: rangeFrom(from) }, [404], signal);
      if (answer.status !== 404) return rangeOf(answer, from);
      const code = elementOf(await textOf(answer), 'Code');
      if (code === 'NoSuchBucket') throw noBucket(place);
      return null;
    },

    async write(key, content, how, signal) {
      const name = nameOf(key);
      const once = how === 'once';
      if (once && content.bytes > 2 ** 20 && (await isThere(name, signal))) return false;
      return content.bytes <= largestWhole
        ? put(name, content, once, signal)
        : writeInParts(place, name, content, once, signal);
    },

    async list(folder, signal) {
      if (!isFolderOfKeys(folder)) throw noName(folder);
      const start = `${before}${folder}/`;
      const found: ListedObject[] = [];
      let token: string | undefined;
      do {
        const query = {
          'list-type': '2',
          delimiter: '/',
          prefix: start,
          ...(token && { 'continuation-token': token }),
        };
        const answer = await askS3(place, { method: 'GET', query }, [], signal);
        const now = Date.parse(answer.header('date') ?? '') || Date.now();
        const xml = await textOf(answer);
        found.push(...listed(xml, start, now).filter(({ name }) => kindOf(`${folder}/${name}`) !== undefined));
        token = elementOf(xml, 'IsTruncated') === 'true' ? elementOf(xml, 'NextContinuationToken') : undefined;
      } while (token !== undefined);
      return found.sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    remove: (key, signal) => drop(nameOf(key), signal),
  };
}

function listed(xml: string, start: string, now: number): ListedObject[] {
  return [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, content]) => {
    const key = elementOf(content!, 'Key') ?? '';
    if (!key.startsWith(start)) return [];
    const written = Date.parse(elementOf(content!, 'LastModified') ?? '');
    return {
      name: key.slice(start.length),
      bytes: Number(elementOf(content!, 'Size')),
      ageSeconds: Math.max(0, (now - written) / 1000),
    };
  });
}

function noCondition({ endpoint }: S3Place) {
  return codedError('CHROMARAY_EXCHANGE_STORE', {
    message: `The store at ${endpoint} writes over an object although told to write only where there is none (If-None-Match).`,
    remedy: 'Use a store that supports conditional writes, such as Amazon S3, MinIO, Ceph or R2, or a folder.',
  });
}

function noBucket({ endpoint, bucket }: S3Place) {
  return codedError('CHROMARAY_EXCHANGE_ADDRESS', {
    message: `The store at ${endpoint} has no bucket ${bucket}.`,
    remedy: 'Make the bucket, or name another.',
  });
}
