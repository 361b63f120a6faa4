import { decimal, missing } from '@chromaray/base';
import { picturesAt } from '@chromaray/imaging';
import { type ImagePrediction, type PredictionResult, predictImages } from '@chromaray/study';
import type { Context } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { interrupted, writeJson } from '../report-error.js';
import { noteSection } from '../terminal/notes.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';
import { type ProviderChoice, providerChoice } from './provider-choice.js';

export interface PredictOptions extends ProviderChoice {
  readonly json?: boolean;
}

/** What `chromaray predict <model.onnx> <image...>` does. */
export async function predictAction(
  model: string,
  inputs: string[],
  options: PredictOptions,
  context: Context,
): Promise<void> {
  const images = (await Promise.all(inputs.map(picturesAt))).flat();
  const result = await predictImages(model, images, {
    ...providerChoice(options),
    signal: context.signal,
    onProgress: (progress) => context.progress.update({ phase: 'predicting', unit: 'images', ...progress }),
  });
  context.progress.end();
  if (result.predictions.length < images.length) throw interrupted('Run the same command again.');
  if (options.json) writeJson(context.out, result);
  else printText(context.out, format(result, lineWidth(context.out)));
  if (result.predictions.some(({ error }) => error !== undefined)) throw new EndedWith(exitCodes.failed);
}

function format(result: PredictionResult, width: number): string {
  const { positive, notice, predictions, notes, classes = [] } = result;
  const heads = positive === undefined ? classes : [`probability of ${positive}`];
  const unread = predictions.flatMap(({ error }) => (error === undefined ? [] : [error.message]));
  return [
    formatTable(
      ['image', ...heads, 'called'],
      predictions.map((one) => row(one, classes)),
      width,
    ),
    '',
    ...(unread.length === 0 ? [] : ['Not read:', ...unread, '']),
    ...noteSection(notes),
    calledSentence(result),
    notice,
  ].join('\n');
}

function calledSentence({ positive, threshold }: PredictionResult): string {
  return threshold === undefined
    ? 'Columns are probabilities of the classes; the most probable is called.'
    : `Called ${positive} from ${decimal(threshold, 4)} on, the threshold chosen on the study's validation part.`;
}

function row(one: ImagePrediction, classes: readonly string[]): readonly string[] {
  const { image } = one;
  if (one.error !== undefined)
    return [image, ...(classes.length === 0 ? [missing] : classes.map(() => missing)), 'not read'];
  const { probability, probabilities, called } = one;
  const shown = probabilities === undefined ? [probability] : classes.map((name) => probabilities[name]!);
  return [image, ...shown.map((value) => decimal(value, 6)), called];
}
