import type { Audit, Dataset, Finding, Part, Split, StudyFile, StudyFolder } from '@chromaray/contracts';
import { type AuditProgress, auditDataset, makeSplit, searchNearDuplicates } from '@chromaray/data';
import { requireProvider } from '@chromaray/engine';
import { backendOptions, type LocateFiles } from '@chromaray/trials';
import { armPacks } from './arm-packs.js';
import { type ArmTraining, armTraining } from './arm-training.js';
import { describeIn, interruptible, type PrepareContext } from './context.js';
import { requireEndpointPatients } from './endpoint-patients.js';
import { type BuiltPart, partRecords } from './part-packs.js';
import { announceImport, checkModels, type StudyModels } from './study-models.js';
import { locateIn, type PlannedTasks, planTasks } from './trial-tasks.js';

/** A study's records and what each is for. */
export interface StudyData {
  readonly dataset: Dataset;
  readonly split: Split;
  /** What each arm learns from, by its name. */
  readonly training: ReadonlyMap<string, ArmTraining>;
}

/** Everything that is decided before the first trial runs. */
export interface PreparedStudy extends StudyData, PlannedTasks {
  readonly models: StudyModels;
  /** Name of the device that is used in addition to the processor; null without. */
  readonly accelerator: string | null;
  /** Null where the caller asked for none. */
  readonly audit: Audit | null;
  /** Blocking findings that were accepted. */
  readonly accepted: readonly Finding[];
  /** Packs by the kind of their pixels. */
  readonly packs: ReadonlyMap<string, Readonly<Record<Part, BuiltPart>>>;
  readonly locate: LocateFiles;
  /** Decoding, resizing and colorizing; near 0 where packs were there already. */
  readonly secondsPacking: number;
}

export interface PrepareRequest {
  readonly study: StudyFile;
  readonly context: PrepareContext;
  /** Where checkpoints and models go. */
  readonly folder: Pick<StudyFolder, 'checkpoints' | 'model'>;
  /** A data set and split made elsewhere. Default: those of the study file. */
  readonly given?: Pick<StudyData, 'dataset' | 'split'>;
  /** Called with the data before they are audited. */
  readonly onData?: (data: StudyData) => void;
  /**
   * The gate: what becomes of an audit. It throws to stop the study, and returns the findings that it accepts.
   * Without one, nothing is audited.
   */
  readonly gate?: (audit: Audit, dataset: Dataset) => readonly Finding[] | Promise<readonly Finding[]>;
  /** As in {@link planTasks}. */
  readonly earlierThreads?: number | undefined;
}

/**
 * From a study file to trials that can be run: data set, split, balance, audit, packs, tasks. The one way, for
 * studies that run, are planned or replicate another.
 *
 * @throws ChromarayError `CHROMARAY_ENDPOINT_TOO_FEW`, but not of data that are given: a piece of a study has no endpoint; what networks,
 *   execution providers, data set, split, gate and packs throw;
 *   `CHROMARAY_INTERRUPTED` after the signal
 */
export async function prepareStudy(request: PrepareRequest): Promise<PreparedStudy> {
  const { study, context, folder, given, gate } = request;
  const models = await checkModels(study);
  announceImport(models, context.onEvent);
  const accelerator = await acceleratorOf(study);
  const data = given === undefined ? await prepareData(study, context) : forArms(study, given);
  request.onData?.(data);
  const { dataset, split } = data;
  if (gate !== undefined) context.onEvent({ kind: 'audit-started', records: dataset.records.length });
  const audit = gate === undefined ? null : await audited(dataset, split, context);
  const accepted = audit === null ? [] : await gate!(audit, dataset);
  const { cache, onEvent, signal } = context;
  const begun = performance.now();
  const packs = await interruptible(signal, () => armPacks({ ...data, study }, cache, onEvent, signal));
  const secondsPacking = (performance.now() - begun) / 1000;
  const planned = planTasks({ ...data, study, packs, models, earlierThreads: request.earlierThreads });
  const locate = locateIn(folder, { packs, models });
  return { ...data, ...planned, models, accelerator, audit, accepted, packs, locate, secondsPacking };
}

/** Reads a study's data set, splits it and balances it for every arm. */
export async function prepareData(study: StudyFile, context: PrepareContext): Promise<StudyData> {
  const dataset = await describeIn(context, study.dataset);
  const split = makeSplit(dataset, study.split);
  requireEndpointPatients(study, dataset, split);
  return forArms(study, { dataset, split });
}

function forArms(study: StudyFile, { dataset, split }: Pick<StudyData, 'dataset' | 'split'>): StudyData {
  return { dataset, split, training: armTraining(study, dataset, split) };
}

async function audited(dataset: Dataset, split: Split, { onEvent, signal }: PrepareContext): Promise<Audit> {
  const report = ({ unit, done, total }: Omit<AuditProgress, 'phase'>) =>
    onEvent({ kind: 'progress', phase: 'auditing', unit, done, total });
  // The longest of the checks goes first and by itself, because it can be cancelled.
  const compared = (done: number, total: number) => report({ unit: 'images', done, total });
  await interruptible(signal, () => searchNearDuplicates(dataset, compared, signal));
  return auditDataset(dataset, split, report);
}

/** The device that a study asks for, tried before anything else is done; null for the CPU. */
async function acceleratorOf({ training }: StudyFile): Promise<string | null> {
  const { provider, providerOptions } = backendOptions(training);
  if (provider === 'cpu') return null;
  const { device } = await requireProvider(provider, providerOptions === undefined ? {} : { providerOptions });
  return device === undefined ? provider : `${device} (${provider})`;
}

/** One row of a part, in the order of its pack. */
export interface EvaluatedRecord {
  readonly record: string;
  readonly patient: string | null;
  readonly label: string;
  readonly positive: boolean;
}

/** The rows that trials predict, in the order of their packs. */
export function evaluatedRecords({
  dataset,
  split,
}: Pick<StudyData, 'dataset' | 'split'>): Readonly<Record<'validation' | 'test', readonly EvaluatedRecord[]>> {
  const rows = (part: 'validation' | 'test') =>
    partRecords(dataset, split, part).map(({ id, patient, label, positive }) => ({
      record: id,
      patient,
      label,
      positive,
    }));
  return { validation: rows('validation'), test: rows('test') };
}

/** Packs of the test part by the kind of their pixels, as a run record keeps them. */
export function testPacksOf({ packs }: Pick<PreparedStudy, 'packs'>): Readonly<Record<string, string>> {
  return Object.fromEntries([...packs].map(([kind, parts]) => [kind, parts.test.pack]));
}
