import { createHash } from 'node:crypto';
import { sha256 } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { textOf } from '../http/ask.js';
import type { Content } from '../objects/object-store.js';
import { damaged } from '../objects/sealed.js';
import { askS3, elementOf, type S3Place } from './s3-request.js';

/** Stores take at most 10,000 parts of an object, each of 5 MB at least. */
const mostParts = 9000;
const usualPart = 2 ** 26;

/**
 * Writes a large object part by part, each with its hash; the object is there when all are. Parts of a writing that fails
 * are removed; those of a process that is killed go by the bucket's rule for unfinished uploads.
 */
export async function writeInParts(
  place: S3Place,
  key: string,
  content: Content,
  once: boolean,
  signal: AbortSignal,
  partBytes = Math.max(usualPart, Math.ceil(content.bytes / mostParts)),
): Promise<boolean> {
  const begun = await textOf(await askS3(place, { method: 'POST', key, query: { uploads: '' } }, [], signal));
  const upload = elementOf(begun, 'UploadId');
  if (upload === undefined) throw strange(place, 'begins an upload without a name for it');
  let finished = false;
  try {
    const parts = await sendParts(place, key, content, upload, partBytes, signal);
    const list = Buffer.from(
      `<CompleteMultipartUpload>${parts.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`).join('')}</CompleteMultipartUpload>`,
    );
    const body = { bytes: list.length, sha256: sha256(list), content: one(list) };
    const headers = once ? { 'If-None-Match': '*' } : {};
    const query = { uploadId: upload };
    const answer = await askS3(place, { method: 'POST', key, query, headers, body }, [412], signal);
    const said = await textOf(answer);
    if (answer.status === 412) return false;
    // Stores keep the connection alive by a status of 200 and tell of a failure in the text.
    if (said.includes('<Error>')) throw strange(place, `does not put the parts together: ${elementOf(said, 'Code')}`);
    finished = true;
    return true;
  } finally {
    if (!finished) {
      const abort = { method: 'DELETE', key, query: { uploadId: upload } } as const;
      await askS3(place, abort, [404], AbortSignal.timeout(10_000)).then(
        (answer) => answer.discard(),
        () => {},
      );
    }
  }
}

/** @returns the tag of each part */
async function sendParts(
  place: S3Place,
  key: string,
  content: Content,
  upload: string,
  partBytes: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const tags: string[] = [];
  const whole = createHash('sha256');
  for (let from = 0; from < content.bytes; from += partBytes) {
    const to = Math.min(content.bytes, from + partBytes);
    const hash = createHash('sha256');
    for await (const part of content.read(from, to)) {
      hash.update(part);
      whole.update(part);
    }
    const body = { bytes: to - from, sha256: hash.digest('hex'), content: content.read(from, to) };
    const query = { partNumber: String(tags.length + 1), uploadId: upload };
    const answer = await askS3(place, { method: 'PUT', key, query, body }, [], signal);
    answer.discard();
    const tag = answer.header('etag');
    if (tag === undefined) throw strange(place, 'takes a part without naming it (ETag)');
    tags.push(tag.replaceAll('"', '&quot;'));
  }
  if (whole.digest('hex') !== content.sha256) throw damaged(key, 'what is sent does not have the hash stated');
  return tags;
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function strange({ endpoint }: S3Place, what: string) {
  return codedError('CHROMARAY_EXCHANGE_STORE', {
    message: `The store at ${endpoint} ${what}.`,
    remedy: 'Use a store that follows the interface of Amazon S3, or a folder.',
  });
}
