import { z } from 'zod';
import { claimIds, claimOutcomes } from '../../replication.js';
import { count, countedFinding, countsByPart, interval, machine, measured, number, text, versions } from './common.js';
import { verdictSchema } from './verdict.js';

const network = { size: count, epochs: count, batch: count };
const plan = z.object({
  copies: z.object({ negatives: count, positives: count, pictures: count }),
  colour: z.object(network),
  gray: z.object({ ...network, perClass: count.nullable() }),
  controlled: z.object({ ...network, seeds: z.array(number), patience: count }),
});

const speed = z.object({
  imagesPerSecond: measured,
  secondsPerEpoch: number,
  imagesUntilLearned: measured,
  imagesSeen: number,
});

const rates = z.object({
  records: count,
  errors: count,
  accuracy: number,
  interval,
  loss: number,
  auroc: number,
  sensitivity: measured,
  specificity: measured,
  confusion: z.object({ truePositives: count, falsePositives: count, trueNegatives: count, falseNegatives: count }),
});

const original = z.object({
  published: z.object({
    ...network,
    network: z.enum(['gray-final', 'color-final']),
    trainedOn: count,
    parameters: count,
    trainLoss: number,
    trainAccuracy: number,
    loss: number,
    accuracy: number,
    evaluatedOn: count,
    evaluation: text,
  }),
  size: count,
  sources: z.object({ train: count, test: count, inBoth: count }),
  counts: countsByPart,
  copied: z.array(text),
  parameters: measured,
  epochs: count,
  selectedEpoch: measured,
  trainLoss: number,
  trainAccuracy: number,
  test: rates,
  speed,
  verdict: z.enum(['invalid', 'not blocked']),
  findings: z.array(countedFinding),
  folder: text,
});

const controlledArm = z.object({
  arm: text,
  control: z.boolean(),
  seeds: count,
  parameters: measured,
  accuracy: number,
  accuracyInterval: interval.nullable(),
  auroc: number,
  sensitivity: number,
  specificity: number,
  trainLoss: number,
  trainAccuracy: number,
  loss: number,
  speed,
  imagesPerSecond: z.array(number),
});

export const replicationSchema = z.object({
  notice: text,
  dataset: z.object({ name: text, hash: text, records: count }),
  labels: z.object({ positive: text, negative: text, note: text }),
  plan,
  cuts: z.array(text),
  colour: z.object({ name: text, note: text }),
  original: z.object({ gray: original, colour: original }),
  unseen: rates,
  controlled: z.object({ folder: text, verdict: verdictSchema, arms: z.array(controlledArm) }),
  claims: z.array(
    z.object({ id: z.enum(claimIds), claim: text, outcome: z.enum(claimOutcomes), paragraph: text, rule: text }),
  ),
  versions,
  machine,
  seconds: number,
});
