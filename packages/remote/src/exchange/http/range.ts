import { codedError } from '@chromaray/contracts/errors';
import type { OpenedObject } from '../objects/object-store.js';
import type { Answer } from './ask.js';

/** The header that asks for the bytes from `from` on. */
export function rangeFrom(from: number): Readonly<Record<string, string>> {
  return from === 0 ? {} : { Range: `bytes=${from}-` };
}

/** Where a request wants to begin; undefined without a range, or with one of a form that is not served (RFC 9110: ignored). */
export function beginningOf(header: string | undefined): number | undefined {
  const [, from] = /^bytes=(\d{1,15})-$/.exec(header ?? '') ?? [];
  return from === undefined ? undefined : Number(from);
}

/** What an answer to such a request brings. A server or proxy that sends the whole is listened to from `from` on. */
export function rangeOf(answer: Answer, from: number): OpenedObject {
  const { bytes, discard } = answer;
  const length = Number(answer.header('content-length') ?? Number.NaN);
  if (answer.status === 206) {
    const [, begin, size] = /^bytes (\d+)-\d+\/(\d+)$/.exec(answer.header('content-range') ?? '') ?? [];
    if (Number(begin) === from && size !== undefined) return { size: Number(size), bytes, discard };
  } else if (answer.status === 416) {
    const [, size] = /^bytes \*\/(\d+)$/.exec(answer.header('content-range') ?? '') ?? [];
    discard();
    if (size !== undefined) return { size: Number(size), bytes: nothing(), discard };
  } else if (answer.status === 200 && Number.isInteger(length)) {
    return { size: length, bytes: from === 0 ? bytes : after(bytes, from), discard };
  }
  discard();
  throw codedError('CHROMARAY_EXCHANGE_STORE', {
    message: `A part of a file was answered with the status ${answer.status} and no usable sizes.`,
    remedy: 'Check that no proxy between the machines changes what is sent.',
  });
}

async function* after(bytes: AsyncIterable<Uint8Array>, from: number): AsyncIterable<Uint8Array> {
  let skipped = 0;
  for await (const part of bytes) {
    const skip = Math.min(part.length, from - skipped);
    skipped += skip;
    if (skip < part.length) yield part.subarray(skip);
  }
}

async function* nothing(): AsyncIterable<Uint8Array> {
  // No bytes.
}
