import { describe, expect, it } from 'vitest';
import { armDifferences, causesSentences, differingKinds, differingText } from './arm-differences.js';
import { decodeStudyFile } from './decode.js';
import { resolveArm } from './resolve-arm.js';
import { serializeStudyFile } from './serialize.js';

const decode = (arms: string, more = ''): ReturnType<typeof decodeStudyFile> =>
  decodeStudyFile(
    `name: s\ndataset: { path: d, positive: P }\nmodel: { preset: small }\narms:\n${arms}\n${more}`,
    's.yaml',
  );
const problem = (arms: string, more = ''): { code: string; message: string; details: { path: unknown } } => {
  try {
    decode(arms, more);
  } catch (error) {
    return error as never;
  }
  throw new Error('accepted');
};
const gray = '  - { name: gray, control: true }\n';

describe('an arm', () => {
  it('is the study with what it names in place of it, key by key', () => {
    const study = decode(
      `${gray}  - { name: b, image: { size: 64, clahe: { tiles: 4 } }, training: { epochs: 3, patience: null } }`,
      'image: { size: 32, clahe: { clip: 3 }, bits: 4 }\ntraining: { epochs: 9, patience: 2, learningRate: 0.01 }',
    );
    const [control, arm] = study.arms.map((one) => resolveArm(study, one)) as [never, ReturnType<typeof resolveArm>];
    expect(control).toMatchObject({ image: study.image, training: study.training, colour: 'none' });
    expect(arm.image).toEqual({ size: 64, clahe: { clip: 3, tiles: 4 }, bits: 4 });
    expect(arm.training).toMatchObject({ epochs: 3, learningRate: 0.01 });
    expect(arm.training).not.toHaveProperty('patience');
  });

  it('begins balance and model anew when it names a method or a network', () => {
    const study = decode(
      `${gray}  - { name: b, balance: { method: weights }, model: { preset: other } }`,
      'balance: { method: augment, perClass: 90 }',
    );
    expect(resolveArm(study, study.arms[1]!)).toMatchObject({
      balance: { method: 'weights' },
      model: { preset: 'other' },
    });
    expect(resolveArm(study, study.arms[1]!).balance).toEqual({ method: 'weights' });
    expect(resolveArm(study, study.arms[0]!).balance).toMatchObject({ perClass: 90 });
  });

  it('leaves sections that it does not name as they are, object for object', () => {
    const study = decode(`${gray}  - { name: b, colour: repeat }`);
    const arm = resolveArm(study, study.arms[1]!);
    for (const key of ['image', 'balance', 'model', 'training'] as const) expect(arm[key]).toBe(study[key]);
  });

  it('is read back as it was written out', () => {
    const study = decode(
      `${gray}  - { name: b, image: { crop: { left: 0.1 } }, labels: { flip: { P: 0.2 } }, balance: { method: weights } }`,
      'training: { patience: 3 }',
    );
    expect(decodeStudyFile(serializeStudyFile(study), 's.yaml')).toEqual(study);
  });
});

describe('arms that come to the same', () => {
  it.each([
    ['written alike', '  - { name: b }'],
    ['by a default', '  - { name: b, image: { size: 128 } }'],
    [
      'by keys that change nothing',
      '  - { name: b, image: { invert: false, bits: 8, fit: stretch, blur: 0, crop: {} } }',
    ],
    ['by weight decay that the optimizer has not', '  - { name: b, training: { weightDecay: 0.1 } }'],
    ['by no noise', '  - { name: b, labels: { flip: { P: 0 } } }'],
    ['by an augmentation that stands for itself', '  - { name: b, balance: { method: none } }'],
    ['by no noise where there is none', '  - { name: b, labels: null }'],
    ['by a mapping without keys', '  - { name: b, model: { head: {} } }'],
    [
      'by what a network does anyway',
      '  - { name: b, model: { batchNorm: update, head: { pooling: average, dropout: 0 } } }',
    ],
    ['by factors of 1', '  - { name: b, model: { learningRates: [{ match: "*", factor: 1 }] } }'],
    ['by patterns that take out of nothing', '  - { name: b, model: { freeze: ["!conv*"] } }'],
    ['by steps that are not reached', '  - { name: b, training: { schedule: { step: { every: 22, factor: 0.1 } } } }'],
    ['by steps that change nothing', '  - { name: b, training: { schedule: { step: { every: 5, factor: 1 } } } }'],
  ])('are refused: %s', (_, arm) => {
    expect(problem(gray + arm)).toMatchObject({
      code: 'CHROMARAY_STUDY_FILE_SAME',
      message: expect.stringMatching(/the arms "gray" and "b" come to the same/),
      details: { path: ['arms', 1] },
    });
  });

  it.each([
    [
      'defaults',
      '[{ layer: conv, filters: 4 }]',
      '[{ layer: conv, filters: 4, kernel: 3, stride: 1, bias: true, initializer: he-normal }]',
    ],
    ['the order of keys', '[{ layer: conv, filters: 4, bias: false }]', '[{ bias: false, filters: 4, layer: conv }]'],
    [
      'padding by name and by number',
      '[{ layer: conv, filters: 4, kernel: 5, padding: same }]',
      '[{ layer: conv, filters: 4, kernel: 5, padding: 2 }]',
    ],
    ['no padding', '[{ layer: conv, filters: 4, padding: valid }]', '[{ layer: conv, filters: 4, padding: 0 }]'],
    [
      'a norm',
      '[{ layer: norm }, { layer: norm, kind: group }]',
      '[{ layer: norm, kind: batch }, { layer: norm, kind: group, groups: 8 }]',
    ],
    ['a pool', '[{ layer: pool, size: 3 }]', '[{ layer: pool, kind: max, size: 3, stride: 3, padding: 0 }]'],
    [
      'a layer inside a residual',
      '[{ layer: residual, layers: [{ layer: conv, filters: 4 }] }]',
      '[{ layer: residual, layers: [{ layer: conv, filters: 4, dilation: 1 }] }]',
    ],
  ])('are refused where layers are written otherwise: %s', (_, one, other) => {
    const arms = `  - { name: a, model: { layers: ${one} } }\n  - { name: b, model: { layers: ${other} } }`;
    expect(problem(gray + arms)).toMatchObject({ code: 'CHROMARAY_STUDY_FILE_SAME' });
  });

  it.each([
    [
      'an even kernel',
      '[{ layer: conv, filters: 4, kernel: 4, padding: 1 }]',
      '[{ layer: conv, filters: 4, kernel: 4, padding: 2 }]',
    ],
    ['a stride that is not the size', '[{ layer: pool, size: 3 }]', '[{ layer: pool, size: 3, stride: 2 }]'],
    ['padding', '[{ layer: conv, filters: 4, kernel: 5 }]', '[{ layer: conv, filters: 4, kernel: 5, padding: 1 }]'],
    [
      'the order of layers',
      '[{ layer: norm }, { layer: activation, kind: relu }]',
      '[{ layer: activation, kind: relu }, { layer: norm }]',
    ],
  ])('are not seen where layers differ: %s', (_, one, other) => {
    const arms = `  - { name: a, model: { layers: ${one} } }\n  - { name: b, model: { layers: ${other} } }`;
    expect(decode(gray + arms).arms).toHaveLength(3);
  });

  it('are refused when they are gray on three channels by either name', () => {
    expect(problem(`${gray}  - { name: a, colour: repeat }\n  - { name: b, colour: { map: gray } }`).message).toContain(
      '"a" and "b"',
    );
  });

  it('are refused with another remedy where factors made them', () => {
    const factors =
      '{ decay: { key: training.weightDecay, levels: [0, 0.1] }, by: { key: training.optimizer, levels: [adam, adamw] } }';
    expect(() =>
      decodeStudyFile(
        `{ name: s, dataset: { path: d, positive: P }, model: { preset: small }, factors: ${factors} }`,
        's.yaml',
      ),
    ).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_STUDY_FILE_SAME', remedy: expect.stringContaining('list the arms') }),
    );
  });

  it('are refused when neither is the control', () => {
    const arms = '  - { name: a, colour: { map: shuffled } }\n  - { name: b, colour: { map: shuffled, seed: 0 } }';
    expect(problem(gray + arms).message).toContain('"a" and "b"');
  });
});

describe('what an arm gets wrong', () => {
  it.each([
    ['a key that no section has', '{ image: { sice: 64 } }', 'UNKNOWN_KEY', ['arms', 1, 'image', 'sice']],
    ['a value out of range', '{ image: { blur: -1 } }', 'VALUE', ['arms', 1, 'image', 'blur']],
    ['how trials are computed', '{ training: { threads: 2 } }', 'UNKNOWN_KEY', ['arms', 1, 'training', 'threads']],
    ['patience of the study', '{ training: { epochs: 3 } }', 'PATIENCE', ['arms', 1, 'training', 'patience']],
    ['a key of another method', '{ balance: { perClass: 9 } }', 'BALANCE', ['arms', 1, 'balance', 'perClass']],
    ['a window of pictures that are no DICOM', '{ image: { window: full } }', 'IMAGE', ['arms', 1, 'image', 'window']],
    ['null for what must be there', '{ image: { size: null } }', 'TYPE', ['arms', 1, 'image', 'size']],
  ])('is named with its place: %s', (_, keys, code, path) => {
    const found = problem(`${gray}  - { name: b, ${keys.slice(1)}`, 'training: { epochs: 9, patience: 5 }');
    expect([found.code, found.details.path]).toEqual([`CHROMARAY_STUDY_FILE_${code}`, path]);
  });
});

describe('what differs between arms', () => {
  const study = decode(
    `${gray}  - { name: large, image: { size: 256 } }\n  - { name: both, image: { size: 256 }, training: { epochs: 50 } }`,
  );

  it('is found by comparing what they resolve to', () => {
    expect(armDifferences(study)).toEqual([
      { kind: 'image', key: 'image.size', values: [128, 256, 256] },
      { kind: 'training', key: 'training.epochs', values: [22, 22, 50] },
    ]);
  });

  it('is shown as a whole where arms have it in different forms, and layer by layer where the lists are alike', () => {
    const keysOf = (arms: string, more = '') =>
      armDifferences(decode(gray + arms, more)).map(({ key, values }) => [key, ...values.map(differingText)]);
    const noise = '  - { name: a, labels: { flip: 0.1 } }\n  - { name: b, labels: { flip: { P: 0.2 } } }';
    expect(keysOf(noise)).toContainEqual(['labels.flip', '–', '0.1', '{P:0.2}']);
    const steps = '  - { name: b, training: { schedule: { step: { every: 5, factor: 0.1 } } } }';
    expect(keysOf(steps)).toEqual([['training.schedule', 'constant', '{step:{every:5, factor:0.1}}']]);
    const net = (rate: number) => `[{ layer: conv, filters: 4, stride: 1 }, { layer: dropout, rate: ${rate} }]`;
    expect(keysOf(`  - { name: b, model: { layers: ${net(0.2)} } }`)).toEqual([
      ['model.preset', 'small', '–'],
      ['model.layers', '–', 'conv 4, dropout 0.2'],
    ]);
    const nets = `  - { name: a, model: { layers: ${net(0.2)} } }\n  - { name: b, model: { layers: ${net(0.3)} } }`;
    const study = decode(nets.replace('name: a', 'name: a, control: true'));
    expect(armDifferences(study)).toEqual([{ kind: 'model', key: 'model.layers[1].rate', values: [0.2, 0.3] }]);
  });

  it('leaves out what is equal in effect: a side that is not cut', () => {
    const study = decode(`${gray}  - { name: b, image: { crop: { left: 0.1 } } }`);
    expect(armDifferences(study)).toEqual([{ kind: 'image', key: 'image.crop.left', values: [undefined, 0.1] }]);
  });

  it('is the noise that an arm is without', () => {
    const study = decode(`${gray}  - { name: b, labels: null }`, 'labels: { flip: 0.2 }');
    expect(resolveArm(study, study.arms[1]!)).not.toHaveProperty('labels');
    expect(armDifferences(study).map(({ key, values }) => [key, ...values])).toEqual([
      ['labels.flip', 0.2, undefined],
      ['labels.seed', 1, undefined],
    ]);
    expect(decodeStudyFile(serializeStudyFile(study), 's.yaml')).toEqual(study);
  });

  it('is a warning where it is more than one kind of thing, and none where it is one', () => {
    expect(causesSentences(study)).toEqual([
      'both differs from gray in the picture and training: the difference has two possible causes.',
    ]);
    expect(differingKinds(study, study.arms[2]!, study.arms[1]!)).toEqual(['training']);
  });
});
