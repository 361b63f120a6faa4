import { sha256 } from '@chromaray/base';
import { colourText, inputTransform } from '@chromaray/colour';
import {
  type ArmSection,
  type Dataset,
  type Part,
  parts,
  resolveArm,
  type StudyFile,
  type StudyFolder,
  type TrainingBackend,
  type TrainingSection,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { createBackend } from '@chromaray/engine';
import {
  executionProfile,
  type LocateFiles,
  modelIdentity,
  modelName,
  planTrials,
  type TrialPlan,
  type TrialTask,
} from '@chromaray/trials';
import { pixelsOf } from './arm-pixels.js';
import type { ArmTraining } from './arm-training.js';
import { programVersions } from './environment.js';
import type { BuiltPart } from './part-packs.js';
import type { StudyModels } from './study-models.js';

export interface TaskInputs {
  readonly study: StudyFile;
  readonly dataset: Dataset;
  /** What each arm learns from, by its name. */
  readonly training: ReadonlyMap<string, ArmTraining>;
  /** The packs of each arm's pixels. */
  readonly packs: ReadonlyMap<string, Readonly<Record<Part, BuiltPart>>>;
  readonly models: StudyModels;
  /**
   * Threads a trial in earlier runs of this study; undefined before the first. Kept, so that an arm or a seed that
   * is added later does not change how the finished trials would be computed.
   */
  readonly earlierThreads: number | undefined;
  /** Versions of what computes, as fingerprints name them. Default: those of this process. */
  readonly versions?: Readonly<Record<string, string>>;
}

export interface PlannedTasks extends TrialPlan {
  /** Arms within seeds, so that comparisons can be made as soon as a seed is done. */
  readonly tasks: readonly TrialTask[];
}

/** All trials of a study, ready to be run, and how many of them run at once. */
export function planTasks(inputs: TaskInputs): PlannedTasks {
  const { study, models } = inputs;
  const backend = createBackend(study.training.backend, study.training.provider).name;
  const plan = planTrials(
    study.arms.length * study.seeds.length,
    models.memoryBytes,
    study.training.threads ?? inputs.earlierThreads,
  );
  const tasks = study.seeds.flatMap((seed) =>
    study.arms.map((arm) => trialTask(inputs, arm, seed, plan.threads, backend)),
  );
  return { ...plan, tasks };
}

/**
 * Refuses arms that differ in the study file and come to the same numbers: with another path to the same weights, say,
 * or so little noise in the labels that no label is turned.
 *
 * @throws ChromarayError `CHROMARAY_STUDY_SAME_ARMS`
 */
export function refuseSameArms(tasks: readonly TrialTask[]): void {
  const first = new Map<string, string>();
  for (const { arm, fingerprint } of tasks) {
    const earlier = first.get(fingerprint);
    if (earlier !== undefined) {
      throw codedError('CHROMARAY_STUDY_SAME_ARMS', {
        message: `The arms "${earlier}" and "${arm}" would train the same networks on the same pictures and labels, though the study file tells them apart.`,
        details: { arms: [earlier, arm] },
      });
    }
    first.set(fingerprint, arm);
  }
}

function trialTask(
  { study, dataset, training: learned, packs, models, versions }: TaskInputs,
  arm: ArmSection,
  seed: number,
  threads: number,
  backend: TrainingBackend,
): TrialTask {
  const built = packs.get(pixelsOf(study, arm))!;
  const transform = inputTransform(arm.colour);
  const { model, image, ...resolved } = resolveArm(study, arm);
  const { size, ...operations } = image;
  const training = { ...resolved.training, backend };
  const weights = models.weightsOf(model);
  const { classWeights, severalWeights } = learned.get(arm.name)!.balance;
  const { several } = dataset;
  const classes = several && severalWeights && { names: several, weights: severalWeights };
  const fingerprint = sha256(
    JSON.stringify({
      transform: 'table' in transform ? { ...transform, table: sha256(transform.table) } : transform,
      seed,
      size,
      model: modelIdentity(model, weights),
      training: identity(training),
      classWeights,
      ...(classes && { classes }),
      packs: parts.map((part) => built[part].key),
      labels: parts.map((part) => sha256(built[part].labels)),
      subjects: sha256(JSON.stringify(dataset.records.map(({ id, label, patient }) => [id, label, patient]))),
      threads,
      versions: versions ?? calculatingVersions(backend),
    }),
  );
  return {
    arm: arm.name,
    seed,
    transform,
    imageSize: size,
    ...(Object.keys(operations).length === 0 ? {} : { operations }),
    model: modelIdentity(model, weights),
    ...(weights === undefined ? {} : { weights: weights.sha256 }),
    training,
    classWeights,
    ...(classes && { classes }),
    parts: {
      train: rows(built.train),
      validation: rows(built.validation),
      test: rows(built.test),
    },
    profile: executionProfile(training, threads),
    names: {
      positive: dataset.positive,
      negative: dataset.negative,
      transform: colourText(arm.colour),
      model: modelName(model),
      ...(weights?.licence === undefined ? {} : { licence: weights.licence }),
    },
    fingerprint,
  };
}

/** The key of a default that came later says nothing, so that trials from before it still fit. */
function identity({ provider, ...training }: TrainingSection) {
  return provider === 'cpu' ? training : { ...training, provider };
}

function rows({ key, labels }: BuiltPart): { pack: string; labels: Uint8Array } {
  return { pack: key, labels };
}

/** Where the files of a study's trials lie: packs where they were built, the rest in the study's folder. */
export function locateIn(
  folder: Pick<StudyFolder, 'checkpoints' | 'model'>,
  { packs, models }: Pick<TaskInputs, 'packs' | 'models'>,
): LocateFiles {
  const files = new Map(
    [...packs.values()].flatMap((built) => parts.map((part) => [built[part].key, built[part].pack])),
  );
  return (task) => ({
    packs: {
      train: files.get(task.parts.train.pack)!,
      validation: files.get(task.parts.validation.pack)!,
      test: files.get(task.parts.test.pack)!,
    },
    ...weightsFile(models, task.weights),
    checkpoints: folder.checkpoints(task.arm, task.seed),
    model: folder.model(task.arm, task.seed),
  });
}

function weightsFile({ weights }: StudyModels, hash: string | undefined): { readonly weights?: string } {
  const found = hash === undefined ? undefined : weights.find(({ sha256: of }) => of === hash);
  return found === undefined ? {} : { weights: found.file };
}

/** Versions that can change a number. A patch of Node cannot, and would make every finished trial "changed". */
function calculatingVersions(backend: string): Readonly<Record<string, string>> {
  const { node, ...versions } = programVersions(backend);
  return { ...versions, node: node?.split('.')[0] ?? '' };
}
