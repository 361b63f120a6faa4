import type { Command } from 'commander';
import type { ReadersServeOptions } from '../actions/readers-serve.js';
import type { Context } from '../context.js';
import { collect, wholeNumber } from './options.js';
import { readerStudiesOption } from './readers-folder-option.js';

/** `chromaray readers serve <readers.yaml>` */
export function addReadersServe(parent: Command, context: Context): void {
  parent
    .command('serve')
    .description('serve the reading page of a registered study, with a link for every reader')
    .argument('<readers.yaml>', 'the file of the reader study')
    .option(...readerStudiesOption)
    .option('--host <address>', 'also serve other machines under this address; needs a certificate or a proxy')
    .option('--port <n>', 'the port: links hold it, so keep it over all sessions', wholeNumber(0, 65535), 8477)
    .option('--tls-cert <file>', 'certificate in PEM form')
    .option('--tls-key <file>', "the certificate's key in PEM form")
    .option('--public-origin <url>', 'the HTTPS address of the reverse proxy in front')
    .option(
      '--override <reader: reason>',
      'open the next session of a reader before its washout has passed; recorded; may be repeated',
      collect,
      [],
    )
    .addHelpText(
      'after',
      '\nExamples:\n  chromaray readers serve readers.yaml\n  chromaray readers serve readers.yaml --host 10.0.0.5 --tls-cert cert.pem --tls-key key.pem',
    )
    .action(async (file: string, options: ReadersServeOptions) => {
      const { readersServeAction } = await import('../actions/readers-serve.js');
      await readersServeAction(file, options, context);
    });
}
