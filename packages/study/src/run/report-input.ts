import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  type ArmSection,
  type Audit,
  armDifferences,
  differingKinds,
  type Manifest,
  type RunRecord,
  type StudyFile,
  type StudyFolder,
  type StudyVerdict,
  serializeStudyFile,
  type TuningRecord,
} from '@chromaray/contracts';
import { type ConfusionMatrix, rocCurve } from '@chromaray/evidence';
import type { ReportArm, ReportDataset, ReportInput, ReportSample, ReportTrial, RocPoint } from '@chromaray/pages';
import { type StudyScores, testConfusion } from '@chromaray/results';
import type { StoredTrial, StudyReader } from '@chromaray/store';
import { describeArm } from './describe-arm.js';
import { idleShareOf } from './idle-share.js';
import { profileOf } from './profile-of.js';
import { reportCases } from './report-cases.js';
import { reportMethods } from './report-methods.js';
import { reportSubjects } from './report-subjects.js';
import { thresholdSteps } from './threshold-steps.js';

export interface ReportMaterial {
  /** Where the report is written: the study's folder, or another. */
  readonly into: StudyFolder;
  readonly study: StudyFile;
  readonly manifest: Manifest;
  readonly audit: Audit;
  readonly record: RunRecord;
  readonly store: StudyReader;
  readonly scores: StudyScores;
  readonly verdict: StudyVerdict;
  readonly samples: readonly ReportSample[];
  /** Undefined for a study without a search. */
  readonly tuning: TuningRecord | undefined;
}

/** What can stand beside a report. A report that is written elsewhere than into its study's folder has less beside it. */
const files: ReportInput['files'] = [
  { path: 'study.yaml', purpose: 'the study file as run, with every default' },
  { path: 'manifest.json', purpose: 'records, hashes, patients and parts' },
  { path: 'tuning.json', purpose: 'the candidates of the search for hyperparameters, and those chosen' },
  { path: 'audit.html', purpose: 'what the audit found, with pictures; audit.json, for machines' },
  { path: 'predictions.csv', purpose: 'arm, seed, part, record, patient, label, probability' },
  { path: 'verdict.json', purpose: 'the numbers behind this report' },
  { path: 'behaviour.json', purpose: 'calibration, thresholds, subgroups, agreement and mistakes of the models' },
  { path: 'summary.html', purpose: 'the study on two pages, to print' },
  { path: 'report.json', purpose: 'what this report says, for machines' },
  { path: 'tables', purpose: 'the tables of this report as CSV and LaTeX' },
  { path: 'figures', purpose: 'the figures of this report as SVG' },
  { path: 'methods.md', purpose: 'the methods section of a paper, to complete' },
  { path: 'checklists.html', purpose: 'the reporting checklists; also checklists.csv and checklists.md' },
  { path: 'explanation.json', purpose: 'where the networks look; pictures in the folder explanation' },
  { path: 'splits', purpose: 'the other splits or folds: each with its manifest, predictions, models and store' },
  { path: 'study.db', purpose: 'trials, epochs and predictions (SQLite)' },
  { path: 'models', purpose: 'one ONNX model a trial; gray pixels in, probability out' },
];

/** What the report brings itself. */
const ofReport = new Set(['summary.html', 'report.json', 'tables', 'figures', 'methods.md', 'checklists.html']);

/** Gathers what the report shows from the files of the study. */
export function reportInput(material: ReportMaterial): Omit<ReportInput, 'registration'> {
  const { study, manifest, audit, record, store, verdict, samples, tuning } = material;
  return {
    verdict,
    arms: study.arms.map((arm) => reportArm(arm, material)),
    audit,
    split: manifest.split,
    methods: reportMethods(study, store.evaluations(), record, tuning),
    ...(tuning === undefined ? {} : { tuning }),
    differing: armDifferences(study),
    dataset: reportDataset(study, manifest, audit),
    balance: record.balance,
    subjects: reportSubjects(manifest),
    cases: reportCases(study, manifest, material.scores),
    samples,
    studyFile: serializeStudyFile(study),
    ...(record.weights === undefined ? {} : { pretrained: record.weights }),
    started: record.started,
    finished: verdict.unfinished.length === 0 ? record.finished : null,
    commands: [
      { command: 'chromaray study run study.yaml', purpose: 'run the study again from its study file' },
      {
        command: `chromaray study report ${study.name}`,
        purpose: 'work out verdict and report again from the stored predictions',
      },
    ],
    files: files.filter(({ path: name }) => ofReport.has(name) || existsSync(material.into.inside(name))),
  };
}

function reportDataset(study: StudyFile, manifest: Manifest, audit: Audit): ReportDataset {
  const { hash, layout, positive, negative, patientRule } = manifest.dataset;
  return {
    name: path.basename(study.dataset.path),
    layout,
    hash,
    positive,
    negative,
    records: manifest.records.length,
    patients: audit.counts.patients,
    patientRule,
    unreadable: unreadableFiles(audit),
  };
}

/** The manifest holds no reasons, which name paths of this machine; the audit, kept beside it, does. */
function unreadableFiles(audit: Audit): ReportDataset['unreadable'] {
  const finding = audit.findings.find(({ id }) => id === 'unreadable-files');
  const evidence = (finding?.evidence ?? []) as readonly { record: string; code: string; reason: string }[];
  return evidence.map(({ record, code, reason }) => ({ id: record, code, reason }));
}

function reportArm(arm: ArmSection, material: ReportMaterial): ReportArm {
  const trials = material.study.seeds.map((seed) => reportTrial(arm.name, seed, material));
  const control = material.study.arms.find((one) => one.control);
  const kinds = control === undefined ? undefined : differingKinds(material.study, arm, control);
  const parameters = material.store.trials().find((trial) => trial.arm === arm.name && trial.parameters !== null);
  return {
    name: arm.name,
    control: arm.control,
    description: describeArm(material.study, arm),
    ...(kinds === undefined ? {} : { kinds }),
    parameters: parameters?.parameters ?? null,
    trials,
  };
}

function reportTrial(arm: string, seed: number, { store, scores }: ReportMaterial): ReportTrial {
  const stored = store.trial({ arm, seed });
  const scored = scores.trials.find((trial) => trial.arm === arm && trial.seed === seed);
  const isPooled = scores.folds !== undefined;
  return {
    seed,
    state: stored === undefined ? 'waiting' : state(stored),
    epochs: stored === undefined ? [] : store.epochs(stored),
    selectedEpoch: stored?.bestEpoch ?? null,
    threshold: scored?.threshold ?? null,
    roc: scored === undefined ? [] : rocPoints(scores.test.labels, scored.test),
    // Networks of different folds have no threshold in common.
    steps: scored === undefined || isPooled ? null : thresholdSteps(scores.test.labels, scored.test),
    confusion: scored === undefined ? null : (testConfusion(scored, scores) satisfies ConfusionMatrix),
    imagesPerSecond: stored?.imagesPerSecond ?? null,
    seconds: stored?.seconds ?? null,
    peakMemoryBytes: stored?.peakMemoryBytes ?? null,
    idleShare: stored === undefined ? null : idleShareOf(stored),
    profile: stored === undefined ? null : profileOf(stored),
  };
}

function state({ status }: StoredTrial): ReportTrial['state'] {
  return status === 'done' ? 'finished' : status;
}

function rocPoints(labels: Uint8Array, probabilities: Float64Array): readonly RocPoint[] {
  const curve = rocCurve(labels, probabilities);
  return Array.from(curve.sensitivity, (truePositiveRate, i) => ({
    truePositiveRate,
    falsePositiveRate: curve.falsePositiveRate[i]!,
  }));
}
