import { type ColourSpec, type ControlReadings, decodeStudyFile, type Finding } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { type ConstructedArm, constructedPredictions } from '../comparison/constructed-scores.test-support.js';
import { studyScores } from '../comparison/study-scores.js';
import { conclude } from '../conclusion/conclude.js';

const seeds = [1, 2, 3];

/** An arm by its colour, and how well its networks tell the classes apart. */
interface Arm {
  readonly name: string;
  readonly colour: ColourSpec;
  readonly separation: number;
  readonly seeds?: readonly number[];
}

const gray: Arm = { name: 'gray', colour: 'none', separation: 1.5 };
const [weak, same, strong] = [0.7, 1.5, 2.5];
const turbo = (separation: number): Arm => ({ name: 'turbo', colour: { map: 'turbo' }, separation });
const photo = (separation: number): Arm => ({ name: 'photo', colour: { colorizer: 'photo-small' }, separation });
const gray3 = (separation: number): Arm => ({ name: 'gray3', colour: 'repeat', separation });
const smooth = (separation: number): Arm => ({ name: 'smooth', colour: { map: 'smooth-random' }, separation });
const shuffled = (separation: number): Arm => ({ name: 'shuffled', colour: { map: 'shuffled' }, separation });
const untrained = (separation: number): Arm => ({
  name: 'untrained',
  colour: { colorizer: 'photo-small-untrained', seed: 1 },
  separation,
});

const counts = {
  train: { records: 700, patients: 700, positives: 350, negatives: 350 },
  validation: { records: 40, patients: 40, positives: 20, negatives: 20 },
  test: { records: 400, patients: 400, positives: 200, negatives: 200 },
};
const machine = { system: 'Test', architecture: 'x64', processor: 'p', cores: 2, memoryBytes: 1, accelerator: null };

interface Circumstances {
  readonly model?: string;
  readonly accepted?: readonly Finding[];
  readonly perClass?: number;
  readonly chance?: number;
}

function readings(arms: readonly Arm[], circumstances: Circumstances = {}): ControlReadings | undefined {
  const { model = '{ preset: small }', accepted = [], perClass = 120, chance = 0.1 } = circumstances;
  const study = decodeStudyFile(
    `name: controls
dataset: { path: data, layout: kaggle, positive: PNEUMONIA }
arms: ${JSON.stringify(arms.map(({ name, colour }, i) => ({ name, control: i === 0, colour })))}
model: ${model}
seeds: [1, 2, 3]
endpoint: { metric: auroc, margin: 0.03, alpha: 0.05, correction: holm, bootstrap: 100 }
`,
    '/tmp/study.yaml',
  );
  const constructed = arms.map((arm): ConstructedArm => ({ arm: arm.name, chance, seeds, ...arm }));
  const scores = studyScores(constructedPredictions(constructed, perClass));
  return conclude({ study, counts, accepted, unfinished: [], versions: {}, machine, seconds: 1 }, scores).controls;
}

const answers = (arms: readonly Arm[], circumstances?: Circumstances) => readings(arms, circumstances)!.answers;

describe('what the controls say about an arm that helps', () => {
  const all = (c: number, s: number, r: number) => [gray, turbo(strong), gray3(c), smooth(s), shuffled(r)];

  it('none of them accounts for it where it beats all of them', () => {
    expect(answers(all(same, same, weak))).toEqual([
      'turbo is better than gray, gray3 (three channels without colour), smooth (a random smooth colouring) and shuffled (colours in random order). None of these controls accounts for it.',
    ]);
  });

  it('any smooth colouring does as much where smooth-random is as good', () => {
    expect(answers(all(same, strong, weak))).toEqual([
      'turbo is better than gray, gray3 (three channels without colour) and shuffled (colours in random order); it differs from smooth by less than the margin: a random smooth colouring does as much.',
    ]);
  });

  it('a control that is better still does more', () => {
    expect(answers([gray, turbo(2), smooth(4)])).toEqual([
      'turbo is better than gray; smooth is better still: a random smooth colouring does more.',
    ]);
  });

  it('three channels do as much where gray3 is as good', () => {
    expect(answers(all(strong, same, weak))[0]).toContain(
      '; it differs from gray3 by less than the margin: three channels without colour do as much.',
    );
  });

  it('it is not shown where the interval leaves both open', () => {
    expect(answers([gray, turbo(strong), smooth(2.3)], { perClass: 40 })).toEqual([
      'turbo is better than gray; whether it is better than smooth is not shown: a random smooth colouring may do as much.',
    ]);
  });

  it('a control that did not learn explains nothing', () => {
    expect(answers(all(same, same, 0))[0]).toContain('; shuffled is not shown to have learned and explains nothing.');
  });

  it('training is what made a colorizer better only where its untrained twin is not as good', () => {
    const twin = (separation: number) => answers([gray, photo(strong), untrained(separation)])[0];
    expect(twin(same)).toBe(
      'photo is better than gray and untrained (the same network with random weights). None of these controls accounts for it.',
    );
    expect(twin(strong)).toContain('the same network with random weights does as much');
  });

  it('says nothing of controls where there are none, nor that they explain nothing', () => {
    expect(answers([gray, turbo(strong)])).toEqual(['turbo is better than gray.']);
  });
});

describe('what the controls say about an arm that does not help', () => {
  it('costs as much as a random smooth colouring, or more', () => {
    expect(answers([gray, turbo(weak), smooth(weak)])).toEqual([
      'turbo is worse than gray; it differs from smooth by less than the margin: a random smooth colouring costs as much.',
    ]);
    expect(answers([gray, turbo(weak), smooth(same)])[0]).toBe(
      'turbo is worse than gray and smooth (a random smooth colouring). None of these controls accounts for it.',
    );
    expect(answers([gray, turbo(1), smooth(0.5)])[0]).toContain(
      'smooth is worse still: a random smooth colouring costs more',
    );
  });

  it('there is nothing to explain where it makes no difference, or none is shown', () => {
    expect(answers([gray, turbo(same), photo(same), smooth(same)])).toEqual([
      'turbo and photo show no effect that a control would have to explain.',
    ]);
    expect(answers([gray, turbo(1.9), smooth(same)], { perClass: 20, chance: 1.2 })).toEqual([
      'turbo shows no effect yet, so that the controls have nothing to explain.',
    ]);
  });

  it('nothing is said of arms that did not learn, and of all arms where the control did not', () => {
    expect(answers([gray, turbo(0), smooth(same)])).toEqual([]);
    expect(answers([{ ...gray, separation: 0 }, turbo(strong), smooth(same)])).toEqual([]);
  });

  it('an invalid study explains nothing', () => {
    const finding = { id: 'x', severity: 'blocks', title: 'x', reason: 'x', remedy: 'x', records: [], evidence: {} };
    expect(answers([gray, turbo(strong), smooth(same)], { accepted: [finding as Finding] })).toEqual([
      'The study is invalid, so that its controls explain nothing.',
    ]);
  });
});

describe('the questions that stay open', () => {
  const open = (arms: readonly Arm[], model?: string) => readings(arms, model === undefined ? {} : { model })?.open;

  it('are those whose control the study lacks, each for the arms it concerns', () => {
    expect(open([gray, turbo(same), photo(same)])).toEqual([
      'No arm has `colour: repeat`: whether three channels without colour would come out like turbo and photo stays open.',
      'No arm has `colour: smooth-random`: whether a random smooth colouring would come out like turbo and photo stays open.',
      'No arm has `colour: { colorizer: photo-small-untrained }`: whether the same network with random weights would come out like photo stays open.',
      'No arm has `colour: { map: shuffled }`: whether colours in random order would come out like turbo stays open.',
    ]);
  });

  it('are none where every control is there', () => {
    expect(open([gray, turbo(same), photo(same), gray3(same), smooth(same), untrained(same), shuffled(weak)])).toEqual(
      [],
    );
  });

  it('another colorizer’s twin does not close the question', () => {
    const other: Arm = { ...untrained(same), colour: { colorizer: 'mine-untrained' } };
    expect(open([gray, photo(same), gray3(same), smooth(same), other])).toEqual([
      'No arm has `colour: { colorizer: photo-small-untrained }`: whether the same network with random weights would come out like photo stays open.',
    ]);
  });

  it('three channels are no question where the control has them, or a pretrained network repeats gray', () => {
    expect(open([gray3(same), turbo(same), smooth(same), shuffled(weak)])).toEqual([]);
    const pretrained = '{ preset: mobilenet-v1-0.25, weights: a.onnx }';
    expect(open([gray, turbo(same), smooth(same), shuffled(weak)], pretrained)).toEqual([]);
    expect(open([gray, turbo(same), smooth(same), shuffled(weak)])).toHaveLength(1);
  });

  it('a learned mapping asks for as many weights without colour', () => {
    const learned: Arm = { name: 'learned', colour: { learned: true }, separation: same };
    const control: Arm = { name: 'learned-gray', colour: { learned: 'gray' }, separation: same };
    expect(open([gray, learned, gray3(same), smooth(same)])).toEqual([
      'No arm has `colour: { learned: gray }`: whether as many weights without colour would come out like learned stays open.',
    ]);
    expect(open([gray, learned, gray3(same), smooth(same), control])).toEqual([]);
  });
});

describe('the controls of a study', () => {
  it('are none where no arm has colours', () => {
    expect(readings([gray, gray3(same)])).toBeUndefined();
  });

  it('are named with what they are controls for; shuffled as the harsh one it is', () => {
    const { present, comparisons } = readings([gray, turbo(same), gray3(same), smooth(same), shuffled(weak)])!;
    expect(present.map(({ arm, kind }) => [arm, kind])).toEqual([
      ['gray3', 'three channels'],
      ['smooth', 'smooth random'],
      ['shuffled', 'shuffled'],
    ]);
    expect(present[2]!.purpose).toMatch(/harsh control.*smoothness/);
    expect(comparisons.map(({ arm, control }) => [arm, control])).toEqual([
      ['turbo', 'gray3'],
      ['turbo', 'smooth'],
      ['turbo', 'shuffled'],
    ]);
  });

  it('without a finished trial are compared with nothing', () => {
    const { comparisons, answers: said } = readings([gray, turbo(strong), { ...smooth(same), seeds: [] }])!;
    expect(comparisons).toEqual([]);
    expect(said).toEqual(['turbo is better than gray.']);
  });
});
