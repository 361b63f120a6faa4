import type { Command } from 'commander';
import type { ExchangeServeOptions } from '../actions/exchange-serve.js';
import type { Context } from '../context.js';
import { wholeNumber } from './options.js';

/** `chromaray exchange …` */
export function addExchange(parent: Command, context: Context): void {
  const exchange = parent.command('exchange').description('what a coordinator and its workers share');
  exchange
    .command('serve')
    .description('serve a folder of packs, checkpoints and results to workers on other machines')
    .argument('<folder>', 'the folder; `study run` on this machine uses it by its path')
    .option('--host <address>', 'also serve other machines under this address; needs a token and a certificate')
    .option('--port <n>', 'the port', wholeNumber(0, 65535), 8478)
    .option('--tls-cert <file>', 'certificate in PEM form')
    .option('--tls-key <file>', "the certificate's key in PEM form")
    .option('--public-origin <url>', 'the HTTPS address of the reverse proxy in front')
    .addHelpText(
      'after',
      `
The token is that of the environment variable CHROMARAY_EXCHANGE_TOKEN, or in the file that
CHROMARAY_EXCHANGE_TOKEN_FILE names; without one a new token is made for this machine alone.

Examples:
  chromaray exchange serve /data/exchange
  chromaray exchange serve /data/exchange --host 10.0.0.5 --tls-cert cert.pem --tls-key key.pem`,
    )
    .action(async (folder: string, options: ExchangeServeOptions) => {
      const { exchangeServeAction } = await import('../actions/exchange-serve.js');
      await exchangeServeAction(folder, options, context);
    });
}
