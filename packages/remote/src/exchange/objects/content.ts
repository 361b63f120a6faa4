import { createReadStream } from 'node:fs';
import { sha256 } from '@chromaray/base';
import type { BlobName } from '../exchange.js';
import type { Content } from './object-store.js';

/** A file whose size and hash are known. */
export function fileContent({ sha256, bytes }: BlobName, file: string): Content {
  return {
    ...{ sha256, bytes },
    // An empty range cannot be asked of a stream of a file.
    read: (from, to) => (to > from ? createReadStream(file, { start: from, end: to - 1 }) : nothing()),
  };
}

export function bytesContent(content: Uint8Array): Content {
  return {
    sha256: sha256(content),
    bytes: content.length,
    read: async function* (from, to) {
      yield content.subarray(from, to);
    },
  };
}

async function* nothing(): AsyncIterable<Uint8Array> {
  // No bytes.
}

/** All bytes of a stream that may have at most so many. */
export async function gather(bytes: AsyncIterable<Uint8Array>, most: number, tooMany: () => Error): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bytes) {
    size += part.length;
    if (size > most) throw tooMany();
    parts.push(part);
  }
  return Buffer.concat(parts);
}
