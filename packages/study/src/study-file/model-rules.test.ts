import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseStudyFile } from './parse.js';

function parse(model: string) {
  const text = `name: s
dataset: { path: data, positive: PNEUMONIA }
arms: [{ name: gray3, control: true, colour: repeat }, { name: turbo, colour: { map: turbo } }]
model: ${model}
`;
  return parseStudyFile(text, '/home/me/study.yaml').model;
}

describe('the model of a study file', () => {
  it('may be a preset with weights beside the file, and what is trained of it', () => {
    const model = parse(
      `{ preset: mobilenet-v1-0.25, weights: nets/mobilenet.onnx, head: { dropout: 0.2 }, freeze: ['stem/*'],
  learningRates: [{ match: 'block-*', factor: 0.1 }], batchNorm: frozen }`,
    );
    expect(model).toEqual({
      preset: 'mobilenet-v1-0.25',
      weights: path.resolve('/home/me/nets/mobilenet.onnx'),
      head: { dropout: 0.2 },
      freeze: ['stem/*'],
      learningRates: [{ match: 'block-*', factor: 0.1 }],
      batchNorm: 'frozen',
    });
  });

  it('may be any ONNX network with the tensor a head goes on and the scale of its pixels', () => {
    for (const input of ['imagenet', 'caffe', '{ range: [-1, 1] }', '{ mean: 0.5, sd: [0.2, 0.2, 0.2] }']) {
      const model = parse(`{ onnx: net.onnx, features: pooled, input: ${input} }`);
      expect(model).toMatchObject({ onnx: path.resolve('/home/me/net.onnx'), features: 'pooled' });
    }
  });

  it('may leave the tensor of an ONNX network to be found', () => {
    expect(parse('{ onnx: net.onnx, input: imagenet }').features).toBeUndefined();
  });

  it('adds nothing to a preset by itself, so that trials of earlier versions stay the same', () => {
    expect(parse('{ preset: small }')).toEqual({ preset: 'small' });
  });

  it.each([
    ['REQUIRED', '{ freeze: [a] }', '"model.preset" is missing'],
    ['MODEL', '{ preset: small, onnx: net.onnx }', 'both a preset and an ONNX file'],
    ['MODEL', '{ preset: small, weights: net.onnx }', '"model.weights" has no meaning for the preset "small"'],
    ['MODEL', '{ preset: small, head: { dropout: 0.2 } }', '"model.head" has no meaning'],
    ['MODEL', '{ preset: small, features: x }', '"model.features" has no meaning for a preset'],
    ['MODEL', '{ onnx: a.onnx, weights: b.onnx, features: x, input: imagenet }', 'which has its own'],
    ['REQUIRED', '{ onnx: net.onnx, features: pooled }', '"model.input" is missing'],
    ['MODEL', '{ preset: small, layers: [{ layer: flatten }] }', 'both a preset and layers of its own'],
    ['MODEL', '{ layers: [{ layer: flatten }], head: { units: 3 } }', '"model.head" has no meaning for layers'],
    ['MODEL', '{ layers: [{ layer: norm, groups: 4 }] }', '"groups" has no meaning for a norm of the kind "batch"'],
    ['MODEL', '{ layers: [{ layer: pool, kind: global-max, size: 2 }] }', '"size" has no meaning for a pool'],
    ['MODEL', '{ layers: [{ layer: dense, units: 2, constraint: { minNorm: 2, maxNorm: 1 } }] }', 'from 2 down to 1'],
    ['VALUE', '{ layers: [{ layer: convv, filters: 3 }] }', 'did you mean "conv"?'],
    ['UNKNOWN_KEY', '{ layers: [{ layer: conv, filters: 3, kernal: 3 }] }', 'did you mean "kernel"?'],
    [
      'REQUIRED',
      '{ layers: [{ layer: residual, layers: [{ layer: conv }] }] }',
      '"model.layers[0].layers[0].filters" is missing',
    ],
    ['WEIGHTS', '{ preset: gray-7 }', 'needs pretrained weights'],
    ['VALUE', '{ preset: small, learningRates: [{ match: a, factor: 0 }] }', 'expected more than 0'],
    ['VALUE', '{ preset: small, batchNorm: frosen }', 'did you mean "frozen"?'],
    ['UNKNOWN_KEY', '{ preset: small, freez: [a] }', 'did you mean "freeze"?'],
  ])('%s: %s', (code, model, message) => {
    expect(() => parse(model)).toThrow(
      expect.objectContaining({ code: `CHROMARAY_STUDY_FILE_${code}`, message: expect.stringContaining(message) }),
    );
  });
});
