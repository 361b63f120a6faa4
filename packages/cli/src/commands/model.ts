import type { Command } from 'commander';
import type { ModelShowOptions } from '../actions/model-show.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { wholeNumber } from './options.js';

/** `chromaray model ...` */
export function addModel(parent: Command, context: Context): void {
  const model = parent.command('model').description('networks: their layers, sizes and costs');
  model
    .command('show')
    .description('the layers of a network, with shapes, trained numbers, multiply-adds and memory; nothing is trained')
    .argument('<network>', 'a study file, the name of a preset, or an ONNX file')
    .option('--arm <name>', 'of a study: whose network (default: the control’s)')
    .option('--size <pixels>', 'picture size (default: the study’s, or the preset’s own)', wholeNumber(16, 1024))
    .option(
      '--batch <n>',
      'pictures a step, for the estimate of memory (default: the study’s, or 32)',
      wholeNumber(1, 65_536),
    )
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExample:\n  chromaray model show study.yaml --arm large\n  chromaray model show densenet121',
    )
    .action(async (network: string, options: ModelShowOptions) => {
      const { modelShowAction } = await import('../actions/model-show.js');
      modelShowAction(network, options, context);
    });
}
