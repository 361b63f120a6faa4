import { AskError, type Fault } from '../../api/client.js';

/**
 * Reads an address whole.
 *
 * @param onProgress is given the bytes so far, and all of them where the server says how many there are
 * @throws AskError
 */
export async function fetchBytes(
  address: string,
  onProgress: (done: number, total: number | undefined) => void,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new AskError((await answer.json()) as Fault);
  const length = answer.headers.get('Content-Length');
  const total = length === null ? undefined : Number(length);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = answer.body!.getReader();
  for (let done = 0; ; ) {
    const { value, done: ended } = await reader.read();
    if (ended) break;
    parts.push(value);
    done += value.length;
    onProgress(done, total);
  }
  return new Blob(parts).arrayBuffer();
}
