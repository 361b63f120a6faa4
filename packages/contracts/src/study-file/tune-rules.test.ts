import { describe, expect, it } from 'vitest';
import { decodeStudyFile } from './decode.js';
import { resolveArm } from './resolve-arm.js';
import { tunedArm } from './tune-settings.js';

interface Choices {
  readonly tune?: string;
  readonly arms?: string;
  readonly balance?: string;
  readonly model?: string;
  readonly training?: string;
}

const arms = '[{ name: a, control: true }, { name: b, colour: repeat }]';
const vocabulary = { presets: [{ name: 'small' }, { name: 'mobile', weights: 'optional' as const }] };

function read({ tune, balance, model = '{ preset: small }', training = '{}', ...rest }: Choices) {
  const text = `name: s
dataset: { path: d, positive: P }
arms: ${rest.arms ?? arms}
model: ${model}
training: ${training}
${balance === undefined ? '' : `balance: ${balance}\n`}${tune === undefined ? '' : `tune: ${tune}\n`}`;
  return decodeStudyFile(text, 'study.yaml', vocabulary);
}

const rates = 'training: { learningRate: { log: [0.0001, 0.01] } }';
const refusal = (choices: Choices) => {
  try {
    read(choices);
  } catch (error) {
    const { code, message, remedy } = error as { code: string; message: string; remedy: string };
    return `${code.replace('CHROMARAY_STUDY_FILE_', '')}: ${message} ${remedy}`;
  }
  return 'accepted';
};

describe('a search for hyperparameters in a study file', () => {
  it('has defaults, its epochs those of the training', () => {
    expect(read({ tune: `{ space: { ${rates} } }`, training: '{ epochs: 7 }' }).tune).toEqual({
      ...{ method: 'random', candidates: 8, epochs: 7, reduction: 3, seed: 0 },
      space: { training: { learningRate: { log: [0.0001, 0.01] } } },
    });
    expect(read({}).tune).toBeUndefined();
  });

  it('in one arm alone is refused, and the error says why', () => {
    const one = `[{ name: a, control: true }, { name: b, tune: { space: { ${rates} } } }]`;
    expect(refusal({ arms: one })).toMatch(/^TUNE: .*arms\[1\] has a search of its own.*wins.*at the top/s);
    // Keys of arms that are unknown stay unknown keys.
    expect(refusal({ arms: '[{ name: a, control: true }, { name: b, tun: 1 }]' })).toMatch(/^UNKNOWN_KEY/);
  });

  it.each<[string, Choices, RegExp]>([
    ['an empty space', { tune: '{ space: {} }' }, /^TUNE: .*nothing to search/],
    ['a seed of the study', { tune: `{ seed: 2, space: { ${rates} } }` }, /^TUNE: .*seed 2 of the search/],
    [
      'more candidates than there are',
      { tune: '{ candidates: 7, space: { training: { batch: [8, 16], learningRate: [0.1, 0.01, 0.001] } } }' },
      /^TUNE: .*7 candidates.*has 6.*at most 6/,
    ],
    [
      'a halving of nothing',
      { tune: `{ method: halving, candidates: 2, space: { ${rates} } }` },
      /^TUNE: .*nothing can be halved/,
    ],
    [
      'a range upside down',
      { tune: '{ space: { training: { learningRate: { log: [0.1, 0.01] } } } }' },
      /^TUNE: .*0.1 to 0.01/,
    ],
    [
      'a logarithm of 0',
      { tune: '{ space: { training: { labelSmoothing: { log: [0, 0.1] } } } }' },
      /^TUNE: .*no logarithm/,
    ],
    ['a value twice', { tune: '{ candidates: 2, space: { training: { batch: [8, 8] } } }' }, /^TUNE: .*twice/],
    ['a value out of range', { tune: '{ space: { training: { learningRate: [0, 1] } } }' }, /^VALUE/],
    ['an unknown key', { tune: '{ space: { training: { rate: [1, 2] } } }' }, /^UNKNOWN_KEY: .*"rate"/],
    [
      'a key that an arm is about',
      {
        tune: `{ space: { ${rates} } }`,
        arms: '[{ name: a, control: true }, { name: b, training: { learningRate: 0.1 } }]',
      },
      /^TUNE: .*"b" sets training.learningRate itself/,
    ],
    [
      'weight decay without an optimizer that has it',
      { tune: '{ candidates: 2, space: { training: { weightDecay: [0, 0.1] } } }' },
      /^TUNE: .*weightDecay" changes nothing in the arm "a"/,
    ],
    [
      'momentum of Adam',
      { tune: '{ candidates: 2, space: { training: { momentum: [0, 0.9] } } }' },
      /^TUNE: .*momentum" has no meaning for the optimizer "adam"/,
    ],
    [
      'dropout of a network without a head of its own',
      { tune: '{ candidates: 2, space: { model: { head: { dropout: [0, 0.5] } } } }' },
      /^TUNE: .*no meaning for the preset "small"/,
    ],
    [
      'augmentation in an arm that has none',
      {
        tune: '{ candidates: 2, space: { augmentation: { strength: [0.5, 2] } } }',
        balance: '{ method: augment }',
        arms: '[{ name: a, control: true }, { name: b, balance: { method: none } }]',
      },
      /^TUNE: .*strength" changes nothing in the arm "b"/,
    ],
  ])('refuses %s', (_what, choices, expected) => {
    expect(refusal(choices)).toMatch(expected);
  });

  it('may search what each arm has', () => {
    const space = '{ model: { head: { dropout: [0, 0.5] } }, training: { weightDecay: { linear: [0, 0.1] } } }';
    const choices = { model: '{ preset: mobile }', training: '{ optimizer: adamw }' };
    expect(refusal({ ...choices, tune: `{ candidates: 4, space: ${space} }` })).toBe('accepted');
  });
});

describe('an arm with a candidate’s settings', () => {
  const study = read({ balance: '{ method: augment }' });
  const tuned = (settings: Record<string, number>) => resolveArm(study, tunedArm(study, study.arms[1]!, settings));

  it('has them in place of its own, and everything else as it was', () => {
    const before = resolveArm(study, study.arms[1]!);
    const after = tuned({ 'training.learningRate': 0.5, 'training.batch': 4 });
    expect(after).toEqual({ ...before, training: { ...before.training, learningRate: 0.5, batch: 4 } });
    expect(tunedArm(study, study.arms[1]!, {})).toEqual(study.arms[1]);
  });

  it('varies pictures as strongly as the factor says: not at all at 0, as written at 1', () => {
    const { balance } = resolveArm(study, study.arms[1]!);
    expect(tuned({ 'augmentation.strength': 1 }).balance).toEqual(balance);
    const none = { rotation: 0, widthShift: 0, heightShift: 0, shear: 0, zoom: [1, 1], brightness: [1, 1] };
    expect(tuned({ 'augmentation.strength': 0 }).balance.augmentation).toMatchObject(none);
    const twice = tuned({ 'augmentation.strength': 2 }).balance.augmentation!;
    expect(twice).toMatchObject({ rotation: 20, widthShift: 0.1 });
    expect(twice.zoom[0]).toBeCloseTo(0.8);
    expect(twice.zoom[1]).toBeCloseTo(1.2);
  });
});
