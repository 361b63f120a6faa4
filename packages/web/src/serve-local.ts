import { codedError } from '@chromaray/contracts/errors';
import { Hono } from 'hono';
import { errorAnswer } from './answers/error-answer.js';
import { Assets } from './assets/assets.js';
import { limitBodies } from './guard/body-limit.js';
import { type PageNeeds, sealedPolicy, securityHeaders, withHeaders } from './guard/headers.js';
import { setHolder } from './guard/holder.js';
import { RateLimit } from './guard/rate-limit.js';
import { refuseOtherOrigins } from './guard/same-origin.js';
import { newToken, TokenGate } from './guard/token.js';
import { listen, stopListening } from './listen/listen.js';
import { type Names, namesOf, refuseOtherHosts } from './listen/names.js';
import { OpenStreams } from './listen/open-streams.js';
import { type ListenOptions, placeToListen } from './listen/place.js';

export interface ServeOptions extends ListenOptions {
  /** What is asked for under `/api`; `holderOf` says who asks. */
  readonly api: Hono;
  /** The folder of the built page; its index.html answers every address that names no file. */
  readonly assets?: string;
  /** Bytes of a request's body by the beginning of its path, such as `/api/images`. Elsewhere: 1 MiB. */
  readonly bodyLimits?: Readonly<Record<string, number>>;
  /** What the page runs beyond its scripts. */
  readonly page?: PageNeeds;
  /** Is told of defects, which the answer to a request does not show. */
  readonly onDefect: (error: unknown) => void;
}

export interface LocalServer {
  /** The address to open, with the token; without it where each holder has one. */
  readonly url: string;
  /** The address without token. */
  readonly origin: string;
  /** Of this start; empty where each holder has one. */
  readonly token: string;
  /** Takes no new request, ends streams, lets requests in progress end. */
  stop(): Promise<void>;
}

/** Wrong tokens that may be tried at once, and each second after: guessing 256 bits is hopeless, and noisy. */
const wrongTokens = { burst: 20, perSecond: 1 };

/**
 * Serves a page and what it asks for on this machine. Every request passes, in this order: the host it names, the
 * token, the page it comes from, the size of its body; every answer, errors too, carries the same protective headers.
 *
 * @throws ChromarayError `CHROMARAY_WEB_LISTEN`, `CHROMARAY_WEB_ASSETS`
 */
export async function serveLocal(options: ServeOptions): Promise<LocalServer> {
  const place = placeToListen(options);
  const assets = options.assets === undefined ? undefined : new Assets(options.assets);
  const token = options.holders === undefined ? (place.token ?? newToken()) : '';
  const secure = place.tls !== undefined || place.publicOrigin !== undefined;
  let names: Names;
  let port = 0;
  const gate = new TokenGate(options.holders ?? new Map([[token, '']]), () => port, secure);
  const guesses = new RateLimit(wrongTokens.burst, wrongTokens.perSecond);
  const headers = securityHeaders();
  const sealed = options.page?.sealedWorkers;

  const app = new Hono();
  app.onError((error, context) => errorAnswer(error, context.req.raw, options.onDefect));
  app.use(async (context, next) => {
    const request = context.req.raw;
    refuseOtherHosts(request, names);
    const shown = gate.shownBy(request);
    if (shown === undefined) {
      guesses.check('Requests without the right token');
      throw noToken();
    }
    refuseOtherOrigins(request, names.origins, shown.how);
    if (shown.how === 'address' && request.method === 'GET') return gate.moveToCookie(request, shown.token);
    setHolder(context, shown.holder);
    return next();
  });
  app.use(limitBodies(options.bodyLimits ?? {}));
  app.route('/api', options.api);
  app.all('*', async (context) => {
    const { path, method } = context.req;
    const found = isApi(path) ? undefined : await (assets?.file(path) ?? undefined);
    if (found === undefined && (isApi(path) || assets === undefined || /\.\w+$/.test(path))) throw nothingAt(path);
    if (method !== 'GET' && method !== 'HEAD')
      throw codedError('CHROMARAY_WEB_METHOD', { message: `${path} cannot be asked with ${method}.` });
    if (found !== undefined && sealed !== undefined && path.startsWith(sealed))
      found.headers.set('Content-Security-Policy', sealedPolicy);
    return found ?? assets!.page();
  });

  const streams = new OpenStreams();
  const listening = await listen(place, async (request, { outgoing }) => {
    const answer = withHeaders(await app.fetch(request), headers);
    streams.note(answer, outgoing);
    return answer;
  });
  port = listening.port;
  names = namesOf(place, port);
  return {
    url: token === '' ? `${names.origin}/` : `${names.origin}/?token=${token}`,
    origin: names.origin,
    token,
    stop: () => {
      streams.end();
      return stopListening(listening.server);
    },
  };
}

function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}

function noToken() {
  return codedError('CHROMARAY_WEB_TOKEN', { message: 'This page belongs to somebody who holds its token.' });
}

function nothingAt(path: string) {
  return codedError('CHROMARAY_WEB_NOT_FOUND', {
    message: `Nothing is served under ${JSON.stringify(path.slice(0, 300))}.`,
    remedy: 'Go back to the first page and open it from there.',
  });
}
