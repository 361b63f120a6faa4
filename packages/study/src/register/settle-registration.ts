import { existsSync, readFileSync } from 'node:fs';
import { type ChromarayError, programVersion, writeFileAtomic } from '@chromaray/base';
import {
  currentPlan,
  type KnownThen,
  type RegisteredPlan,
  type Registration,
  type RunRecord,
  type StudyFolder,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { changeText, planChanges } from '@chromaray/results';
import { planHash, readArtefact, readRegistration, writeRegistration } from '@chromaray/store';

export interface SettleRequest {
  readonly study: string;
  readonly folder: StudyFolder;
  readonly plan: RegisteredPlan;
  readonly origin: 'register' | 'run';
  /** Trials of the study that are finished now. */
  readonly finishedTrials: number;
  /** What earlier runs remember; undefined before the first. */
  readonly record: RunRecord | undefined;
  /** Why the plan is changed; undefined: it is not to be changed. */
  readonly amend?: string | undefined;
}

/** A registration that fits the plan, and whether it has to be written. */
export interface Settled {
  readonly registration: Registration;
  /** Writes what is new, and keeps the verdict that stood before an amendment. */
  save(): void;
}

/**
 * The registration of a study that is to run by `plan`: the one it has, if it says the same; the one it has with an
 * amendment, if that was asked for; or a new one, if it has none. Nothing is written before `save`.
 *
 * @throws ChromarayError `CHROMARAY_REGISTRATION_DIFFERS` when the plan is not the registered one and no reason to
 *   amend it was given; `CHROMARAY_REGISTRATION_MISSING` when it was deleted; as `readRegistration` does
 */
export function settleRegistration(request: SettleRequest): Settled {
  const { folder, plan, amend } = request;
  const kept = readRegistration(folder.registration);
  const found = kept ?? firstRegistration(request);
  const changes = planChanges(currentPlan(found), plan);
  if (changes.length === 0) {
    const save = kept === undefined ? () => writeRegistration(folder.registration, found) : () => {};
    return { registration: found, save };
  }
  if (amend === undefined || amend.trim() === '') throw differs(found, changes.map(changeText), request.finishedTrials);
  const known = knownNow(request, found);
  const amendment = {
    at: new Date().toISOString(),
    program: programVersion(),
    reason: amend.trim(),
    changes,
    known,
    plan,
    hash: planHash(plan),
  };
  const registration: Registration = { ...found, amendments: [...found.amendments, amendment] };
  return {
    registration,
    save() {
      if (known.verdict !== null) {
        writeFileAtomic(folder.inside(known.verdict.file), readFileSync(folder.verdict));
      }
      writeRegistration(folder.registration, registration);
    },
  };
}

function firstRegistration({ study, folder, plan, origin, finishedTrials, record }: SettleRequest): Registration {
  if (record?.declared?.registered) throw missing(folder.registration);
  const isOlder = record !== undefined;
  // Versions before registrations remembered the endpoint alone.
  const declared = isOlder && record.declared?.endpoint ? { ...plan, endpoint: record.declared.endpoint } : plan;
  return {
    study,
    registered: isOlder ? record.started : new Date().toISOString(),
    program: programVersion(),
    origin: isOlder ? 'older version' : origin,
    finishedTrials,
    plan: declared,
    hash: planHash(declared),
    amendments: [],
  };
}

function knownNow({ folder, finishedTrials }: SettleRequest, { amendments }: Registration): KnownThen {
  if (finishedTrials === 0 || !existsSync(folder.verdict)) return { finishedTrials, verdict: null };
  const { verdict: word, statement } = readArtefact('verdict', folder.verdict);
  return { finishedTrials, verdict: { word, statement, file: folder.earlierVerdict(amendments.length + 1) } };
}

function differs({ study, registered }: Registration, changes: readonly string[], finished: number): ChromarayError {
  const consequence =
    finished === 0
      ? 'No trial is finished yet, so the verdict stays valid.'
      : 'Results can be known already, so the study will have no valid verdict: its report says so and calls what it finds exploratory.';
  return codedError('CHROMARAY_REGISTRATION_DIFFERS', {
    message: `The study "${study}" was registered on ${registered.slice(0, 10)} with another plan: ${changes.join('; ')}.`,
    remedy: `Give the changed study another name: it is then a study of its own. Or pass --amend "<reason>", which is recorded. ${consequence}`,
    details: { study, registered, changes },
  });
}

function missing(file: string): ChromarayError {
  return codedError('CHROMARAY_REGISTRATION_MISSING', {
    message: `${file} is missing, although the study was registered before its first trial.`,
    details: { file },
  });
}
