import { deserializeError } from '@chromaray/base';
import { codedError, errorEntry } from '@chromaray/contracts/errors';
import { isLoopback } from '@chromaray/web';
import { z } from 'zod';
import { isFolderOfKeys, kindOf, largestBytes, noName } from '../objects/keys.js';
import type { Content, ObjectStore } from '../objects/object-store.js';
import { whenAway } from '../when-away.js';
import { type Answer, type Asked, ask, textOf } from './ask.js';
import { digestHeader, writtenSchema } from './digest-header.js';
import { listedSchema, paths } from './paths.js';
import { rangeFrom, rangeOf } from './range.js';

export interface HttpOptions {
  /** What the coordinator's server was started with. */
  readonly token: string;
  /** Certificates to trust, in PEM form; for a server whose certificate the laboratory made itself. */
  readonly ca?: Buffer;
}

/**
 * Objects that a coordinator serves.
 *
 * @throws ChromarayError `CHROMARAY_EXCHANGE_ADDRESS` for an address that is none, or under which the token would travel
 *   unencrypted
 */
export function httpObjects(address: string, { token, ca }: HttpOptions): ObjectStore {
  const base = baseOf(address);
  const urlOf = (path: string): URL => new URL(path, base);
  const send = async (path: string, asked: Omit<Asked, 'url'>, signal: AbortSignal): Promise<Answer> => {
    const headers = { ...asked.headers, Authorization: `Bearer ${token}` };
    const answer = await ask({ ...asked, headers, url: urlOf(path), ...(ca && { ca }) }, signal);
    if (answer.status >= 200 && answer.status < 300) return answer;
    if (answer.status === 404 || answer.status === 416) return answer;
    throw await refusal(base, answer);
  };
  const isThere = async (key: string, signal: AbortSignal): Promise<boolean> => {
    const answer = await send(paths.object(key), { method: 'HEAD' }, signal);
    answer.discard();
    return answer.status === 200;
  };

  return {
    address: base.href.replace(/\/$/, ''),

    async check(signal) {
      const answer = await send(paths.check, { method: 'GET' }, signal);
      if (answer.status === 404 || (await textOf(answer)) !== paths.greeting) throw noExchange(base);
    },

    async open(key, from, signal) {
      if (kindOf(key) === undefined) throw noName(key);
      const answer = await send(paths.object(key), { method: 'GET', headers: rangeFrom(from) }, signal);
      if (answer.status === 404) {
        await refuseOther(base, answer);
        return null;
      }
      return rangeOf(answer, from);
    },

    async write(key, content, how, signal) {
      const kind = kindOf(key);
      if (kind === undefined) throw noName(key);
      if (content.bytes > largestBytes[kind]) throw tooLarge(key, content.bytes);
      if (how === 'once' && content.bytes > 2 ** 20 && (await isThere(key, signal))) return false;
      const answer = await send(paths.written(key, how), { method: 'PUT', ...upload(content) }, signal);
      if (answer.status === 404) throw noExchange(base);
      return writtenSchema.parse(JSON.parse(await textOf(answer))).written;
    },

    async list(folder, signal) {
      if (!isFolderOfKeys(folder)) throw noName(folder);
      const answer = await send(paths.folder(folder), { method: 'GET' }, signal);
      if (answer.status === 404) throw noExchange(base);
      const listed = z.array(listedSchema).safeParse(JSON.parse(await textOf(answer)));
      if (!listed.success) throw noExchange(base);
      return listed.data;
    },

    async remove(key, signal) {
      if (kindOf(key) === undefined) throw noName(key);
      (await send(paths.object(key), { method: 'DELETE' }, signal)).discard();
    },
  };
}

function upload(content: Content): Pick<Asked, 'headers' | 'body'> {
  const { bytes, sha256 } = content;
  return {
    headers: { 'Content-Type': 'application/octet-stream', ...digestHeader(sha256) },
    body: { bytes, content: content.read(0, bytes) },
  };
}

function baseOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.search !== '')
    throw codedError('CHROMARAY_EXCHANGE_ADDRESS', {
      message: `"${withoutSecrets(address)}" is not the address of an exchange.`,
      remedy:
        'Name scheme, host and port alone, such as https://lab-1:8443; the token goes into CHROMARAY_EXCHANGE_TOKEN.',
    });
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1')))
    throw codedError('CHROMARAY_EXCHANGE_ADDRESS', {
      message: `Under ${url.origin} token and pictures would travel unencrypted.`,
      remedy: 'Use https://, with a certificate of your laboratory if there is no other.',
    });
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** An address that may hold a password or a token, to be shown. */
function withoutSecrets(address: string): string {
  return address
    .replace(/\/\/[^/@]*@/, '//***@')
    .replace(/\?.*$/, '?***')
    .slice(0, 200);
}

const answerSchema = z.object({
  code: z.string().regex(/^CHROMARAY_[A-Z_]+$/),
  message: z.string(),
  remedy: z.string(),
  details: z.record(z.string(), z.unknown()),
});

/** What the server said no with. */
async function refusal(base: URL, answer: Answer): Promise<Error> {
  const { status } = answer;
  const said = parsed(await textOf(answer).catch(() => ''));
  if (status === 401 || status === 403)
    return codedError('CHROMARAY_EXCHANGE_REFUSED', {
      message: `${base.origin} refuses the token.`,
      remedy:
        'Give the token of this coordinator in CHROMARAY_EXCHANGE_TOKEN or in a file that CHROMARAY_EXCHANGE_TOKEN_FILE names.',
    });
  if (said?.code.startsWith('CHROMARAY_EXCHANGE_') && errorEntry(said.code) !== undefined)
    return deserializeError({ name: 'ChromarayError', ...said });
  if (status === 429 || status >= 500)
    return codedError('CHROMARAY_EXCHANGE_UNREACHABLE', {
      remedy: whenAway,
      message: `${base.origin} answers with the status ${status}${said === undefined ? '' : `: ${said.message}`}`,
      details: { status },
    });
  if (status === 413) return tooLarge('The body of a request', undefined);
  return noExchange(base, said?.message ?? `it answers with the status ${status}`);
}

/** A 404 is an object that is not there only where an exchange says so. */
async function refuseOther(base: URL, answer: Answer): Promise<void> {
  const said = parsed(await textOf(answer));
  if (said?.code !== 'CHROMARAY_EXCHANGE_MISSING') throw noExchange(base);
}

function parsed(text: string): z.infer<typeof answerSchema> | undefined {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function noExchange(base: URL, found = 'another server answers') {
  return codedError('CHROMARAY_EXCHANGE_ADDRESS', {
    message: `There is no exchange at ${base.origin}: ${found}`.replace(/\.?$/, '.'),
    remedy: 'Name the address that the coordinator printed when it started.',
  });
}

function tooLarge(key: string, bytes: number | undefined) {
  return codedError('CHROMARAY_EXCHANGE_SIZE', {
    message: `${key} is larger than an exchange accepts${bytes === undefined ? '' : `: ${bytes} bytes`}.`,
  });
}
