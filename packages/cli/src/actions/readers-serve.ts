import { counted, isChromarayError } from '@chromaray/base';
import { type Override, readReadersFile, serveReaders } from '@chromaray/readers';
import { type Context, untilInterrupted } from '../context.js';
import { printText } from '../terminal/print.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { type TlsFiles, tlsOf } from './tls-files.js';

export interface ReadersServeOptions extends TlsFiles {
  readonly studies: string;
  readonly host?: string;
  readonly port: number;
  readonly publicOrigin?: string;
  readonly override: readonly string[];
}

/** What `chromaray readers serve <readers.yaml>` does, until Ctrl-C. */
export async function readersServeAction(file: string, options: ReadersServeOptions, context: Context): Promise<void> {
  const { studies, host, port, publicOrigin } = options;
  const { progress, signal } = context;
  const server = await serveReaders(readReadersFile(file), {
    ...{ studies, port, overrides: options.override.map(overrideOf) },
    ...(host !== undefined && { host }),
    ...tlsOf(options),
    ...(publicOrigin !== undefined && { publicOrigin }),
    onEvent: showStudyEvents(progress),
    onTrouble: (error) => progress.note(troubleText(error)),
    signal,
  });
  progress.end();
  const { unreadable } = server;
  printText(
    context.out,
    [
      'A link for each reader; whoever has it reads in that name, so send each to its reader alone:',
      ...[...server.links].map(([reader, link]) => `  ${reader}  ${link}`),
      ...(unreadable.length === 0
        ? []
        : [
            `${counted(unreadable.length, 'picture')} cannot be shown any more; readers pass over ${unreadable.length === 1 ? 'it' : 'them'}, which is recorded:`,
            ...unreadable.map(({ case: name, why }) => `  ${name}: ${why}`),
          ]),
      'Ctrl-C stops. Everything confirmed is stored; readers continue where they were when it runs again.',
    ].join('\n'),
  );
  await untilInterrupted(context, 'The reading page has ended. Everything confirmed is stored.');
  await server.stop();
}

function overrideOf(text: string): Override {
  const [, reader, reason] = /^([^:]+):(.*)$/s.exec(text) ?? [];
  return { reader: (reader ?? text).trim(), reason: (reason ?? '').trim() };
}

function troubleText(error: unknown): string {
  if (isChromarayError(error)) return `Warning: ${error.message} ${error.remedy}`;
  return `Warning: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
