import { type ImagePrediction, predictImages } from '@chromaray/study';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatTable } from '../terminal/table.js';
import { jsonOption } from './command.js';

/** `chromaray predict <model.onnx> <image...>` */
export function addPredict(parent: Command, context: Context): void {
  parent
    .command('predict')
    .description('probabilities of images under a saved model; for research only')
    .argument('<model.onnx>', 'a model saved by a study')
    .argument('<image...>', 'JPEG or PNG files')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray predict studies/mine/models/gray-1.onnx a.jpeg b.jpeg')
    .action(async (model: string, images: string[], options: { readonly json?: boolean }) => {
      const result = await predictImages(model, images, context.signal);
      if (options.json) writeJson(context.out, result);
      else context.out.write(`${format(result)}\n`);
    });
}

function format(result: Awaited<ReturnType<typeof predictImages>>): string {
  return [
    formatTable(
      ['image', `probability of ${result.positive}`, 'called'],
      result.predictions.map((prediction) => row(prediction)),
    ),
    '',
    `Called ${result.positive} from ${result.threshold.toPrecision(4)} on, the threshold chosen on validation.`,
    result.notice,
  ].join('\n');
}

function row(prediction: ImagePrediction): readonly string[] {
  if (prediction.error !== undefined) return [prediction.image, '–', prediction.error.message];
  return [prediction.image, prediction.probability!.toFixed(6), prediction.called!];
}
