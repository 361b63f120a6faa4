import { setTimeout as wait } from 'node:timers/promises';
import { canonicalJson, programVersion } from '@chromaray/base';
import { type MissingWorkers, type Placement, type PlaceRequest, profileText, type TrialTask } from '@chromaray/trials';
import type { Exchange } from '../exchange/exchange.js';
import type { SeenWorker } from '../exchange/worker-note.js';
import { nodeMajor } from '../task/task-message.js';
import { offeredProcessors, ProcessorChoice, type ProcessorOffer } from './choose-processor.js';
import { misfit, misfitOfAnyProcessor, type WantedMachine } from './misfit.js';
import type { PlacementRecord } from './placement-record.js';

export interface FleetPolicy {
  readonly exchange: Pick<Exchange, 'workers'>;
  /** What was decided before. */
  readonly record: PlacementRecord;
  /** `own`: trials are computed by the coordinator's own profile; `any`: by those that workers have. */
  readonly profiles: 'own' | 'any';
  /** Whether trials of one seed may be computed by different processors. */
  readonly mix: boolean;
  /** Replaced in tests. */
  readonly pauses?: { readonly look: number; readonly settle: number };
}

/** Milliseconds between two looks for workers, and those that the others have to come when the first has come. */
const defaultPauses = { look: 2000, settle: 15_000 };

/**
 * Chooses by which processor each trial is computed. All trials of a seed stay with one, that of the seed's finished trials or the one
 * that the seed was given to before; with `any`, other seeds are shared out among the processors of the workers that are there, in
 * proportion to what these can run at once, and while nobody is there who could compute them, this waits.
 *
 * @throws the signal's reason; ChromarayError as the exchange does
 */
export async function placeTrials(policy: FleetPolicy, request: PlaceRequest, signal: AbortSignal): Promise<Placement> {
  const { exchange, record, profiles, mix } = policy;
  const wanted = wantedMachines(request);
  const pinned = ({ arm, seed }: Pick<TrialTask, 'arm' | 'seed'>): string | undefined =>
    mix ? record.processorOf({ arm, seed }) : (request.begun(seed) ?? record.processorOfSeed(seed));
  const isFree = (task: TrialTask): boolean => pinned(task) === undefined;
  const { workers, offers } =
    profiles === 'any' && request.tasks.some(isFree)
      ? await firstOffers(policy, { ...request, tasks: request.tasks.filter(isFree) }, wanted, signal)
      : await look(exchange, wanted, signal);
  const own = request.tasks[0]?.profile.processor ?? '';
  const choice = new ProcessorChoice(
    profiles === 'own' || offers.length === 0 ? [{ processor: own, slots: 1 }] : offers,
  );
  const choose: Placement = (trial) => {
    // What was given to workers that have gone, and is not finished, may begin anew elsewhere.
    const before = pinned(trial);
    const stays =
      before !== undefined && (profiles === 'own' || choice.has(before) || request.begun(trial.seed) === before);
    const processor = stays ? before : profiles === 'own' ? trial.profile.processor : choice.next();
    if (stays) choice.take(processor);
    record.keep(trial, processor, !mix);
    return processor;
  };
  const decided = new Map(request.tasks.map((task) => [task, choose(task)]));
  record.save();
  for (const missing of missingFor(decided, wanted, workers, profiles)) request.onMissing(missing);
  return saving(record, choose);
}

/** Trials of a cluster whose nodes nobody knows: a seed stays with the processor that it was begun on or given to. */
export function placeWithSeed(record: PlacementRecord, { begun, tasks }: PlaceRequest): Placement {
  const choose: Placement = (trial) => {
    const processor = begun(trial.seed) ?? record.processorOfSeed(trial.seed) ?? trial.profile.processor;
    record.keep(trial, processor, true);
    return processor;
  };
  for (const task of tasks) choose(task);
  record.save();
  return saving(record, choose);
}

/** Trials that a search for hyperparameters makes are placed as they come. */
function saving(record: PlacementRecord, choose: Placement): Placement {
  return (task) => {
    const processor = choose(task);
    record.save();
    return processor;
  };
}

/** What the trials ask of machines: arms may differ in precision. */
function wantedMachines({ tasks, memoryBytes }: PlaceRequest): readonly WantedMachine[] {
  const profiles = new Map(tasks.map(({ profile }) => [canonicalJson(profile), profile]));
  return [...profiles.values()].map((profile) => ({
    ...{ version: programVersion(), node: nodeMajor(), profile, memoryBytes },
  }));
}

interface Seen {
  readonly workers: readonly SeenWorker[];
  readonly offers: readonly ProcessorOffer[];
}

async function look(
  exchange: FleetPolicy['exchange'],
  wanted: readonly WantedMachine[],
  signal: AbortSignal,
): Promise<Seen> {
  const workers = await exchange.workers(signal);
  return { workers, offers: offeredProcessors(wanted, workers) };
}

async function firstOffers(
  { exchange, pauses = defaultPauses }: FleetPolicy,
  { tasks, onMissing }: PlaceRequest,
  wanted: readonly WantedMachine[],
  signal: AbortSignal,
): Promise<Seen> {
  let seen = await look(exchange, wanted, signal);
  if (seen.offers.length > 0) return seen;
  const [first] = wanted;
  onMissing({
    wanted: profileText({ ...first!.profile, processor: 'any processor' }),
    trials: tasks.length,
    workers: lacking(seen.workers, first!, misfitOfAnyProcessor),
    anyWouldDo: false,
  });
  while (seen.offers.length === 0) {
    await wait(pauses.look, undefined, { signal });
    seen = await look(exchange, wanted, signal);
  }
  await wait(pauses.settle, undefined, { signal });
  return look(exchange, wanted, signal);
}

/** For each profile that trials are to be computed by and nobody has: who is there, and what they lack. */
function missingFor(
  decided: ReadonlyMap<TrialTask, string>,
  wanted: readonly WantedMachine[],
  workers: readonly SeenWorker[],
  profiles: FleetPolicy['profiles'],
): readonly MissingWorkers[] {
  const groups = new Map<string, { readonly one: WantedMachine; trials: number }>();
  for (const [{ profile: asked }, processor] of decided) {
    const profile = { ...asked, processor };
    const key = canonicalJson(profile);
    const group = groups.get(key) ?? { one: { ...wanted[0]!, profile }, trials: 0 };
    group.trials++;
    groups.set(key, group);
  }
  return [...groups.values()]
    .filter(({ one }) => workers.every((worker) => misfit(one, worker) !== undefined))
    .map(({ one, trials }) => ({
      ...{ wanted: profileText(one.profile), trials, workers: lacking(workers, one, misfit) },
      anyWouldDo: profiles === 'own' && workers.some((worker) => misfitOfAnyProcessor(one, worker) === undefined),
    }));
}

function lacking(workers: readonly SeenWorker[], wanted: WantedMachine, why: typeof misfit): MissingWorkers['workers'] {
  return workers.flatMap((worker) => {
    const lacks = why(wanted, worker);
    return lacks === undefined ? [] : [{ worker: worker.worker, lacks }];
  });
}
