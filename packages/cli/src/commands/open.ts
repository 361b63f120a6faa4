import type { Command } from 'commander';
import type { OpenOptions } from '../actions/open.js';
import type { Context } from '../context.js';
import { wholeNumber } from './options.js';

/** `chromaray open [folder | study.yaml]` */
export function addOpen(parent: Command, context: Context): void {
  parent
    .command('open')
    .description('show data sets, studies and results as a page in the browser')
    .argument('[path]', 'a folder, a study file in it, or a study', '.')
    .option(
      '--studies <dir>',
      'folder that holds studies (default: the folder itself if it does, otherwise studies in it)',
    )
    .option('--port <number>', 'port to serve the page on (default: a free one)', wholeNumber(0, 65535))
    .option('--host <name>', 'also serve other machines: needs --token, and --cert and --key or --behind')
    .option('--token <token>', 'token that the address holds (default: a new one each start)')
    .option('--cert <file>', 'certificate for HTTPS, in PEM form')
    .option('--key <file>', "the certificate's key, in PEM form")
    .option('--behind <address>', 'HTTPS address of the reverse proxy in front')
    .option('--no-browser', 'do not open the browser')
    .option('--json', 'print one line of JSON with the address once the page is served')
    .addHelpText(
      'after',
      `
The page is served to this machine alone. Ctrl-C ends the server; a study that it started goes on.

Examples:
  chromaray open
  chromaray open study.yaml --no-browser`,
    )
    .action(async (opened: string, options: OpenOptions) => {
      const { openAction } = await import('../actions/open.js');
      await openAction(opened, options, context);
    });
}
