import { describe, expect, it } from 'vitest';
import type { ColorizerTrainOptions } from './colorizer-train.js';
import { choicesOf, featuresOf, networkOf, refuseUseless } from './colorizer-train-choices.js';
import { trainingCommand } from './colorizer-training-command.js';

const options: ColorizerTrainOptions = {
  ...{ name: 'mine', sizes: [64], epochs: [4], seed: 1, network: 'colour-unet', until: 'generator' },
  ...{ temperature: 0.5, rebalance: 0.2, warp: 0, backend: 'auto' },
};
const useless = (change: Partial<ColorizerTrainOptions>) => () => refuseUseless({ ...options, ...change });
const usage = (named: string) =>
  expect.objectContaining({ code: 'CHROMARAY_USAGE', message: expect.stringContaining(named) });

describe('options of colorizer train', () => {
  it('are refused where they have no meaning', () => {
    expect(useless({})).not.toThrow();
    expect(useless({ factor: 0.5 })).toThrow(usage('--factor'));
    expect(useless({ network: 'deoldify', factor: 0.5, encoderChannels: 32 })).not.toThrow();
    expect(useless({ network: 'deoldify', encoder: 'a.onnx' })).toThrow(usage('--encoder'));
    expect(useless({ encoderInput: [0, 1] })).toThrow(usage('--encoder-input'));
    expect(useless({ featureTensors: ['a'] })).toThrow(usage('--feature-tensors'));
    expect(useless({ criticEpochs: [1, 1] })).toThrow(usage('--critic-epochs'));
    expect(useless({ until: 'critic', criticEpochs: [1, 1] })).not.toThrow();
    expect(useless({ until: 'critic', criticWeight: 1 })).toThrow(usage('--critic-weight'));
    expect(useless({ until: 'nogan', criticWeight: 1, noganSteps: 5, criticSize: 64 })).not.toThrow();
  });

  it('of a feature loss belong together', () => {
    expect(featuresOf(options)).toBeUndefined();
    const network = { ...options, featureNetwork: 'vgg.onnx' };
    expect(() => featuresOf(network)).toThrow(usage('--feature-network'));
    const tensors = { ...network, featureTensors: ['a', 'b'] };
    expect(featuresOf(tensors)).toEqual({ network: 'vgg.onnx', tensors: ['a', 'b'] });
    expect(featuresOf({ ...tensors, featureInput: [-1, 1] })).toMatchObject({ input: { range: [-1, 1] } });
    expect(() => featuresOf({ ...tensors, featureInput: [1] })).toThrow(usage('--feature-input'));
  });

  it('become choices only where they are given', () => {
    expect(choicesOf(options)).toEqual({});
    expect(choicesOf({ ...options, criticSize: 64, noganSteps: 9 })).toEqual({ side: 64, steps: 9 });
    expect(networkOf(options).name).toBe('colour-unet');
    expect(networkOf({ ...options, network: 'deoldify' }).summary).toContain('factor 0.25');
  });
});

describe('the command on a card', () => {
  it('of the shipped colorizer stays as it is', () => {
    expect(trainingCommand('a/set.zip', { ...options, licence: 'CC0-1.0', threads: 1, backend: 'onednn' })).toBe(
      'chromaray colorizer train set.zip --name mine --sizes 64 --epochs 4 --seed 1 --loss classes --temperature 0.5 --rebalance 0.2 --licence CC0-1.0 --threads 1 --backend onednn',
    );
  });

  it('has all that decides the result', () => {
    const command = trainingCommand('set.zip', {
      ...{ ...options, network: 'deoldify', factor: 0.5, warp: 0.25, until: 'nogan', criticFactor: 0.25 },
      ...{ criticEpochs: [2, 1], noganSteps: 60, noganRepeats: 2, noganRate: 1e-4, criticLoss: 0.6, criticWeight: 1 },
      ...{ featureNetwork: '/x/vgg.onnx', featureTensors: ['a', 'b'], featureWeights: [1, 2], featureInput: [-1, 1] },
    });
    for (const part of [
      ...['--network deoldify --factor 0.5', '--loss pixels', '--warp 0.25', '--until nogan', '--critic-factor 0.25'],
      ...['--critic-epochs 2,1', '--nogan-steps 60', '--nogan-repeats 2', '--nogan-rate 0.0001', '--critic-loss 0.6'],
      ...['--critic-weight 1', '--feature-network vgg.onnx --feature-tensors a,b', '--feature-weights 1,2'],
      '--feature-input=-1,1',
    ])
      expect(command).toContain(part);
    expect(command).not.toContain('--temperature');
    const encoded = trainingCommand('set.zip', { ...options, encoder: 'w/net.onnx', encoderInput: [-1, 1] });
    expect(encoded).toContain('--encoder net.onnx --encoder-input=-1,1');
  });
});
