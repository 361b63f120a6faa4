import { describe, expect, it } from 'vitest';
import { armDifferences, causesSentences, differingKinds } from './arm-differences.js';
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
  ])('are refused: %s', (_, arm) => {
    expect(problem(gray + arm)).toMatchObject({
      code: 'CHROMARAY_STUDY_FILE_SAME',
      message: expect.stringMatching(/the arms "gray" and "b" come to the same/),
      details: { path: ['arms', 1] },
    });
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

  it('is a warning where it is more than one kind of thing, and none where it is one', () => {
    expect(causesSentences(study)).toEqual([
      'both differs from gray in the picture and training: the difference has two possible causes.',
    ]);
    expect(differingKinds(study, study.arms[2]!, study.arms[1]!)).toEqual(['training']);
  });
});
