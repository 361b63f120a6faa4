import type { Command } from 'commander';
import { jsonOption } from './command.js';

/** Credentials are no options: what is typed stays in the shell's history. */
export const credentialsHelp = `
Credentials come from the environment: CHROMARAY_DICOMWEB_TOKEN (bearer), or CHROMARAY_DICOMWEB_USER and
CHROMARAY_DICOMWEB_PASSWORD (basic).`;

export function addServerOptions(command: Command): Command {
  return command
    .option('--allow-http', 'also speak unencrypted http to another machine, in a network you trust')
    .option(...jsonOption);
}
