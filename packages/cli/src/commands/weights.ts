import type { Command } from 'commander';
import type { WeightsAddOptions } from '../actions/weights-add.js';
import type { WeightsListOptions } from '../actions/weights-list.js';
import type { WeightsPullOptions } from '../actions/weights-pull.js';
import type { WeightsRemoveOptions } from '../actions/weights-remove.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';

/** `chromaray weights ...` */
export function addWeights(parent: Command, context: Context): void {
  const weights = parent.command('weights').description('pretrained weights: list, add, download, remove');
  for (const add of [addList, addAdd, addPull, addRemove]) add(weights, context);
}

function addList(parent: Command, context: Context): void {
  parent
    .command('list')
    .description('which weights are installed, and which are known')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray weights list')
    .action(async (options: WeightsListOptions) => {
      const { weightsListAction } = await import('../actions/weights-list.js');
      await weightsListAction(options, context);
    });
}

function addAdd(parent: Command, context: Context): void {
  parent
    .command('add')
    .description('install weights from a file, checked against their network and pinned to their SHA-256')
    .argument('<file>', 'safetensors of a PyTorch state dictionary, or ONNX with its weights inside')
    .option('--preset <name>', 'the network that they are of (default: that of the known weights of this name)')
    .option('--name <name>', 'name for study files (default: the file’s)')
    .option('--sha256 <hash>', 'refuse the file unless it has this hash')
    .option('--licence <licence>', 'noted with the weights, and shown by reports where the file itself names none')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray weights add densenet121-res224-all.safetensors')
    .action(async (file: string, options: WeightsAddOptions) => {
      const { weightsAddAction } = await import('../actions/weights-add.js');
      await weightsAddAction(file, options, context);
    });
}

function addPull(parent: Command, context: Context): void {
  parent
    .command('pull')
    .description(
      'download known weights, verify and install them; or how to make the file, where none can be downloaded',
    )
    .argument('<name>', 'a name of: chromaray weights list')
    .option('--sha256 <hash>', 'the hash the file must have, where none is published')
    .option('--trust-first', 'pin the hash of whatever comes, where none is published')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray weights pull densenet121-imagenet')
    .action(async (name: string, options: WeightsPullOptions) => {
      const { weightsPullAction } = await import('../actions/weights-pull.js');
      await weightsPullAction(name, options, context);
    });
}

function addRemove(parent: Command, context: Context): void {
  parent
    .command('remove')
    .description('remove installed weights; results of studies that used them stay')
    .argument('<name>', 'a name of: chromaray weights list')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray weights remove densenet121-imagenet')
    .action(async (name: string, options: WeightsRemoveOptions) => {
      const { weightsRemoveAction } = await import('../actions/weights-remove.js');
      weightsRemoveAction(name, options, context);
    });
}
