import { sha256 } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

/** A small document that carries its own hash, so that damage shows wherever it was done: `<64 digits>\n<text>`. */
export function seal(document: unknown): Uint8Array {
  const text = JSON.stringify(document);
  return Buffer.from(`${sha256(text)}\n${text}`);
}

/** @throws ChromarayError `CHROMARAY_EXCHANGE_DAMAGED` */
export function unseal(key: string, bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString('utf8');
  const content = text.slice(65);
  if (text[64] === '\n' && sha256(content) === text.slice(0, 64)) return JSON.parse(content);
  throw damaged(key, 'it does not have the hash that it states');
}

/** What damaged bytes are refused with. */
export function damaged(key: string, how: string, cause?: unknown) {
  return codedError('CHROMARAY_EXCHANGE_DAMAGED', {
    message: `${key} in the exchange is damaged: ${how}.`,
    remedy:
      'Check the disk and the connection of the exchange; remove this object and run the study again: it is made anew.',
    details: { key },
    cause,
  });
}
