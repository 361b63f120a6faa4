import { contractNames, contracts } from '@chromaray/colour/names';
import { type Command, Option } from 'commander';
import type { ColorizerAddOptions } from '../actions/colorizer-add.js';
import type { Context } from '../context.js';
import { colorizersOption } from './colorizer-options.js';
import { jsonOption } from './command.js';

/** `chromaray colorizer add <file.onnx>` */
export function addColorizerAdd(parent: Command, context: Context): void {
  parent
    .command('add')
    .description('install a colorizing network from a file, pinned to its SHA-256')
    .argument('<file.onnx>', 'the network, with its weights inside')
    .addOption(
      new Option('--contract <name>', 'what the network takes and gives').choices(contractNames).makeOptionMandatory(),
    )
    .option('--name <name>', 'name for study files (default: the file’s)')
    .option('--input <tensor>', 'name of its input (default: the contract’s)')
    .option('--output <tensor>', 'name of its output (default: the contract’s)')
    .option('--sha256 <hash>', 'refuse the file unless it has this hash')
    .option('--licence <licence>', 'noted with the network')
    .option(...colorizersOption)
    .option(...jsonOption)
    .addHelpText('after', help)
    .action(async (file: string, options: ColorizerAddOptions) => {
      const { colorizerAddAction } = await import('../actions/colorizer-add.js');
      await colorizerAddAction(file, options, context);
    });
}

const help = `
Contracts:
${contractNames.map((name) => `  ${name.padEnd(18)} ${contracts[name].summary}`).join('\n')}

Example:
  chromaray colorizer add deoldify_artistic.onnx --contract deoldify-raw --name deoldify-artistic`;
