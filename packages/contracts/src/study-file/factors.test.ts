import { describe, expect, it } from 'vitest';
import { armDifferences } from './arm-differences.js';
import { decodeStudyFile } from './decode.js';
import { mostCells } from './factors.js';
import { resolveArm } from './resolve-arm.js';
import { serializeStudyFile } from './serialize.js';

const decode = (factors: string, more = '', limit?: number): ReturnType<typeof decodeStudyFile> =>
  decodeStudyFile(
    `name: s\ndataset: { path: d, positive: P }\nmodel: { preset: small }\nfactors: ${factors}\n${more}`,
    's.yaml',
    {},
    limit,
  );
const refused = (factors: string, more = '', limit?: number): { code: string; message: string; remedy: string } => {
  try {
    decode(factors, more, limit);
  } catch (error) {
    return error as never;
  }
  throw new Error('accepted');
};
const numbers = (count: number): string => `[${Array.from({ length: count }, (_, i) => i + 1).join(', ')}]`;

describe('factors', () => {
  it('with a key that none has are told those that it may have', () => {
    const problem = refused('{ a: { kye: image.size, levels: [64, 96] } }');
    expect(problem.message).toContain('did you mean "key"?');
    expect(problem.remedy).toBe('Known keys in factors.a: key, levels.');
  });

  const study = decode(
    '{ size: { key: image.size, levels: [64, 128] }, clahe: { key: image.clahe, levels: { off: null, on: { clip: 2 } } }, colour: { key: colour, levels: [none, repeat] } }',
  );

  it('make an arm of every combination; the control has the first level of each', () => {
    expect(study.arms.map(({ name }) => name)).toEqual([
      'size-64_clahe-off_colour-none',
      'size-64_clahe-off_colour-repeat',
      'size-64_clahe-on_colour-none',
      'size-64_clahe-on_colour-repeat',
      'size-128_clahe-off_colour-none',
      'size-128_clahe-off_colour-repeat',
      'size-128_clahe-on_colour-none',
      'size-128_clahe-on_colour-repeat',
    ]);
    expect(study.arms.map(({ control }) => control)).toEqual([true, ...new Array<boolean>(7).fill(false)]);
    const last = resolveArm(study, study.arms.at(-1)!);
    expect(last).toMatchObject({ colour: 'repeat', image: { size: 128, clahe: { clip: 2, tiles: 8 } } });
    expect(new Set(armDifferences(study).map(({ kind }) => kind))).toEqual(new Set(['image', 'colour']));
  });

  it('keep the order in which levels are written, also of numbers', () => {
    const { arms } = decode('{ size: { key: image.size, levels: [128, 64] } }');
    expect(arms.map(({ name, control }) => [name, control])).toEqual([
      ['size-128', true],
      ['size-64', false],
    ]);
  });

  it('have a level without noise although the study has some', () => {
    const { arms, ...noisy } = decode(
      '{ noise: { key: labels, levels: { clean: null, noisy: { flip: 0.1 } } } }',
      'labels: { flip: 0.2 }',
    );
    expect(arms.map((arm) => resolveArm(noisy, arm).labels)).toEqual([undefined, { flip: 0.1, seed: 1 }]);
  });

  it('are read back as they were written out, with their arms', () => {
    expect(decodeStudyFile(serializeStudyFile(study), 's.yaml')).toEqual(study);
  });

  it('of 10,000 cells are not expanded unasked: the error says first what they would cost', () => {
    const ten = ['image.blur', 'image.jpeg', 'training.epochs', 'training.batch'].map(
      (key, i) => `f${i}: { key: ${key}, levels: ${numbers(10)} }`,
    );
    const problem = refused(`{ ${ten.join(', ')} }`, 'seeds: [1, 2]');
    expect(problem.code).toBe('CHROMARAY_STUDY_FILE_FACTORS');
    expect(problem.message).toMatch(
      /line 4: 4 factors make 10,000 cells, each an arm: with 2 seeds 20,000 trials; 64 cells at most/,
    );
    expect(problem.remedy).toBe('Leave out levels, or pass --yes to train them all.');
    const more = [...ten, 'more: { key: image.bits, levels: [8, 4] }'];
    const beyond = refused(`{ ${more.join(', ')} }`, 'seeds: [1, 2]', mostCells);
    expect(beyond.message).toContain('20,000 cells, each an arm: with 2 seeds 40,000 trials; 10,000 cells at most');
    expect(beyond.remedy).toBe('Leave out factors or levels.');
  });

  it('of more than 64 cells are expanded when that is confirmed', () => {
    const large = `{ a: { key: training.epochs, levels: ${numbers(9)} }, b: { key: training.batch, levels: ${numbers(9)} } }`;
    expect(refused(large).remedy).toContain('--yes');
    const confirmed = decode(large, '', 100);
    expect(confirmed.arms).toHaveLength(81);
    // Its own copy lists the arms, and is read without being asked again.
    expect(decodeStudyFile(serializeStudyFile(confirmed), 's.yaml').arms).toHaveLength(81);
  });

  it.each([
    [
      'a key that no arm has',
      '{ a: { key: dataset.path, levels: [x, y] } }',
      '',
      'FACTORS',
      /"dataset.path" is no key of an arm/,
    ],
    ['a whole section', '{ a: { key: image, levels: [x, y] } }', '', 'FACTORS', /"image" is no key of an arm/],
    ['a key of no section', '{ a: { key: image.sice, levels: [1, 2] } }', '', 'UNKNOWN_KEY', /there is no key "sice"/],
    [
      'two factors of one key',
      '{ a: { key: image.clahe, levels: { o: null, u: {} } }, b: { key: image.clahe.clip, levels: [1, 2] } }',
      '',
      'FACTORS',
      /"a" and "b" set the same key/,
    ],
    ['one level', '{ a: { key: image.size, levels: { only: 64 } } }', '', 'FACTORS', /at least two levels/],
    [
      'levels that come to the same',
      '{ a: { key: image.bits, levels: { eight: 8, none: null } } }',
      '',
      'SAME',
      /come to the same/,
    ],
    [
      'other arms beside them',
      '{ a: { key: image.size, levels: [64, 96] } }',
      'arms: [{ name: x, control: true }, { name: y, colour: repeat }]',
      'FACTORS',
      /lists others/,
    ],
    ['no factor', '{}', '', 'FACTORS', /there is no factor/],
    ['a value out of range', '{ a: { key: image.size, levels: [64, 8] } }', '', 'VALUE', /"arms\[1\].image.size" is 8/],
    [
      'a name with a blank',
      '{ my size: { key: image.size, levels: [64, 96] } }',
      '',
      'VALUE',
      /"my size" cannot be a name in factors: it must begin/,
    ],
    [
      'a level with a blank',
      '{ a: { key: image.size, levels: { not large: 64, large: 96 } } }',
      '',
      'VALUE',
      /"not large" cannot be a name in factors.a.levels: it must begin/,
    ],
    [
      'a prototype for a key',
      '{ a: { key: image.constructor.x, levels: [1, 2] } }',
      '',
      'UNKNOWN_KEY',
      /there is no key "constructor"/,
    ],
  ])('are refused with their line: %s', (_, factors, more, code, message) => {
    const problem = refused(factors, more);
    expect(problem.code).toBe(`CHROMARAY_STUDY_FILE_${code}`);
    expect(problem.message).toMatch(message);
    expect(problem.message).toMatch(/line [45]:/);
  });
});
