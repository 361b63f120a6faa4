import { addColorizer, contractNames, contracts } from '@chromaray/study';
import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { colorizersOption } from './colorizer-options.js';
import { jsonOption } from './command.js';

interface Options {
  readonly contract: string;
  readonly name?: string;
  readonly input?: string;
  readonly output?: string;
  readonly sha256?: string;
  readonly licence?: string;
  readonly colorizers?: string;
  readonly json?: boolean;
}

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
    .action(async (file: string, options: Options) => {
      const { contract, name, input, output, sha256, licence, colorizers } = options;
      const added = await addColorizer(file, {
        contract,
        ...(name !== undefined && { name }),
        tensors: { ...(input !== undefined && { input }), ...(output !== undefined && { output }) },
        ...(sha256 !== undefined && { sha256 }),
        ...(licence !== undefined && { licence }),
        ...(colorizers !== undefined && { folder: colorizers }),
      });
      if (options.json) writeJson(context.out, added);
      else {
        context.out.write(
          `${added.name} is installed as ${added.file}, pinned to SHA-256 ${added.sha256}.\nIn a study file: colour: { colorizer: ${added.name} }\n`,
        );
      }
    });
}

const help = `
Contracts:
${contractNames.map((name) => `  ${name.padEnd(18)} ${contracts[name].summary}`).join('\n')}

Example:
  chromaray colorizer add deoldify_artistic.onnx --contract deoldify-raw --name deoldify-artistic`;
