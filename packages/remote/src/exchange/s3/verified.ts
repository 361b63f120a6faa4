import { createHash } from 'node:crypto';
import type { Content } from '../objects/object-store.js';
import { damaged } from '../objects/sealed.js';

/**
 * The bytes of a content as they are sent. The last part is held back until the hash of all is right: a request without its
 * end writes nothing.
 */
export async function* verified(content: Content, key: string): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  let last: Uint8Array | undefined;
  for await (const part of content.read(0, content.bytes)) {
    hash.update(part);
    if (last !== undefined) yield last;
    last = part;
  }
  if (hash.digest('hex') !== content.sha256) throw damaged(key, 'what is sent does not have the hash stated');
  if (last !== undefined) yield last;
}
