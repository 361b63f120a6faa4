import { pullColorizer } from '@chromaray/study';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { colorizersOption } from './colorizer-options.js';
import { jsonOption } from './command.js';

interface Options {
  readonly sha256?: string;
  readonly trustFirst?: boolean;
  readonly colorizers?: string;
  readonly json?: boolean;
}

/** Downloads are counted in whole mebibytes. */
const unit = 1024 ** 2;

/** `chromaray colorizer pull <name>` */
export function addColorizerPull(parent: Command, context: Context): void {
  parent
    .command('pull')
    .description('download a known colorizing network, verify and install it; goes on where it was interrupted')
    .argument('<name>', 'a name of: chromaray colorizer list')
    .option('--sha256 <hash>', 'the hash it must have, where none is published')
    .option('--trust-first', 'pin the hash of whatever comes, where none is published')
    .option(...colorizersOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray colorizer pull deoldify-artistic')
    .action(async (name: string, options: Options) => {
      const { sha256, trustFirst, colorizers } = options;
      const installed = await pullColorizer(name, {
        ...(sha256 !== undefined && { sha256 }),
        trustFirst: trustFirst ?? false,
        ...(colorizers !== undefined && { folder: colorizers }),
        signal: context.signal,
        onProgress: ({ done, total }) =>
          context.progress.update({
            phase: 'downloading',
            done: Math.floor(done / unit),
            total: Math.ceil((total ?? done) / unit),
            unit: 'MiB',
          }),
      });
      context.progress.end();
      if (options.json) writeJson(context.out, installed);
      else context.out.write(`${name} is installed as ${installed.file}, SHA-256 ${installed.sha256}.\n`);
    });
}
