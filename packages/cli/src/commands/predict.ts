import type { Command } from 'commander';
import type { PredictOptions } from '../actions/predict.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { backendOption, deviceOption, providerOption } from './provider-options.js';

/** `chromaray predict <model.onnx> <image...>` */
export function addPredict(parent: Command, context: Context): void {
  parent
    .command('predict')
    .description('probabilities of images under a saved model; for research only')
    .argument('<model.onnx>', 'a model saved by a study')
    .argument('<image...>', 'JPEG, PNG, PGM or DICOM files, or folders, .zip or .npz of them')
    .addOption(backendOption())
    .addOption(providerOption())
    .option(...deviceOption)
    .option(...jsonOption)
    .addHelpText(
      'after',
      `
Images that cannot be read are listed with the reason, and the exit code is then 1.

Example:
  chromaray predict studies/mine/models/gray-1.onnx a.jpeg b.jpeg`,
    )
    .action(async (model: string, inputs: string[], options: PredictOptions) => {
      const { predictAction } = await import('../actions/predict.js');
      await predictAction(model, inputs, options, context);
    });
}
