import { writeFileAtomic } from '@chromaray/base';
import type { Audit } from '../audit/finding.js';
import { studyBehaviour } from '../behaviour/study-behaviour.js';
import { type ConclusionInput, conclude } from '../comparison/conclude.js';
import { studyScores } from '../comparison/study-scores.js';
import type { StudyVerdict, UnfinishedTrial } from '../comparison/types.js';
import { type ExplainStudyRequest, explainStudy } from '../explain/explain-study.js';
import type { StudyFile } from '../file/study-file.js';
import { type Manifest, readManifest } from '../manifest/manifest.js';
import { writeReport } from '../report/files/write-report.js';
import { exportPredictions } from '../store/predictions-csv.js';
import type { StoredTrial } from '../store/rows.js';
import type { StudyStore } from '../store/store.js';
import type { OnStudyEvent } from './events.js';
import { readJson } from './read-json.js';
import { reportExplanation } from './report-explanation.js';
import { reportInput } from './report-input.js';
import { reportMistakes } from './report-mistakes.js';
import type { RunRecord } from './run-record.js';
import { reportSamples } from './samples.js';
import type { StudyFolder } from './study-folder.js';

/**
 * Concludes from what the store holds and writes `predictions.csv`, `verdict.json`, `behaviour.json`, `explanation.json`, and the
 * report with what stands beside it. Works on a study that is not finished too; verdict and report then say what is missing.
 */
export async function finishStudy(
  folder: StudyFolder,
  store: StudyStore,
  study: StudyFile,
  onEvent: OnStudyEvent = () => {},
  explaining: Pick<ExplainStudyRequest, 'masks' | 'signal'> = {},
): Promise<StudyVerdict> {
  const manifest = readManifest(folder.manifest);
  const audit = readJson<Audit>(folder.audit);
  const record = readJson<RunRecord>(folder.runRecord);
  const predictions = store.predictions();
  const scores = studyScores(predictions);
  const verdict = conclude(conclusionInput(study, manifest, record, store), scores);
  exportPredictions(store, folder.predictions);
  writeFileAtomic(folder.verdict, `${JSON.stringify(verdict, null, 2)}\n`);
  const { shortcuts } = record;
  const behaviour = { ...studyBehaviour(study, manifest, scores, predictions), ...(shortcuts && { shortcuts }) };
  writeFileAtomic(folder.behaviour, `${JSON.stringify(behaviour, null, 2)}\n`);
  onEvent({ kind: 'progress', phase: 'reporting', done: 0, total: 1, unit: 'steps' });
  const samples = await reportSamples(study, manifest, record);
  const mistakes = await reportMistakes(study, behaviour, record);
  const explanation = await explainStudy({ folder, study, manifest, record, scores, onEvent, ...explaining });
  const input = {
    ...reportInput({ folder, study, manifest, audit, record, store, scores, verdict, samples }),
    behaviour,
    mistakes,
    ...(explanation === undefined ? {} : { explanation: await reportExplanation(folder, explanation) }),
  };
  writeReport(folder.root, input);
  return verdict;
}

function conclusionInput(study: StudyFile, manifest: Manifest, record: RunRecord, store: StudyStore): ConclusionInput {
  const { accepted, versions, machine, seconds } = record;
  const unfinished = store.trials().flatMap(unfinishedTrial);
  return { study, counts: manifest.split.counts, accepted, unfinished, versions, machine, seconds };
}

function unfinishedTrial({ arm, seed, status, error }: StoredTrial): readonly UnfinishedTrial[] {
  if (status === 'done') return [];
  return [{ arm, seed, state: status, reason: error?.message ?? null }];
}
