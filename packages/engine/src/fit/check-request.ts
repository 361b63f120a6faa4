import { ChromarayError } from '@chromaray/base';
import { inferShapes } from '../builder/infer-shapes.js';
import { modelOpset } from '../graph/opset.js';
import { positive, wholeNumber } from '../training/check-options.js';
import type { ExampleSource, TrainableModel } from '../training/types.js';
import type { FitRequest } from './fit-types.js';

/**
 * Refuses a training that cannot work, before anything is computed.
 *
 * @throws ChromarayError `CHROMARAY_TRAINING_OPTION` for a number out of range, `CHROMARAY_TRAINING_DATA` for
 *   an empty source or one whose pixels or targets do not fit the model
 */
export function checkRequest({ model, train, validation, options }: FitRequest): void {
  wholeNumber('batch', options.batch);
  wholeNumber('epochs', options.epochs);
  if (options.until !== undefined) wholeNumber('until', options.until);
  positive('learningRate', options.learningRate);
  if (options.clipNorm !== undefined) positive('clipNorm', options.clipNorm);
  if (options.earlyStopping !== undefined) wholeNumber('earlyStopping.patience', options.earlyStopping.patience);
  checkSource('training', train, model);
  if (validation !== undefined) checkSource('validation', validation, model);
}

function checkSource(part: string, source: ExampleSource, { model, logits }: TrainableModel): void {
  const { graph } = model;
  const input = graph.inputs.find(({ name }) => !graph.initializers.has(name));
  const outputs = inferShapes(graph, modelOpset(model)).get(logits)?.shape.slice(1) ?? [source.targetSize];
  const elements = outputs.reduce<number>((product, dim) => product * Number(dim), 1);
  const problem =
    source.count < 1
      ? `There are no ${part} examples.`
      : input?.dtype !== 'uint8' || input.shape.slice(1).join() !== source.shape.join()
        ? `The ${part} examples are uint8 [${source.shape.join(', ')}]; the model takes ${input?.dtype} [${input?.shape.slice(1).join(', ')}].`
        : elements !== source.targetSize
          ? `The ${part} examples have targets of ${source.targetSize} numbers; the model's "${logits}" has ${elements} an example ([${outputs.join(', ')}]).`
          : undefined;
  if (problem === undefined) return;
  throw new ChromarayError({
    code: 'CHROMARAY_TRAINING_DATA',
    message: problem,
    remedy:
      'Give at least one example, of the channels and size the model was built for, with one target for each number the loss is taken on.',
    details: { part, count: source.count, shape: source.shape, targetSize: source.targetSize },
  });
}
