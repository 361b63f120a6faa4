import path from 'node:path';
import { isChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { exchangeToken, serveExchange } from '@chromaray/remote';
import { type Context, untilInterrupted } from '../context.js';
import { printText } from '../terminal/print.js';
import { type TlsFiles, tlsOf } from './tls-files.js';

export interface ExchangeServeOptions extends TlsFiles {
  readonly host?: string;
  readonly port: number;
  readonly publicOrigin?: string;
}

/** What `chromaray exchange serve <folder>` does, until Ctrl-C. */
export async function exchangeServeAction(
  folder: string,
  options: ExchangeServeOptions,
  context: Context,
): Promise<void> {
  const { out, progress } = context;
  const { host, port, publicOrigin } = options;
  // It serves until it is told to stop: a log needs no signs of life.
  progress.close();
  const token = exchangeToken();
  if (host !== undefined && token === undefined) throw tokenMissing(host);
  const server = await serveExchange({
    ...{ folder: path.resolve(folder), port },
    ...(host !== undefined && { host }),
    ...(token !== undefined && { token }),
    ...tlsOf(options),
    ...(publicOrigin !== undefined && { publicOrigin }),
    onDefect: (error) => progress.note(`Warning: ${isChromarayError(error) ? error.message : String(error)}`),
  });
  const given = token === undefined ? `CHROMARAY_EXCHANGE_TOKEN=${server.token} ` : '';
  printText(
    out,
    [
      `Serving ${path.resolve(folder)} at ${server.address}.`,
      'Workers, with the address of the queue in CHROMARAY_QUEUE and the token in CHROMARAY_EXCHANGE_TOKEN',
      options.tlsCert === undefined
        ? '(or a file that holds it in CHROMARAY_EXCHANGE_TOKEN_FILE):'
        : `(or a file that holds it in CHROMARAY_EXCHANGE_TOKEN_FILE), and a copy of ${options.tlsCert} in CHROMARAY_EXCHANGE_CA unless their system trusts it:`,
      `  ${given}chromaray worker --exchange ${server.address}`,
      'Ctrl-C stops. Workers wait some minutes for it to come back.',
    ].join('\n'),
  );
  await untilInterrupted(context, 'The exchange is not served any more.');
  await server.stop();
}

function tokenMissing(host: string) {
  return codedError('CHROMARAY_WEB_LISTEN', {
    message: `Under ${host} other machines can ask, and no token was given.`,
    remedy:
      'Make one with `openssl rand -hex 24 > token` and name its file in CHROMARAY_EXCHANGE_TOKEN_FILE, or leave out --host to serve this machine alone.',
  });
}
