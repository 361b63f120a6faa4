import path from 'node:path';
import type {
  ArmResult,
  ControlledArm,
  Dataset,
  OriginalResult,
  Part,
  PublishedResult,
  ReplicationPlan,
  ReplicationResult,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { openStudyReader, type StoredEpoch, type StudyReader } from '@chromaray/store';
import type { StudyOutcome } from '@chromaray/study';
import { type ClaimNumbers, judgeClaims } from './claims.js';
import type { ColourChoice } from './colour-choice.js';
import { measure } from './measure.js';
import type { OriginalSet } from './original-sets.js';
import { cutsOf, cutText } from './plan.js';
import type { Scored } from './predict-unseen.js';
import { publishedColour, publishedGray } from './published.js';
import { meanSpeed, speedOf } from './speed.js';
import type { TrainedOriginal } from './train-original.js';

export interface ReplicationMaterial {
  readonly dataset: Dataset;
  readonly plan: ReplicationPlan;
  readonly colour: ColourChoice;
  readonly gray: TrainedOriginal;
  readonly colourNetwork: TrainedOriginal;
  readonly unseen: readonly Scored[];
  readonly controlled: StudyOutcome;
  readonly seconds: number;
}

/** Puts together everything that a replication found out. */
export function gatherResult(material: ReplicationMaterial): ReplicationResult {
  const { dataset, plan, colour, controlled } = material;
  const original = {
    gray: originalResult(material.gray, publishedGray),
    colour: originalResult(material.colourNetwork, publishedColour),
  };
  const unseen = measure(material.unseen);
  const arms = controlledArms(controlled);
  const { verdict } = controlled;
  return {
    notice: 'For research only. No medical device; use it for no diagnosis and no treatment.',
    dataset: { name: path.basename(dataset.root), hash: dataset.hash, records: dataset.records.length },
    labels: {
      positive: dataset.positive,
      negative: dataset.negative,
      note: `Positive is ${dataset.positive}, here and in every number below. The original study took the first of two label columns, which made ${dataset.negative} its positive class: its sensitivity is the specificity given here, and its specificity the sensitivity.`,
    },
    plan,
    cuts: cutsOf(plan).map(cutText),
    colour: { name: colour.name, note: colour.note },
    original,
    unseen,
    controlled: { folder: path.basename(controlled.folder.root), verdict, arms },
    claims: judgeClaims({ ...original, unseen, controlled: fairNumbers(material, arms) }),
    versions: verdict.versions,
    machine: verdict.machine,
    seconds: material.seconds,
  };
}

function originalResult(trained: TrainedOriginal, published: PublishedResult): OriginalResult {
  const { trial, epochs, set, audit, accepted, folder } = trained;
  const tested = epochs.find(({ epoch }) => epoch === trial.bestEpoch) ?? epochs.at(-1)!;
  return {
    published,
    size: trained.study.image.size,
    sources: sourcesOf(set),
    counts: set.split.counts,
    copied: set.sources.map(({ id }) => id),
    parameters: trial.parameters,
    epochs: epochs.length,
    selectedEpoch: trial.bestEpoch,
    trainLoss: tested.trainLoss,
    trainAccuracy: tested.trainAccuracy ?? 0,
    test: measure(trained.predictions),
    speed: speedOf(trial, epochs, set.split.counts.train.records),
    verdict: accepted.length > 0 ? 'invalid' : 'not blocked',
    findings: audit.findings.map(({ records, evidence: _, ...finding }) => ({ ...finding, records: records.length })),
    folder: path.basename(folder.root),
  };
}

/** Different pictures in the training and test parts, told by their pixels. */
function sourcesOf({ dataset, split }: OriginalSet): OriginalResult['sources'] {
  const pictures = (part: Part): ReadonlySet<string> =>
    new Set(dataset.records.filter(({ id }) => split.part.get(id) === part).map(({ pixelHash }) => pixelHash));
  const train = pictures('train');
  const test = pictures('test');
  return { train: train.size, test: test.size, inBoth: [...test].filter((picture) => train.has(picture)).length };
}

function controlledArms({ verdict, folder }: StudyOutcome): readonly ControlledArm[] {
  const store = openStudyReader(folder);
  try {
    return verdict.arms.map((arm) => controlledArm(arm, store, verdict.counts.train.records));
  } finally {
    store.close();
  }
}

function controlledArm(result: ArmResult, store: StudyReader, perEpoch: number): ControlledArm {
  const trials = store.trials().filter(({ arm, status }) => arm === result.arm && status === 'done');
  const tested = trials.map((trial) => {
    const epochs = store.epochs(trial);
    return epochs.find(({ epoch }) => epoch === trial.bestEpoch) ?? epochs.at(-1)!;
  });
  const mean = (value: (epoch: StoredEpoch) => number | null): number =>
    tested.reduce((sum, epoch) => sum + (value(epoch) ?? 0), 0) / tested.length;
  const losses = trials.map((trial) => measure(store.predictions({ ...keyOf(trial), part: 'test' })).loss);
  return {
    arm: result.arm,
    control: result.control,
    seeds: result.seeds.length,
    parameters: trials[0]?.parameters ?? null,
    accuracy: result.accuracy.mean,
    accuracyInterval: result.accuracy.interval,
    auroc: result.auroc.mean,
    sensitivity: result.sensitivity.mean,
    specificity: result.specificity.mean,
    trainLoss: mean(({ trainLoss }) => trainLoss),
    trainAccuracy: mean(({ trainAccuracy }) => trainAccuracy),
    loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    imagesPerSecond: trials.flatMap(({ imagesPerSecond }) => imagesPerSecond ?? []),
    speed: meanSpeed(trials.map((trial) => speedOf(trial, store.epochs(trial), perEpoch))),
  };
}

function keyOf({ arm, seed }: { readonly arm: string; readonly seed: number }) {
  return { arm, seed };
}

function fairNumbers(
  { colour, controlled }: ReplicationMaterial,
  arms: readonly ControlledArm[],
): ClaimNumbers['controlled'] {
  const control = arms.find((arm) => arm.control);
  const coloured = arms.find(({ arm }) => arm === colour.name);
  const comparison = controlled.verdict.comparisons.find(({ arm }) => arm === colour.name);
  if (control !== undefined && coloured !== undefined && comparison !== undefined) {
    return { control, colour: coloured, comparison };
  }
  throw codedError('CHROMARAY_REPLICATE_INCOMPLETE', {
    message: `The controlled study of the replication has no comparison of ${colour.name} with its control.`,
    details: { arms: arms.map(({ arm }) => arm), colour: colour.name },
  });
}
