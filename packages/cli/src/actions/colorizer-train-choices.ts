import {
  type AdversarialChoices,
  type ColorizerNetwork,
  colourUNet,
  colourUNetWith,
  defaultDeoldifySizes,
  deoldify,
  type FeatureOptions,
  readEncoder,
} from '@chromaray/colour';
import { codedError } from '@chromaray/contracts/errors';
import type { ColorizerTrainOptions } from './colorizer-train.js';

/** @throws ChromarayError of `readEncoder` and `deoldify` */
export function networkOf(options: ColorizerTrainOptions): ColorizerNetwork {
  const { network, encoder, encoderInput, factor, encoderChannels } = options;
  if (network === 'colour-unet') {
    const range = rangeOf('--encoder-input', encoderInput);
    return encoder === undefined ? colourUNet : colourUNetWith(readEncoder(encoder, range ? { range } : 'imagenet'));
  }
  return deoldify({
    factor: factor ?? defaultDeoldifySizes.factor,
    encoderChannels: encoderChannels ?? defaultDeoldifySizes.encoderChannels,
  });
}

export function featuresOf(options: ColorizerTrainOptions): FeatureOptions | undefined {
  const { featureNetwork, featureTensors, featureWeights, featureInput } = options;
  if (featureNetwork === undefined) return undefined;
  if (featureTensors === undefined)
    throw usage('--feature-network is given without the tensors to be compared.', 'Add --feature-tensors.');
  const range = rangeOf('--feature-input', featureInput);
  return {
    ...{ network: featureNetwork, tensors: featureTensors },
    ...(featureWeights !== undefined && { weights: featureWeights }),
    ...(range !== undefined && { input: { range } }),
  };
}

function rangeOf(option: string, numbers: readonly number[] | undefined): readonly [number, number] | undefined {
  if (numbers === undefined || numbers.length === 2) return numbers as readonly [number, number] | undefined;
  throw usage(`${option} is a range, two numbers.`, `Write the lower one first, as ${option}=-1,1.`);
}

export function choicesOf(options: ColorizerTrainOptions): AdversarialChoices {
  const { criticSize: side, noganSteps: steps, noganRepeats: repeats, noganRate: learningRate } = options;
  const { criticFactor, criticEpochs, criticLoss, criticWeight } = options;
  const choices = { side, steps, repeats, learningRate, criticFactor, criticEpochs, criticLoss, criticWeight };
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}

/**
 * Refuses options that what was chosen has no use for.
 *
 * @throws ChromarayError `CHROMARAY_USAGE`
 */
export function refuseUseless(options: ColorizerTrainOptions): void {
  const { network, encoder, until, featureNetwork } = options;
  const rules = [
    [network === 'deoldify', 'with --network deoldify', { factor: '--factor', encoderChannels: '--encoder-channels' }],
    [network === 'colour-unet', 'with --network colour-unet', { encoder: '--encoder' }],
    [encoder !== undefined, 'with --encoder', { encoderInput: '--encoder-input' }],
    [
      featureNetwork !== undefined,
      'with --feature-network',
      { featureTensors: '--feature-tensors', featureWeights: '--feature-weights', featureInput: '--feature-input' },
    ],
    [
      until !== 'generator',
      'with --until critic or --until nogan',
      { criticSize: '--critic-size', criticFactor: '--critic-factor', criticEpochs: '--critic-epochs' },
    ],
    [
      until === 'nogan',
      'with --until nogan',
      {
        noganSteps: '--nogan-steps',
        noganRepeats: '--nogan-repeats',
        noganRate: '--nogan-rate',
        criticLoss: '--critic-loss',
        criticWeight: '--critic-weight',
      },
    ],
  ] as const;
  for (const [isUsed, where, names] of rules) {
    if (isUsed) continue;
    for (const [key, name] of Object.entries(names)) {
      if (options[key as keyof ColorizerTrainOptions] === undefined) continue;
      throw usage(`${name} has a meaning only ${where}.`, `Leave ${name} out.`);
    }
  }
}

function usage(message: string, remedy: string) {
  return codedError('CHROMARAY_USAGE', { message, remedy });
}
