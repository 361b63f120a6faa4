import { authorizationFrom, type DicomWebServer } from '@chromaray/study';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';

/** What every `dicomweb` command is told about the server. */
export interface ServerOptions {
  readonly allowHttp?: boolean;
  readonly json?: boolean;
}

/** Credentials are no options: what is typed stays in the shell's history. */
export const credentialsHelp = `
Credentials come from the environment: CHROMARAY_DICOMWEB_TOKEN (bearer), or CHROMARAY_DICOMWEB_USER and
CHROMARAY_DICOMWEB_PASSWORD (basic).`;

export function addServerOptions(command: Command): Command {
  return command
    .option('--allow-http', 'also speak unencrypted http to another machine, in a network you trust')
    .option(...jsonOption);
}

export function serverOf(url: string, { allowHttp = false }: ServerOptions, context: Context): DicomWebServer {
  return { url, authorization: authorizationFrom(process.env), allowHttp, signal: context.signal };
}
