import { unknownName } from './arm-rules.js';
import { modelProblems } from './model-rules.js';
import type { Vocabulary } from './names.js';
import type { Problem } from './problem.js';
import { studyClasses } from './study-classes.js';
import type { StudyFile } from './study-file.js';

type Sections = Pick<StudyFile, 'dataset' | 'image' | 'balance' | 'model' | 'training'>;

/**
 * What the sections get wrong that an arm may override: those of the study, or with an arm's own in their place.
 *
 * @param written true for a path that is written in the file, in contrast to a default
 */
export function sectionProblems(
  study: Sections,
  written: (path: readonly PropertyKey[]) => boolean,
  vocabulary: Vocabulary,
): readonly Problem[] {
  return [
    ...imageProblems(study),
    ...balanceProblems(study, written),
    ...modelProblems(study.model, vocabulary.presets ?? []),
    ...trainingProblems(study),
    ...presetProblems(study, vocabulary),
  ];
}

/** Only DICOM files hold more than the gray levels of one contrast. */
function imageProblems({ dataset: { layout }, image }: Sections): readonly Problem[] {
  if (image.window === undefined || layout === 'dicom' || layout === 'csv') return [];
  return [
    {
      code: 'IMAGE',
      path: ['image', 'window'],
      message: `"image.window" has no meaning for the layout "${layout}": only DICOM files hold another contrast than the one shown`,
      remedy: 'Remove it, or use a data set of DICOM files.',
    },
  ];
}

function balanceProblems(study: Sections, written: (path: readonly PropertyKey[]) => boolean): readonly Problem[] {
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

function trainingProblems(study: Sections): readonly Problem[] {
  const { epochs, patience, optimizer, momentum } = study.training;
  const problems: Problem[] = [...providerProblems(study), ...lossProblems(study)];
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

/** A softmax over several classes has one loss; a single output has the others. */
function lossProblems({ dataset, training: { loss } }: Sections): readonly Problem[] {
  const isOfSeveral = loss === 'categorical-cross-entropy';
  if ((studyClasses(dataset) !== null) === isOfSeveral) return [];
  return [
    {
      code: 'VALUE',
      path: ['training', 'loss'],
      message: `the loss "${loss}" is for ${isOfSeveral ? 'three classes or more, and the study has two' : 'two classes, and the study has more'}`,
      remedy: isOfSeveral ? 'Write `loss: binary-cross-entropy`, or remove it.' : 'Remove it.',
    },
  ];
}

function providerProblems({ training }: Sections): readonly Problem[] {
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

function presetProblems({ model }: Sections, { presets }: Vocabulary): readonly Problem[] {
  const known = presets?.map(({ name }) => name);
  return model.preset === undefined
    ? []
    : unknownName({ code: 'PRESET', what: 'model preset', path: ['model', 'preset'] }, model.preset, known);
}
