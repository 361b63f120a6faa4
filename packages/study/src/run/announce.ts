import {
  type Audit,
  type Dataset,
  type EventFinding,
  type Finding,
  type OnStudyEvent,
  type RiskAccepted,
  type Split,
  type StudyFile,
  splitFacts,
} from '@chromaray/contracts';
import { type BalancePlan, balanceFacts } from '@chromaray/data';
import { describeBackends } from '@chromaray/engine';
import { expectedAuroc, plannedPrecision, wantedPower } from '../sensitivity/planned-sensitivity.js';

/** The data that a study runs on, before it is audited. */
export interface AnnouncedData {
  readonly dataset: Dataset;
  readonly split: Split;
  readonly balance: BalancePlan;
}

/** What a study's data are, how they are split and balanced, and what the test part can be expected to show. */
export function announceData(
  { dataset, split, balance }: AnnouncedData,
  study: StudyFile,
  onEvent: OnStudyEvent,
): void {
  const { records, unreadable, leftOut } = dataset;
  onEvent({
    kind: 'dataset-described',
    dataset: dataset.hash,
    records: records.length,
    patients: dataset.patientRule === null ? null : new Set(records.map(({ patient }) => patient)).size,
    unreadable: unreadable.length,
    leftOut: leftOut?.length ?? 0,
  });
  const { seed, counts } = split;
  onEvent({ kind: 'split-made', ...splitFacts(split, dataset), seed, counts });
  onEvent({ kind: 'balance-planned', ...balanceFacts(balance, split, dataset) });
  const { batch } = study.training;
  const images = balance.entries.length;
  if (batch > images) onEvent({ kind: 'batch-larger-than-part', batch, images });
  onEvent({
    kind: 'sensitivity-planned',
    smallestDetectable: plannedPrecision(split.counts.test, study).smallestDetectable,
    auroc: expectedAuroc,
    power: wantedPower,
    margin: study.endpoint.margin,
    seeds: study.seeds.length,
  });
}

/** What the audit came to, and each of its warnings. */
export function announceAudit({ checks, counts, findings, seconds }: Audit, onEvent: OnStudyEvent): void {
  const { blocks, warns, notes } = counts;
  onEvent({ kind: 'audit-finished', checks: checks.length, blocks, warns, notes, seconds });
  for (const finding of findings) {
    if (finding.severity === 'warns') onEvent({ kind: 'warned', by: 'audit', finding: eventFinding(finding) });
  }
}

/** Blocking findings that were accepted. */
export function announceAccepted(accepted: readonly Finding[], by: RiskAccepted['by'], onEvent: OnStudyEvent): void {
  for (const finding of accepted) onEvent({ kind: 'risk-accepted', by, finding: eventFinding(finding) });
}

function eventFinding({ id, title, remedy, records }: Finding): EventFinding {
  return { id, title, remedy, records: records.length };
}

/** What trains how many trials, and what is used in place of a faster backend that the machine lacks. */
export function announceTraining(
  { training }: StudyFile,
  planned: { readonly trials: number; readonly concurrency: number; readonly threads: number },
  { backend, version }: { readonly backend: string; readonly version: string },
  onEvent: OnStudyEvent,
): void {
  const [wanted] = describeBackends();
  if (training.backend === 'auto' && training.provider === 'cpu' && wanted?.available === false) {
    const { name, reason = '' } = wanted;
    onEvent({ kind: 'fell-back', what: 'backend', wanted: name, used: backend, reason });
  }
  const { trials, concurrency, threads } = planned;
  onEvent({ kind: 'training-planned', trials, concurrency, threads, backend, backendVersion: version });
}
