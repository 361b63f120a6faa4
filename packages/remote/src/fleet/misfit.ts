import { bytes } from '@chromaray/base';
import { type ExecutionProfile, profileText } from '@chromaray/trials';
import type { WorkerNote } from '../exchange/worker-note.js';

/** What a trial asks of the machine that computes it. */
export interface WantedMachine {
  /** Of Chromaray. */
  readonly version: string;
  /** Major version of Node.js. */
  readonly node: number;
  readonly profile: ExecutionProfile;
  /** What one trial is estimated to need. */
  readonly memoryBytes: number;
}

/** What a machine can compute by, and what its trials may use together. */
export type Machine = Pick<WorkerNote, 'version' | 'node' | 'processor' | 'threads' | 'memoryBytes' | 'offers'>;

/** Why a machine can never take a trial, as the end of a sentence about the machine; undefined when it can. */
export function misfit(wanted: WantedMachine, machine: Machine): string | undefined {
  const { profile } = wanted;
  if (machine.version !== wanted.version) return `has Chromaray ${machine.version}, not ${wanted.version}`;
  if (machine.node !== wanted.node) return `has Node.js ${machine.node}, not ${wanted.node}`;
  const { backend, provider, precision } = profile;
  const offer = machine.offers.find((one) => one.backend === backend && one.provider === provider);
  if (offer === undefined) return `has no backend ${backend}${provider === 'cpu' ? '' : ` on ${provider}`}`;
  if (offer.version !== profile.version) return `has ${backend} ${offer.version}, not ${profile.version}`;
  if (!offer.precisions.includes(precision)) return `does not compute in ${precision}`;
  if (machine.processor !== profile.processor) {
    return `computes by ${profileText({ ...profile, processor: machine.processor })}, not by ${profileText(profile)}`;
  }
  if (profile.threads > machine.threads) {
    return `may use ${count(machine.threads)}, fewer than the ${profile.threads} of a trial`;
  }
  if (wanted.memoryBytes > machine.memoryBytes) {
    return `may use ${bytes(machine.memoryBytes)} of memory, less than the ${bytes(wanted.memoryBytes)} of a trial`;
  }
  return undefined;
}

/** As {@link misfit}, for a trial that any processor may compute. */
export function misfitOfAnyProcessor(wanted: WantedMachine, machine: Machine): string | undefined {
  return misfit({ ...wanted, profile: { ...wanted.profile, processor: machine.processor } }, machine);
}

function count(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}
