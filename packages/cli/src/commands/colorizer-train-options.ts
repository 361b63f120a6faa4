import { colourLosses, defaultDeoldifySizes, deoldifyNumbers, lastStages, networkNames } from '@chromaray/colour/names';
import { type Command, Option } from 'commander';
import { numberFrom, numbers, wholeNumbers } from './number-options.js';
import { wholeNumber } from './options.js';

const { critic, noGan } = deoldifyNumbers;

/** What is trained, and what it learns. */
export function addNetworkOptions(command: Command): void {
  command
    .addOption(
      new Option('--network <network>', 'colour-unet, or the generator of DeOldify')
        .choices(networkNames)
        .default('colour-unet'),
    )
    .option(
      '--factor <f>',
      `channels of DeOldify's decoder; published: 1.5 (default: ${defaultDeoldifySizes.factor})`,
      numberFrom(0.05, 2),
    )
    .option(
      '--encoder-channels <n>',
      `channels of the first stage of DeOldify's encoder (default: ${defaultDeoldifySizes.encoderChannels}, as published)`,
      wholeNumber(8, 128),
    )
    .option('--encoder <file.onnx>', 'a pretrained network in place of the way down of colour-unet, such as MobileNet')
    .option(
      '--encoder-input <low,high>',
      "range of the pixels that it takes (default: ImageNet's mean and standard deviation)",
      numbers(-1024, 1024),
    )
    .addOption(
      new Option(
        '--loss <loss>',
        'what is learned: how likely each colour is, U and V themselves, or red, green and blue (default: classes; deoldify: pixels)',
      ).choices(colourLosses),
    )
    .option('--feature-network <file.onnx>', 'a frozen network; what it sees in the pictures is learned, too')
    .option('--feature-tensors <list>', 'tensors of it that are compared', names)
    .option(
      '--feature-weights <list>',
      "their weights (default: DeOldify's 20,70,10, for three tensors)",
      numbers(Number.MIN_VALUE, 1e6),
    )
    .option(
      '--feature-input <low,high>',
      "range of the pixels that it takes (default: ImageNet's mean and standard deviation)",
      numbers(-1024, 1024),
    );
}

/** The stages after the generator's own training. */
export function addCriticOptions(command: Command): void {
  command
    .addOption(
      new Option(
        '--until <stage>',
        'the last stage: the generator by itself, a critic, or both in turn as DeOldify has it',
      )
        .choices(lastStages)
        .default('generator'),
    )
    .option(
      '--critic-size <n>',
      'side of the pictures from the critic on (default: that of the last stage)',
      wholeNumber(64, 512),
    )
    .option('--critic-factor <f>', "channels of the critic; DeOldify's: 1 (default: 0.125)", numberFrom(0.016, 2))
    .option(
      '--critic-epochs <list>',
      `epochs of the critic alone, at learning rates of ${critic.learningRates.join(' and ')} (default: ${critic.epochs.join()})`,
      wholeNumbers(0, 1000),
    )
    .option(
      '--nogan-steps <n>',
      `steps of critic and generator in turn (default: as many as meet ${noGan.photographs} photographs)`,
      wholeNumber(1, 1e9),
    )
    .option('--nogan-repeats <n>', 'rounds of critic and NoGAN; DeOldify: 5 to 8 (default: 1)', wholeNumber(1, 100))
    .option(
      '--nogan-rate <r>',
      `the generator's learning rate in NoGAN, the critic's is ${noGan.criticRate} times as high (default: ${noGan.learningRate})`,
      numberFrom(1e-9, 1),
    )
    .option(
      '--critic-loss <l>',
      `the critic learns until its loss is below this (default: ${noGan.criticLoss})`,
      numberFrom(0.01, 10),
    )
    .option(
      '--critic-weight <w>',
      `weight of the critic's judgement beside the generator's own loss (default: ${noGan.criticWeight})`,
      numberFrom(0, 1000),
    );
}

function names(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
