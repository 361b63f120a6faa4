import { packageFile } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { openWorkbench } from '@chromaray/workbench';
import { type Context, untilInterrupted } from '../context.js';
import { printText } from '../terminal/print.js';
import { showInBrowser } from '../terminal/show-in-browser.js';

export interface OpenOptions {
  readonly studies?: string;
  readonly port?: number;
  readonly host?: string;
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly behind?: string;
  readonly browser: boolean;
  readonly json?: boolean;
}

/** What `chromaray open` does: serves the page until Ctrl-C. */
export async function openAction(opened: string, options: OpenOptions, context: Context): Promise<void> {
  const { port, host, token, studies, behind } = options;
  const tls = certificate(options);
  const server = await openWorkbench({
    studySchema: packageFile(import.meta.url, 'study.schema.json'),
    ...{ open: opened, studies },
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
    ...(token !== undefined && { token }),
    ...(behind !== undefined && { publicOrigin: behind }),
    ...(tls !== undefined && { tls }),
    onDefect: (error) => context.err.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`),
  });
  const { url, origin } = server;
  // Whoever serves is not waited for: nothing is said of how long it runs.
  context.progress.close();
  if (options.json) context.out.write(`${JSON.stringify({ url, origin, token: server.token, pid: process.pid })}\n`);
  else printText(context.out, `The workbench is open at ${url}\nCtrl-C ends it; studies that it started go on.`);
  if (options.browser && !options.json) showInBrowser(url);
  await untilInterrupted(context, 'The workbench has ended.');
  await server.stop();
}

function certificate({ cert, key }: OpenOptions): { readonly cert: string; readonly key: string } | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert !== undefined && key !== undefined) return { cert, key };
  throw codedError('CHROMARAY_USAGE', {
    message: 'A certificate needs its key, and a key its certificate.',
    remedy: 'Give both --cert and --key.',
  });
}
