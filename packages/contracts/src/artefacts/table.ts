import type { z } from 'zod';
import type { Audit } from '../audit.js';
import type { StudyBehaviour } from '../behaviour.js';
import type { ExternalEvaluation } from '../evaluation.js';
import type { StudyExplanation } from '../explanation.js';
import type { Manifest } from '../manifest.js';
import type { ReaderAnalysis } from '../reader-analysis.js';
import type { ReaderCases, ReaderRegistration } from '../reader-registration.js';
import type { Registration } from '../registration.js';
import type { ReplicationResult } from '../replication.js';
import type { RunRecord } from '../run-record.js';
import type { TuningRecord } from '../tuning.js';
import type { StudyVerdict } from '../verdict.js';
import { auditSchema } from './schemas/audit.js';
import { behaviourSchema } from './schemas/behaviour.js';
import { evaluationSchema } from './schemas/evaluation.js';
import { explanationSchema } from './schemas/explanation.js';
import { manifestSchema } from './schemas/manifest.js';
import { readerAnalysisSchema } from './schemas/reader-analysis.js';
import { readerCasesSchema, readerRegistrationSchema } from './schemas/reader-registration.js';
import { registrationSchema } from './schemas/registration.js';
import { replicationSchema } from './schemas/replication.js';
import { reportSchema } from './schemas/report.js';
import { runSchema } from './schemas/run.js';
import { tuningSchema } from './schemas/tuning.js';
import { verdictSchema } from './schemas/verdict.js';

/** The content of `report.json`: what the report says, question by question. */
export type StudyReport = DeepReadonly<z.infer<typeof reportSchema>>;

type DeepReadonly<T> = unknown extends T
  ? T
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** The content of each artefact, without its format. */
export interface Artefacts {
  readonly audit: Audit;
  readonly behaviour: StudyBehaviour;
  readonly evaluation: ExternalEvaluation;
  readonly explanation: StudyExplanation;
  readonly manifest: Manifest;
  readonly readers: ReaderAnalysis;
  readonly readerCases: ReaderCases;
  readonly readerRegistration: ReaderRegistration;
  readonly registration: Registration;
  readonly replicate: ReplicationResult;
  readonly report: StudyReport;
  readonly run: RunRecord;
  readonly tuning: TuningRecord;
  readonly verdict: StudyVerdict;
}

export type ArtefactKind = keyof Artefacts;

type Content = Readonly<Record<string, unknown>>;

interface ArtefactEntry {
  /** Raised when a field changes its meaning; fields may be added without. */
  readonly format: number;
  readonly schema: z.ZodType;
  /** The nth turns a value of format n into one of format n + 1; absent where only the format was added. */
  readonly migrations?: readonly ((old: Content) => Content)[];
}

/** Every JSON file that a study leaves: its format, its schema, and how older ones become what it is now. */
export const artefactTable: Readonly<Record<ArtefactKind, ArtefactEntry>> = {
  audit: { format: 1, schema: auditSchema },
  behaviour: { format: 1, schema: behaviourSchema },
  evaluation: { format: 1, schema: evaluationSchema },
  explanation: { format: 1, schema: explanationSchema },
  manifest: { format: 1, schema: manifestSchema },
  readers: { format: 1, schema: readerAnalysisSchema },
  readerCases: { format: 1, schema: readerCasesSchema },
  readerRegistration: { format: 1, schema: readerRegistrationSchema },
  registration: { format: 1, schema: registrationSchema },
  replicate: { format: 1, schema: replicationSchema },
  report: { format: 1, schema: reportSchema },
  run: { format: 1, schema: runSchema },
  tuning: { format: 1, schema: tuningSchema },
  verdict: { format: 1, schema: verdictSchema },
};
