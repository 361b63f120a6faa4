import { type ChromarayError, canonicalJson, sha256 } from '@chromaray/base';
import type { ReaderPlan, ReaderRegistration, RegisteredPlan, Registration } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { readArtefactIfAny, writeArtefact } from './artefacts.js';

/**
 * SHA-256 of a plan's JSON with sorted keys and without spaces, so that anyone can compute it again from
 * `registration.json` and compare it with the one that was published.
 */
export function planHash(plan: RegisteredPlan | ReaderPlan): string {
  return sha256(canonicalJson(plan));
}

/** @throws ChromarayError `CHROMARAY_FILE_WRITE` */
export function writeRegistration(file: string, registration: Registration): void {
  writeArtefact('registration', file, registration);
}

/**
 * The registration in a study's folder; undefined when there is none.
 *
 * @throws ChromarayError as `readArtefact` does; `CHROMARAY_REGISTRATION_EDITED` when a plan is not the one whose hash
 *   is recorded with it
 */
export function readRegistration(file: string): Registration | undefined {
  const registration = readArtefactIfAny('registration', file);
  if (registration === undefined) return undefined;
  requireHashes(registration, file);
  return registration;
}

/** The same for a reader study. */
export function readReaderRegistration(file: string): ReaderRegistration | undefined {
  const registration = readArtefactIfAny('readerRegistration', file);
  if (registration !== undefined) requireHashes(registration, file);
  return registration;
}

function requireHashes(registration: Registration | ReaderRegistration, file: string): void {
  for (const { plan, hash } of [registration, ...registration.amendments]) {
    if (planHash(plan) !== hash) throw edited(file);
  }
}

function edited(file: string): ChromarayError {
  return codedError('CHROMARAY_REGISTRATION_EDITED', {
    message: `${file} was edited: a plan in it does not match its recorded hash.`,
    details: { file },
  });
}
