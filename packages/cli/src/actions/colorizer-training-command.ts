import { defaultDeoldifySizes } from '@chromaray/colour/names';
import type { ColorizerTrainOptions } from './colorizer-train.js';

/** The command of a training with everything that decides its result, as its card shows it. */
export function trainingCommand(photographs: string, options: ColorizerTrainOptions): string {
  const { name, sizes, epochs, seed, network, warp, licence, threads, backend } = options;
  const loss = options.loss ?? (network === 'deoldify' ? 'pixels' : 'classes');
  return [
    `chromaray colorizer train ${photographs.split('/').at(-1)!} --name ${name}`,
    `--sizes ${sizes.join()} --epochs ${epochs.join()} --seed ${seed}`,
    ...networkText(options),
    `--loss ${loss}`,
    ...featureText(options),
    ...(loss === 'classes' ? [`--temperature ${options.temperature} --rebalance ${options.rebalance}`] : []),
    ...(warp > 0 ? [`--warp ${warp}`] : []),
    ...criticText(options),
    ...(licence === undefined ? [] : [`--licence ${licence}`]),
    ...(threads === undefined ? [] : [`--threads ${threads}`]),
    ...(backend === 'auto' ? [] : [`--backend ${backend}`]),
  ].join(' ');
}

function networkText(options: ColorizerTrainOptions): readonly string[] {
  const { network, factor, encoderChannels, encoder, encoderInput } = options;
  if (network === 'colour-unet') {
    const input = encoderInput === undefined ? [] : [`--encoder-input=${encoderInput.join()}`];
    return encoder === undefined ? [] : [`--encoder ${encoder.split('/').at(-1)!}`, ...input];
  }
  const channels = encoderChannels === undefined ? [] : [`--encoder-channels ${encoderChannels}`];
  return [`--network ${network} --factor ${factor ?? defaultDeoldifySizes.factor}`, ...channels];
}

function featureText(options: ColorizerTrainOptions): readonly string[] {
  const { featureNetwork, featureTensors = [], featureWeights, featureInput } = options;
  if (featureNetwork === undefined) return [];
  return [
    `--feature-network ${featureNetwork.split('/').at(-1)!} --feature-tensors ${featureTensors.join()}`,
    ...(featureWeights === undefined ? [] : [`--feature-weights ${featureWeights.join()}`]),
    ...(featureInput === undefined ? [] : [`--feature-input=${featureInput.join()}`]),
  ];
}

function criticText(options: ColorizerTrainOptions): readonly string[] {
  if (options.until === 'generator') return [];
  const given = (option: string, value: number | undefined) => (value === undefined ? [] : [`${option} ${value}`]);
  return [
    `--until ${options.until}`,
    ...given('--critic-size', options.criticSize),
    ...given('--critic-factor', options.criticFactor),
    ...(options.criticEpochs === undefined ? [] : [`--critic-epochs ${options.criticEpochs.join()}`]),
    ...given('--critic-loss', options.criticLoss),
    ...given('--critic-weight', options.criticWeight),
    ...given('--nogan-steps', options.noganSteps),
    ...given('--nogan-repeats', options.noganRepeats),
    ...given('--nogan-rate', options.noganRate),
  ];
}
