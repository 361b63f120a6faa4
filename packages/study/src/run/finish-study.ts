import { rmSync } from 'node:fs';
import {
  hasFolds,
  type Manifest,
  type OnStudyEvent,
  type Registration,
  type RunRecord,
  type StudyFile,
  type StudyFolder,
  type StudyVerdict,
  type UnfinishedTrial,
} from '@chromaray/contracts';
import { sitesOf } from '@chromaray/data';
import {
  againstShortcuts,
  amendedAfterResults,
  type ConclusionInput,
  changeText,
  conclude,
  planChanges,
  type StudyScores,
  studyBehaviour,
  studyScores,
} from '@chromaray/results';
import {
  exportPredictions,
  externalEvaluations,
  readArtefact,
  readRegistration,
  type StoredTrial,
  type StudyReader,
  writeArtefact,
} from '@chromaray/store';
import { type ExplainStudyRequest, explainStudy } from '../explain/explain-study.js';
import { reportRegistration } from '../register/report-registration.js';
import { plannedParts, plannedPrecision } from '../sensitivity/planned-sensitivity.js';
import { choicesOf } from '../tune/choices-of.js';
import { studySplits } from './other-splits.js';
import { reportExplanation } from './report-explanation.js';
import { reportInput } from './report-input.js';
import { reportMistakes } from './report-mistakes.js';
import { reportSamples } from './samples.js';
import { verdictScores } from './verdict-scores.js';

export interface FinishOptions extends Pick<ExplainStudyRequest, 'masks' | 'signal'> {
  /** Where everything is written. Default: the study's folder. */
  readonly into?: StudyFolder;
  /** False: a report without X-rays. Default: true. */
  readonly pictures?: boolean;
  readonly onEvent?: OnStudyEvent | undefined;
}

/**
 * Concludes from what the store holds and writes `predictions.csv`, `verdict.json`, `behaviour.json`, `explanation.json`, and the
 * report with what stands beside it. Works on a study that is not finished too; verdict and report then say what is missing.
 */
export async function finishStudy(
  folder: StudyFolder,
  store: StudyReader,
  study: StudyFile,
  options: FinishOptions = {},
): Promise<StudyVerdict> {
  const { onEvent = () => {}, into = folder, pictures = true, ...explaining } = options;
  const manifest = readArtefact('manifest', folder.manifest);
  const audit = readArtefact('audit', folder.audit);
  const record = readArtefact('run', folder.runRecord);
  const registration = readRegistration(folder.registration);
  const tuning = choicesOf(study, folder);
  const predictions = store.predictions();
  const own = studyScores(predictions);
  const splits = studySplits(study, folder, manifest.records, own);
  const isCrossValidation = hasFolds(study) && splits !== undefined;
  const scores = verdictScores(study, splits, own);
  const verdict = conclude(
    {
      ...conclusionInput(study, manifest, record, registration, store, scores),
      splits,
      sites: study.split.by === 'site' ? sitesOf(manifest.records) : undefined,
    },
    scores,
  );
  exportPredictions(store, into.predictions);
  writeArtefact('verdict', into.verdict, verdict);
  const { shortcuts } = record;
  const behaviour = {
    ...studyBehaviour(study, manifest, scores, predictions),
    // Shortcuts were measured on the first fold alone.
    ...(shortcuts &&
      !isCrossValidation && {
        shortcuts,
        againstShortcuts: againstShortcuts(study.arms, scores, shortcuts, 1 - study.endpoint.alpha),
      }),
  };
  writeArtefact('behaviour', into.behaviour, behaviour);
  onEvent({ kind: 'progress', phase: 'reporting', done: 0, total: 1, unit: 'steps' });
  const samples = await reportSamples(study, manifest, record);
  const mistakes = await reportMistakes(study, behaviour, record);
  const modelHash = (arm: string, seed: number) => store.trial({ arm, seed })?.details.modelHash as string | undefined;
  const explanation = await explainStudy({
    folder: into,
    study,
    manifest,
    record,
    scores: own,
    onEvent,
    modelHash,
    ...explaining,
  });
  const input = {
    ...reportInput({ into, study, manifest, audit, record, store, scores, verdict, samples, tuning }),
    registration: registration === undefined ? null : reportRegistration(registration),
    behaviour,
    mistakes,
    external: externalEvaluations(folder),
    ...(explanation === undefined ? {} : { explanation: await reportExplanation(into, study, record, explanation) }),
  };
  // Loaded when there is something to draw: figures need a library for plots and a document, which take 0.3 s.
  const { withoutPictures, writeReport } = await import('@chromaray/pages/report');
  writeReport(into.root, pictures ? input : withoutPictures(input));
  // A folder of its own that is to be shared without X-rays keeps no maps either.
  if (!pictures && into.root !== folder.root) rmSync(into.explanations, { recursive: true, force: true });
  onEvent({
    kind: 'concluded',
    verdict: verdict.verdict,
    comparisons: verdict.comparisons.map(({ arm, verdict, difference, interval }) => ({
      ...{ arm, verdict, difference, interval },
    })),
    margin: verdict.endpoint.margin,
    unfinished: verdict.unfinished.length,
  });
  return verdict;
}

function conclusionInput(
  study: StudyFile,
  manifest: Manifest,
  record: RunRecord,
  registration: Registration | undefined,
  store: StudyReader,
  scores: StudyScores,
): ConclusionInput {
  const { accepted, versions, machine, seconds } = record;
  return {
    study,
    counts: manifest.split.counts,
    accepted,
    amended: registration === undefined ? olderChange(study, record) : amendedAfterResults(registration),
    unfinished: missingTrials(study, store, scores),
    planned: plannedPrecision(plannedParts(study, manifest.split.counts), study),
    versions,
    machine,
    seconds,
  };
}

/** A study made before registrations, whose run record holds the endpoint that was declared. */
function olderChange({ endpoint }: StudyFile, { declared }: RunRecord): readonly string[] {
  if (declared?.endpoint === undefined) return [];
  return planChanges({ endpoint: declared.endpoint }, { endpoint }).map(
    (change) => `${changeText(change)} after training`,
  );
}

/** Every arm and seed of the study file that has no predictions to conclude from, and why. */
function missingTrials(study: StudyFile, store: StudyReader, scores: StudyScores): readonly UnfinishedTrial[] {
  const scored = new Set(scores.trials.map(({ arm, seed }) => `${arm}-${seed}`));
  return study.arms.flatMap(({ name: arm }) =>
    study.seeds.flatMap((seed): readonly UnfinishedTrial[] => {
      if (scored.has(`${arm}-${seed}`)) return [];
      const trial = store.trial({ arm, seed });
      if (trial === undefined) return [{ arm, seed, state: 'waiting', reason: null }];
      return [{ arm, seed, ...stateOf(trial, study) }];
    }),
  );
}

function stateOf({ status, error }: StoredTrial, study: StudyFile): Pick<UnfinishedTrial, 'state' | 'reason'> {
  if (status !== 'done') return { state: status, reason: error?.message ?? null };
  if (hasFolds(study)) return { state: 'waiting', reason: 'Not every fold is finished.' };
  return { state: 'failed', reason: 'Its predictions are missing from the store.' };
}
