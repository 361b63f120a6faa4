import {
  type ArmsCompared,
  type Audit,
  armDifferences,
  type BalancePlanned,
  type Dataset,
  differingKinds,
  differingText,
  type EventFinding,
  type Finding,
  type OnStudyEvent,
  type RiskAccepted,
  resolveArm,
  type Split,
  type StudyFile,
  splitFacts,
  type TrainingPlanned,
} from '@chromaray/contracts';
import { balanceFacts, turnedLabels } from '@chromaray/data';
import { describeBackends } from '@chromaray/engine';
import { type ArmTraining, armsByTraining } from '../prepare/arm-training.js';
import { expectedAuroc, plannedParts, plannedPrecision, wantedPower } from '../sensitivity/planned-sensitivity.js';

/** The data that a study runs on, before it is audited. */
export interface AnnouncedData {
  readonly dataset: Dataset;
  readonly split: Split;
  readonly training: ReadonlyMap<string, ArmTraining>;
}

/** What a study's data are, how they are split and balanced, and what the test part can be expected to show. */
export function announceData(
  { dataset, split, training }: AnnouncedData,
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
  onEvent(armsCompared(study));
  for (const planned of plannedBalances(study, { dataset, split, training })) onEvent(planned);
  for (const [batch, images] of largeBatches(study, training)) {
    onEvent({ kind: 'batch-larger-than-part', batch, images });
  }
  const { margin, alpha: _, correction: __, bootstrap: ___, ...kind } = study.endpoint;
  onEvent({
    kind: 'sensitivity-planned',
    ...(kind.metric === 'auroc' && kind.class === undefined ? {} : { endpoint: kind }),
    smallestDetectable: plannedPrecision(plannedParts(study, split.counts), study).smallestDetectable,
    auroc: expectedAuroc,
    power: wantedPower,
    margin,
    seeds: study.seeds.length,
  });
}

function armsCompared(study: StudyFile): ArmsCompared {
  const control = study.arms.find((arm) => arm.control)!;
  return {
    kind: 'arms-compared',
    control: control.name,
    arms: study.arms.map(({ name }) => name),
    differing: armDifferences(study).map(({ key, values }) => ({ key, values: values.map(differingText) })),
    causes: study.arms
      .map((arm) => ({ arm: arm.name, kinds: differingKinds(study, arm, control) }))
      .filter(({ kinds }) => kinds.length > 1),
  };
}

/** One for each plan that arms share; which arms, where not all do. */
function plannedBalances(study: StudyFile, { dataset, split, training }: AnnouncedData): readonly BalancePlanned[] {
  const groups = armsByTraining(training);
  return groups.map(({ arms, training: told }) => {
    const { labels } = resolveArm(study, study.arms.find(({ name }) => name === arms[0])!);
    const turned = labels === undefined ? undefined : turnedLabels(dataset, split, labels);
    return {
      kind: 'balance-planned',
      ...balanceFacts(told.balance, told.split, dataset),
      ...(groups.length === 1 ? {} : { arms }),
      ...(turned && { turned: { positives: turned.positives.length, negatives: turned.negatives.length } }),
    };
  });
}

/** Batches that are larger than what their arm trains on, each once. */
function largeBatches(study: StudyFile, training: AnnouncedData['training']): readonly (readonly [number, number])[] {
  const found = study.arms
    .map((arm) => [resolveArm(study, arm).training.batch, training.get(arm.name)!.balance.entries.length] as const)
    .filter(([batch, images]) => batch > images);
  return [...new Map(found.map((pair) => [pair.join('/'), pair])).values()];
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
  planned: Pick<TrainingPlanned, 'trials' | 'concurrency' | 'threads' | 'elsewhere'>,
  { backend, version }: { readonly backend: string; readonly version: string },
  onEvent: OnStudyEvent,
): void {
  const [wanted] = describeBackends();
  if (training.backend === 'auto' && training.provider === 'cpu' && wanted?.available === false) {
    const { name, reason = '' } = wanted;
    onEvent({ kind: 'fell-back', what: 'backend', wanted: name, used: backend, reason });
  }
  onEvent({ kind: 'training-planned', ...planned, backend, backendVersion: version });
}
