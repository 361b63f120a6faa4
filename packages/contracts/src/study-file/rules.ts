import { nearest } from '@chromaray/base/browser';
import { colourProblems } from './colour-rules.js';
import { defaultSklearnSteps as steps } from './defaults.js';
import { modelProblems } from './model-rules.js';
import type { Vocabulary } from './names.js';
import { type Problem, valueText } from './problem.js';
import type { StudyFile } from './study-file.js';

const fileName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const fractionTolerance = 1e-6;

/**
 * What a well-shaped study file still gets wrong: keys that contradict each other, names that nobody knows.
 *
 * @param written true for a path that is written in the file, in contrast to a default
 */
export function ruleProblems(
  study: StudyFile,
  written: (path: readonly PropertyKey[]) => boolean,
  vocabulary: Vocabulary,
): readonly Problem[] {
  return [
    ...nameProblems(study),
    ...datasetProblems(study, written),
    ...armProblems(study),
    ...splitProblems(study, written),
    ...balanceProblems(study, written),
    ...modelProblems(study.model, vocabulary.presets ?? []),
    ...trainingProblems(study),
    ...seedProblems(study),
    ...vocabularyProblems(study, vocabulary),
  ];
}

function nameProblems(study: StudyFile): readonly Problem[] {
  const names = [
    { path: ['name'], name: study.name },
    ...study.arms.map((arm, index) => ({ path: ['arms', index, 'name'], name: arm.name })),
  ];
  return names
    .filter(({ name }) => !fileName.test(name))
    .map(({ path, name }) => ({
      code: 'NAME',
      path,
      message: `the name ${valueText(name)} cannot be part of a file name`,
      remedy: 'Use up to 64 letters (a-z), digits, "-" and "_", beginning with a letter or digit.',
    }));
}

function datasetProblems(
  { dataset }: StudyFile,
  written: (path: readonly PropertyKey[]) => boolean,
): readonly Problem[] {
  const { layout, preset } = dataset;
  const isCsv = layout === 'csv';
  const misplaced: readonly (readonly [key: string, allowed: boolean, remedy: string])[] = [
    ['preset', isCsv, 'Write `layout: csv`: presets know the columns of published manifests.'],
    ['classes', layout === 'npz' || (isCsv && preset === undefined), 'Remove it: folders and presets name classes.'],
    ['uncertain', preset === 'chexpert', 'Remove it: only the preset "chexpert" has uncertain labels.'],
  ];
  return misplaced
    .filter(([key, allowed]) => !allowed && written(['dataset', key]))
    .map(([key, , remedy]) => ({
      code: 'DATASET',
      path: ['dataset', key],
      message: `"dataset.${key}" has no meaning for the layout "${layout}"${preset === undefined ? '' : ` with the preset "${preset}"`}`,
      remedy,
    }));
}

function armProblems(study: StudyFile): readonly Problem[] {
  const problems: Problem[] = [];
  const remedy = 'Give exactly one arm `control: true`: the one that the others are compared with.';
  const controls = study.arms.flatMap((arm, index) => (arm.control ? [{ ...arm, index }] : []));
  if (study.arms.length < 2) {
    problems.push({
      code: 'ARMS',
      path: ['arms'],
      message: `there ${study.arms.length === 0 ? 'is no arm' : 'is only one arm'}; a study compares at least two`,
      remedy: 'Add an arm, for example `{ name: turbo, colour: { map: turbo } }`.',
    });
  } else if (controls.length === 0) {
    problems.push({ code: 'CONTROL', path: ['arms'], message: 'no arm is the control', remedy });
  }
  if (controls.length > 1) {
    const names = controls.map(({ name }) => `"${name}"`).join(' and ');
    const path = ['arms', controls[1]!.index, 'control'];
    problems.push({ code: 'CONTROL', path, message: `${names} are both marked as the control`, remedy });
  }
  const first = new Map<string, number>();
  study.arms.forEach((arm, index) => {
    // Files of arms that differ in case only would be one file on Windows and macOS.
    const key = arm.name.toLowerCase();
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else {
      problems.push({
        code: 'DUPLICATE',
        path: ['arms', index, 'name'],
        message: `arms[${earlier}] and arms[${index}] are both called "${arm.name}"`,
        remedy: 'Give each arm a name of its own; upper and lower case count as the same.',
      });
    }
    problems.push(...colourProblems(arm.colour, ['arms', index, 'colour']));
  });
  return problems;
}

function splitProblems(study: StudyFile, written: (path: readonly PropertyKey[]) => boolean): readonly Problem[] {
  const { method, fractions } = study.split;
  const problems: Problem[] = [];
  const sum = fractions.train + fractions.validation + fractions.test;
  if (Math.abs(sum - 1) > fractionTolerance) {
    problems.push({
      code: 'FRACTIONS',
      path: ['split', 'fractions'],
      message: `the fractions of train, validation and test sum to ${Number(sum.toPrecision(6))}, not to 1`,
      remedy: 'Change one of them so that they sum to 1.',
    });
  }
  const stranger = method === 'sklearn' ? 'fractions' : 'steps';
  if (written(['split', stranger])) {
    problems.push({
      code: 'SPLIT',
      path: ['split', stranger],
      message: `"split.${stranger}" has no meaning for the method "${method}"`,
      remedy:
        method === 'sklearn'
          ? `Use \`steps: { validation: ${steps.validation}, train: ${steps.train} }\`.`
          : 'Use `fractions` instead.',
    });
  }
  if (study.split.repeats !== undefined && method !== 'patient') {
    problems.push({
      code: 'SPLIT',
      path: ['split', 'repeats'],
      message: `"split.repeats" has no meaning for the method "${method}", which gives one split`,
      remedy: 'Remove it, or write `method: patient`.',
    });
  }
  return problems;
}

function balanceProblems(study: StudyFile, written: (path: readonly PropertyKey[]) => boolean): readonly Problem[] {
  const { method, augmentation } = study.balance;
  const problems: Problem[] = [];
  for (const key of ['perClass', 'augmentation']) {
    if (method === 'augment' || !written(['balance', key])) continue;
    problems.push({
      code: 'BALANCE',
      path: ['balance', key],
      message: `"balance.${key}" has no meaning for the method "${method}"`,
      remedy: 'Remove it, or write `method: augment`.',
    });
  }
  for (const key of ['zoom', 'brightness'] as const) {
    const range = augmentation?.[key];
    if (range === undefined || range[0] <= range[1]) continue;
    problems.push({
      code: 'VALUE',
      path: ['balance', 'augmentation', key],
      message: `"balance.augmentation.${key}" runs from ${range[0]} down to ${range[1]}`,
      remedy: 'Write the lower factor first.',
    });
  }
  return problems;
}

function trainingProblems(study: StudyFile): readonly Problem[] {
  const { epochs, patience, optimizer, momentum } = study.training;
  const problems: Problem[] = [...providerProblems(study)];
  if (patience !== undefined && patience >= epochs) {
    problems.push({
      code: 'PATIENCE',
      path: ['training', 'patience'],
      message: `a patience of ${patience} can never stop a trial of ${epochs} epochs`,
      remedy: 'Make the patience smaller than the epochs, or remove it to run all epochs.',
    });
  }
  if (momentum > 0 && optimizer !== 'sgd') {
    problems.push({
      code: 'MOMENTUM',
      path: ['training', 'momentum'],
      message: `"training.momentum" has no meaning for the optimizer "${optimizer}"`,
      remedy: 'Remove it, or write `optimizer: sgd`.',
    });
  }
  return problems;
}

function providerProblems({ training }: StudyFile): readonly Problem[] {
  const { backend, provider, precision, device } = training;
  const problems: Problem[] = [];
  if (provider !== 'cpu' && backend === 'onednn') {
    problems.push({
      code: 'PROVIDER',
      path: ['training', 'provider'],
      message: `the backend "onednn" computes on the CPU, not with "${provider}"`,
      remedy: 'Write `backend: onnxruntime`, or remove the provider.',
    });
  }
  if (provider !== 'cpu' && precision !== 'float32') {
    problems.push({
      code: 'PROVIDER',
      path: ['training', 'precision'],
      message: `the provider "${provider}" computes in float32, not in "${precision}"`,
      remedy: 'Remove the precision, or the provider.',
    });
  }
  if (device !== undefined && provider !== 'cuda' && provider !== 'dml') {
    problems.push({
      code: 'PROVIDER',
      path: ['training', 'device'],
      message: `"training.device" has no meaning for the provider "${provider}"`,
      remedy: 'Remove it, or write `provider: cuda` or `provider: dml`.',
    });
  }
  return problems;
}

function seedProblems(study: StudyFile): readonly Problem[] {
  if (study.seeds.length === 0) {
    const remedy = 'Write for example `seeds: [1, 2, 3]`.';
    return [{ code: 'SEEDS', path: ['seeds'], message: 'there is no seed, so there is nothing to train', remedy }];
  }
  return study.seeds.flatMap((seed, index) => {
    if (study.seeds.indexOf(seed) === index) return [];
    const remedy = 'Remove one of them: the same seed gives the same numbers, not more evidence.';
    return [{ code: 'DUPLICATE', path: ['seeds', index], message: `the seed ${seed} is given twice`, remedy }];
  });
}

function vocabularyProblems(study: StudyFile, vocabulary: Vocabulary): readonly Problem[] {
  const problems: Problem[] = [];
  const check = (
    code: Problem['code'],
    what: string,
    path: Problem['path'],
    name: string,
    known?: readonly string[],
  ) => {
    if (known === undefined || known.includes(name)) return;
    const guess = nearest(name, known);
    problems.push({
      code,
      path,
      message: `there is no ${what} "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
      remedy: known.length === 0 ? `This version has no ${what}.` : `Use one of ${known.join(', ')}.`,
    });
  };
  const { preset } = study.model;
  if (preset !== undefined)
    check(
      'PRESET',
      'model preset',
      ['model', 'preset'],
      preset,
      vocabulary.presets?.map(({ name }) => name),
    );
  study.arms.forEach(({ colour }, index) => {
    if (typeof colour !== 'object') return;
    const path = ['arms', index, 'colour'];
    if ('map' in colour) {
      check('MAP', 'colour map', [...path, 'map'], colour.map, vocabulary.maps);
      if ('of' in colour && colour.of !== undefined) {
        const plain = vocabulary.maps?.filter((map) => map !== 'shuffled' && map !== 'smooth-random');
        check('MAP', 'colour map to shuffle called', [...path, 'of'], colour.of, plain);
      }
    }
    if ('colorizer' in colour) {
      check('COLORIZER', 'colorizer', [...path, 'colorizer'], colour.colorizer, vocabulary.colorizers);
    }
  });
  return problems;
}
