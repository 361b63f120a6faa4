import { ChromarayError } from '@chromaray/base';
import { inferShapes } from '../builder/infer-shapes.js';
import { modelOpset } from '../graph/opset.js';
import { positive, wholeNumber } from '../training/check-options.js';
import type { ExampleSource, TrainableModel } from '../training/types.js';
import type { AdversarialRequest } from './types.js';

/**
 * Refuses a training of two networks that cannot work, before anything is computed.
 *
 * @returns sizes of the generator's pictures, and how many numbers the critic gives of one
 * @throws ChromarayError `CHROMARAY_TRAINING_OPTION` for a number out of range, `CHROMARAY_TRAINING_DATA` for examples or
 *   networks that do not go together
 */
export function checkAdversarial({ generator, critic, train, validation, options }: AdversarialRequest): {
  readonly dims: readonly [channels: number, height: number, width: number];
  readonly logits: number;
} {
  const { batch, steps, every = 100, switching } = options;
  for (const [option, value] of Object.entries({ batch, steps, every })) wholeNumber(option, value);
  positive('generator.learningRate', options.generator.learningRate);
  positive('critic.learningRate', options.critic.learningRate);
  if (switching.kind === 'threshold') positive('switching.criticLoss', switching.criticLoss);
  if (switching.kind === 'fixed') {
    wholeNumber('switching.criticSteps', switching.criticSteps);
    wholeNumber('switching.generatorSteps', switching.generatorSteps);
  }
  const picture = sizes(generator, generator.logits);
  if (picture.length !== 3)
    throw dataError(`The generator makes [${picture.join(', ')}]; pictures are [channels, height, width].`);
  const input = inputOf(critic);
  if (input.dtype !== 'float32' || input.shape.slice(1).join() !== picture.join()) {
    const found = `${input.dtype} [${input.shape.slice(1).join(', ')}]`;
    throw dataError(`The critic takes ${found}; the generator makes float32 [${picture.join(', ')}].`);
  }
  const targets = picture.reduce((a, b) => a * b, 1);
  for (const source of [train, ...(validation === undefined ? [] : [validation])])
    checkSource(source, generator, targets);
  return {
    dims: picture as unknown as readonly [number, number, number],
    logits: sizes(critic, critic.logits).reduce((a, b) => a * b, 1),
  };
}

function checkSource(source: ExampleSource, generator: TrainableModel, targets: number): void {
  const input = inputOf(generator);
  if (source.count < 1) throw dataError('There are no examples.');
  if (input.dtype !== 'uint8' || input.shape.slice(1).join() !== source.shape.join()) {
    const wanted = `${input.dtype} [${input.shape.slice(1).join(', ')}]`;
    throw dataError(`The examples are uint8 [${source.shape.join(', ')}]; the generator takes ${wanted}.`);
  }
  if (source.targetSize !== targets)
    throw dataError(
      `The examples have targets of ${source.targetSize} numbers; the generator's pictures have ${targets}.`,
    );
}

function inputOf({ model: { graph } }: TrainableModel) {
  return graph.inputs.find(({ name }) => !graph.initializers.has(name))!;
}

function sizes({ model }: TrainableModel, value: string): readonly number[] {
  const type = inferShapes(model.graph, modelOpset(model)).get(value);
  if (type === undefined) throw dataError(`The network ${model.graph.name} has no value named "${value}".`);
  return type.shape.slice(1).map(Number);
}

function dataError(message: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRAINING_DATA',
    message,
    remedy: 'Give examples whose targets are the pictures to be made, and networks of one size.',
  });
}
