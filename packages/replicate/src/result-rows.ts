import { count, counted } from '@chromaray/base';
import type {
  ControlledArm,
  IntervalEnds,
  Measured,
  OriginalResult,
  PublishedResult,
  ReplicationResult,
} from '@chromaray/contracts';

/** One network in the table that sets the original beside its replication; what is not known is null. */
export interface ResultRow {
  readonly name: string;
  readonly trained: string;
  readonly size: number;
  readonly epochs: number;
  readonly batch: number;
  readonly parameters: number | null;
  readonly trainLoss: number | null;
  readonly trainAccuracy: number | null;
  readonly tested: string;
  readonly loss: number | null;
  readonly accuracy: number;
  readonly interval: IntervalEnds | null;
  readonly auroc: number | null;
  readonly sensitivity: number | null;
  readonly specificity: number | null;
}

/** The original's two networks, each followed by its replication; then B; then every arm of C. */
export function resultRows(result: ReplicationResult): readonly ResultRow[] {
  const { original, plan, unseen } = result;
  const { gray, colour } = original;
  const replicatedColour = replicated('A color-final', colour, plan.colour);
  return [
    published('Original gray-final', gray.published, 'training part raised by copies of one X-ray a class'),
    replicated('A gray-final', gray, plan.gray),
    published('Original color-final', colour.published, 'copies of about 15 colorized X-rays'),
    replicatedColour,
    {
      ...replicatedColour,
      ...measures(unseen),
      name: 'B color-final',
      trained: 'the network of A',
      tested: `the official test part, ${counted(unseen.records, 'X-ray')} it has not copied`,
    },
    ...result.controlled.arms.map((arm) => controlled(arm, result)),
  ];
}

function published(name: string, reported: PublishedResult, sources: string): ResultRow {
  const { size, epochs, batch, parameters, trainLoss, trainAccuracy, loss, accuracy, evaluation } = reported;
  return {
    ...{ name, size, epochs, batch, parameters, trainLoss, trainAccuracy, loss, accuracy },
    trained: `${count(reported.trainedOn)} pictures: ${sources}`,
    tested: `${count(reported.evaluatedOn)}: ${evaluation}`,
    interval: null,
    auroc: null,
    sensitivity: null,
    specificity: null,
  };
}

function replicated(
  name: string,
  result: OriginalResult,
  { size, batch }: { readonly size: number; readonly batch: number },
): ResultRow {
  const { counts, sources, test, epochs, parameters, trainLoss, trainAccuracy } = result;
  const both = sources.inBoth === 0 ? 'none of them in training' : `${count(sources.inBoth)} of them in training`;
  return {
    ...{ name, size, epochs, batch, parameters, trainLoss, trainAccuracy },
    trained: `${count(counts.train.records)} pictures of ${counted(sources.train, 'X-ray')}`,
    tested: `${count(test.records)} pictures of ${counted(sources.test, 'X-ray')}, ${both}`,
    ...measures(test),
  };
}

function controlled(arm: ControlledArm, { plan, controlled: { verdict } }: ReplicationResult): ResultRow {
  const { accuracy, auroc, sensitivity, specificity, loss, parameters, trainLoss, trainAccuracy } = arm;
  const { train, test } = verdict.counts;
  return {
    ...{ accuracy, auroc, sensitivity, specificity, loss, parameters, trainLoss, trainAccuracy },
    name: `C ${arm.arm}${arm.control ? ' (control)' : ''}`,
    trained: `${counted(train.records, 'X-ray')}, patients apart`,
    size: plan.controlled.size,
    epochs: plan.controlled.epochs,
    batch: plan.controlled.batch,
    tested: `${counted(test.records, 'X-ray')} of other patients, ${counted(arm.seeds, 'seed')}`,
    interval: arm.accuracyInterval,
  };
}

function measures({ loss, accuracy, interval, auroc, sensitivity, specificity }: Measured) {
  return { loss, accuracy, interval, auroc, sensitivity, specificity };
}
