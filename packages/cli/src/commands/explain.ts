import type { Command } from 'commander';
import type { ExplainOptions } from '../actions/explain.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';

/** `chromaray explain <model.onnx> <image...>` */
export function addExplain(parent: Command, context: Context): void {
  parent
    .command('explain')
    .description('where a saved model looks in images (Grad-CAM); for research only')
    .argument('<model.onnx>', 'a model saved by a study')
    .argument('<image...>', 'JPEG, PNG, PGM or DICOM files, or folders, .zip or .npz of them')
    .option('--out <dir>', 'folder for the pictures, X-ray and map side by side', 'explained')
    .option('--towards <class>', 'the class whose evidence is shown. Default: what each image is called')
    .option('--mask <path>', 'a lung mask (white is lung), or a folder of masks named as the images')
    .option('--check', 'also shuffle the weights layer by layer and compare the maps')
    .option(...jsonOption)
    .addHelpText(
      'after',
      `
Images that cannot be read are listed with the reason, and the exit code is then 1.

Example:
  chromaray explain studies/mine/models/gray-1.onnx a.jpeg b.jpeg --out explained --check`,
    )
    .action(async (model: string, images: string[], options: ExplainOptions) => {
      const { explainAction } = await import('../actions/explain.js');
      await explainAction(model, images, options, context);
    });
}
