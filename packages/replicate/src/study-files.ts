import { untrainedNames } from '@chromaray/colour';
import {
  type ArmSection,
  type ColourSpec,
  type Dataset,
  defaultSklearnSteps,
  type NetworkPlan,
  type ReplicationPlan,
  type StudyFile,
  type TrainingSection,
  untrainedName,
} from '@chromaray/contracts';
import { defaultColumns } from '@chromaray/data';
import type { ColourChoice } from './colour-choice.js';
import { publishedSeed } from './published.js';

/** Names of the replication's studies, which are also their folders. */
export const studyNames = { colour: 'original-colour', gray: 'original-gray', controlled: 'controlled' } as const;

/** The controlled study's margin in AUROC. */
export const controlledMargin = 0.01;

/** The controlled study's control arm. */
export const controlArm = 'gray';

/** A network of the original study as the one arm of a study; the parts are not by patient but as they were. */
export function originalStudy(
  name: string,
  network: 'color-final' | 'gray-final',
  colour: ColourSpec,
  plan: NetworkPlan,
  dataset: Dataset,
): StudyFile {
  return {
    ...shared(dataset, plan),
    name,
    split: { method: 'sklearn', steps: defaultSklearnSteps, fractions, seed: publishedSeed },
    balance: { method: 'none' },
    arms: [{ name: network, control: true, colour }],
    model: { preset: network },
    seeds: [publishedSeed],
  };
}

/**
 * The controlled study: all X-rays of the data set, patients apart, the same network for every arm, several
 * seeds. The control arms tell colour from its side effects: three channels, an order that any monotone map
 * keeps, smooth colour without a prior, colour without order, a mapping that is learned, and, where there is one, the
 * colorizer's untrained twin.
 */
export function controlledStudy(dataset: Dataset, plan: ReplicationPlan, chosen: ColourChoice): StudyFile {
  const { seeds, patience } = plan.controlled;
  const base = shared(dataset, plan.controlled);
  return {
    ...base,
    name: studyNames.controlled,
    split: { method: 'patient', fractions, seed: publishedSeed },
    balance: { method: 'weights' },
    arms: [
      { name: controlArm, control: true, colour: 'none' },
      ...controls,
      ...twinOf(chosen),
      { name: chosen.name, control: false, colour: chosen.colour },
    ],
    model: { preset: 'color-final' },
    training: { ...base.training, patience },
    seeds,
  };
}

const controls: readonly ArmSection[] = [
  { name: 'gray3', control: false, colour: 'repeat' },
  { name: 'cividis', control: false, colour: { map: 'cividis' } },
  { name: 'smooth-random', control: false, colour: { map: 'smooth-random' } },
  { name: 'shuffled', control: false, colour: { map: 'shuffled', seed: 1 } },
  { name: 'learned', control: false, colour: { learned: true } },
];

function twinOf({ name, colour }: ColourChoice): readonly ArmSection[] {
  if (typeof colour !== 'object' || !('colorizer' in colour)) return [];
  const twin = untrainedName(colour.colorizer);
  if (!untrainedNames().includes(twin)) return [];
  return [{ name: untrainedName(name), control: false, colour: { colorizer: twin } }];
}

const fractions = { train: 0.7, validation: 0.1, test: 0.2 };

function shared(
  dataset: Dataset,
  { size, epochs, batch }: NetworkPlan,
): Pick<StudyFile, 'dataset' | 'image' | 'training' | 'endpoint'> {
  return {
    dataset: {
      path: dataset.root,
      layout: dataset.layout,
      positive: dataset.positive,
      patient: 'auto',
      columns: defaultColumns,
      unreadableShare: 0.05,
    },
    image: { size },
    training: { ...training, epochs, batch },
    endpoint: { metric: 'auroc', margin: controlledMargin, alpha: 0.05, correction: 'holm', bootstrap: 2000 },
  };
}

/** Keras's defaults, which the original study left alone; the epoch is the one with the best validation loss. */
const training: Omit<TrainingSection, 'epochs' | 'batch'> = {
  optimizer: 'adam',
  learningRate: 0.001,
  momentum: 0,
  schedule: 'constant',
  weightDecay: 0,
  loss: 'binary-cross-entropy',
  labelSmoothing: 0,
  select: 'best',
  backend: 'auto',
  provider: 'cpu',
  precision: 'float32',
};
