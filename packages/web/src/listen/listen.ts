import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { codedError } from '@chromaray/contracts/errors';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Place } from './place.js';

/** Milliseconds in which the head of a request must arrive; a body may take as long as its upload takes. */
const headTimeout = 20_000;

/** Starts to listen. @throws ChromarayError `CHROMARAY_WEB_LISTEN` */
export async function listen(
  place: Place,
  fetch: (request: Request, bindings: HttpBindings) => Promise<Response>,
): Promise<{ readonly server: Server; readonly port: number }> {
  const limits = { headersTimeout: headTimeout, requestTimeout: 0, maxHeaderSize: 16_384 };
  const server = createAdaptorServer({
    fetch: (request, bindings) => fetch(request, bindings as HttpBindings),
    overrideGlobalObjects: false,
    ...(place.tls === undefined
      ? { createServer: createHttpServer, serverOptions: limits }
      : { createServer: createHttpsServer, serverOptions: { ...limits, ...place.tls } }),
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(place, error)));
    server.listen(place.port, place.host, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

const otherPort = 'Choose another port, or leave it out to take a free one.';
const otherHost = 'Give an address of this machine, or a name that stands for one.';
const reasons: Readonly<Record<string, readonly [fault: string, remedy: string]>> = {
  EADDRINUSE: ['another program listens there', otherPort],
  EACCES: ['there is no permission', otherPort],
  EADDRNOTAVAIL: ['this machine has no such address', otherHost],
  ENOTFOUND: ['the name is not known', otherHost],
};

function cannotListen({ host, port }: Place, error: NodeJS.ErrnoException) {
  const [fault, remedy] = reasons[error.code ?? ''] ?? [error.message, otherPort];
  return codedError('CHROMARAY_WEB_LISTEN', {
    message: `The server cannot listen on ${host}, port ${port}: ${fault}.`,
    remedy,
    cause: error,
  });
}

/** Milliseconds that requests in progress get before their connections are cut. */
const patience = 2000;

/** Takes no new request, lets those in progress end, and cuts what is left. */
export async function stopListening(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearTimeout(timer);
}
