import { existsSync } from 'node:fs';
import { type ChromarayError, isChromarayError } from '@chromaray/base';
import type { StudyFile, StudyFolder } from '@chromaray/contracts';
import { systemError } from '@chromaray/contracts/errors';
import { holderOf, openStudyReader, readArtefactIfAny, type StudyReader, studyFolder } from '@chromaray/store';
import { readStudyFile, readStudyStatus } from '@chromaray/study';
import { z } from 'zod';
import type { Workspace } from '../workspace/workspace.js';

export const studyStates = [
  ...(['running', 'concluded', 'interrupted', 'stopped-by-audit', 'failed', 'registered'] as const),
  /** Its store or an artefact cannot be read; `error` says why. Only in lists. */
  'unreadable',
] as const;

const errorSchema = z.strictObject({ code: z.string(), message: z.string(), remedy: z.string() });

/** A study in a list. */
export const studySummarySchema = z.strictObject({
  name: z.string(),
  state: z.enum(studyStates),
  /** The process that runs it; null when none does, or it cannot be told. */
  holder: z.number().int().nullable(),
  /** The verdict's word; null before there is one. */
  verdict: z.string().nullable(),
  /** The verdict in a sentence, as the report has it. */
  statement: z.string().nullable(),
  arms: z.array(z.string()),
  /** The arm that the others are compared with; null while the study file is not in the folder. */
  control: z.string().nullable(),
  /** How often and why the study divides its records: `folds` test every record once, `sites` are folds by site. */
  splits: z.enum(['one', 'repeats', 'folds', 'sites']),
  trials: z.strictObject({
    done: z.number().int(),
    running: z.number().int(),
    failed: z.number().int(),
    planned: z.number().int(),
  }),
  /** Number of the last event. */
  lastEvent: z.number().int(),
  /** When something last happened, ISO 8601. */
  updated: z.string().nullable(),
  /** Why the last run ended without a verdict. */
  error: errorSchema.nullable(),
  /** Artefacts that are there, by their names in `/studies/{study}/artefacts/{name}`. */
  artefacts: z.array(z.string()),
});

export type StudySummary = z.infer<typeof studySummarySchema>;

export const artefactNames = [
  'audit',
  'manifest',
  'registration',
  'run',
  'verdict',
  'behaviour',
  'explanation',
] as const;
export type ArtefactName = (typeof artefactNames)[number];

/** Where the artefact of a name lies. */
export function artefactFile(folder: StudyFolder, name: ArtefactName): string {
  return name === 'run' ? folder.runRecord : folder[name];
}

/** How a study stands, read from its folder whoever runs it. */
export function summariseStudy(name: string, folder: StudyFolder): StudySummary {
  const reader = openStudyReader(folder);
  try {
    const trials = reader.trials();
    const { events } = reader.events();
    const last = events.at(-1);
    const ended = events.findLast(({ kind }) => kind === 'run-started' || kind === 'run-ended');
    const verdict = readArtefactIfAny('verdict', folder.verdict);
    const held = holderOf(folder.lock);
    const study = declared(folder);
    // Each further split or fold has a store of its own.
    const all = study.splits === 'one' ? trials : readStudyStatus(folder.root, '').trials;
    const count = (status: string): number => all.filter((trial) => trial.status === status).length;
    return {
      name,
      state: held !== undefined ? 'running' : stateOf(reader, ended),
      holder: held?.pid ?? null,
      verdict: verdict?.verdict ?? null,
      statement: verdict?.statement ?? null,
      arms: [...new Set(trials.map(({ arm }) => arm))],
      ...study,
      trials: { done: count('done'), running: count('running'), failed: count('failed'), planned: all.length },
      lastEvent: last?.seq ?? 0,
      updated: last?.at ?? null,
      error: held === undefined && ended?.kind === 'run-ended' ? ended.error : null,
      artefacts: artefactNames.filter((artefact) => existsSync(artefactFile(folder, artefact))),
    };
  } finally {
    reader.close();
  }
}

/** All studies of a workspace: one that cannot be read hides none of the others. */
export function summariseStudies(workspace: Workspace): readonly StudySummary[] {
  return workspace.studyNames().flatMap((name) => {
    try {
      return [summariseStudy(name, workspace.study(name))];
    } catch (thrown) {
      const error = isChromarayError(thrown) ? (thrown as ChromarayError) : systemError(thrown);
      if (error === undefined) throw thrown;
      // Deleted since its folder was listed.
      return error.code === 'CHROMARAY_WEB_NOT_FOUND' || !existsSync(studyFolder(workspace.studies, name).store)
        ? []
        : [unreadable(name, error)];
    }
  });
}

function unreadable(name: string, { code, message, remedy }: ChromarayError): StudySummary {
  return {
    ...{ name, state: 'unreadable', holder: null, verdict: null, statement: null, arms: [], control: null },
    ...{ splits: 'one', trials: { done: 0, running: 0, failed: 0, planned: 0 }, lastEvent: 0, updated: null },
    ...{ error: { code, message, remedy }, artefacts: [] },
  };
}

/** What the study file in the folder says; of one that cannot be read, nothing. */
function declared({ studyFile }: StudyFolder): Pick<StudySummary, 'control' | 'splits'> {
  try {
    const { arms, split } = readStudyFile(studyFile);
    return { control: arms.find(({ control }) => control)?.name ?? null, splits: splitsOf(split) };
  } catch (error) {
    if (!isChromarayError(error)) throw error;
    return { control: null, splits: 'one' };
  }
}

function splitsOf({ repeats, folds, by }: StudyFile['split']): StudySummary['splits'] {
  if (by !== undefined) return 'sites';
  if (folds !== undefined) return 'folds';
  return repeats === undefined || repeats === 1 ? 'one' : 'repeats';
}

/** Of a study that nobody runs. A run that was killed left no word of its end. */
function stateOf(
  reader: StudyReader,
  ended: ReturnType<StudyReader['events']>['events'][number] | undefined,
): StudySummary['state'] {
  if (ended?.kind === 'run-ended') return ended.outcome;
  if (ended?.kind === 'run-started') return 'interrupted';
  const trials = reader.trials();
  // Studies of versions that kept no events.
  if (trials.length === 0) return 'registered';
  return trials.every(({ status }) => status === 'done') ? 'concluded' : 'interrupted';
}
