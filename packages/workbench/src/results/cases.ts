import { statSync } from 'node:fs';
import type { StudyFolder } from '@chromaray/contracts';
import { decidedRight, mean, type TrialScores } from '@chromaray/results';
import { openStudyReader, readArtefactIfAny } from '@chromaray/store';
import { readVerdictScores } from '@chromaray/study';
import { z } from 'zod';
import { pageSchema } from '../datasets/select-records.js';

const text = z.string();

export const outcomes = ['true positive', 'false positive', 'true negative', 'false negative'] as const;
/** Of several classes there are no two sides: what a record is called is its class, or is not. */
const ofClasses = ['right', 'wrong'] as const;

/** What all networks of an arm said of a record. */
const armSaysSchema = z.strictObject({
  arm: text,
  /** Mean over its seeds of the probability of the positive class; of several classes of the record's own. */
  probability: z.number(),
  /** Finished trials, and how many of them decided wrongly: each by its own threshold, of several classes by the most probable. */
  seeds: z.number().int(),
  wrong: z.number().int(),
  /**
   * What the arm makes of it: its networks together call it positive when they are above their thresholds on average; of
   * several classes they call it the one with the largest mean probability.
   */
  outcome: z.enum([...outcomes, ...ofClasses]),
  /** What it is called, of several classes; absent of two. */
  called: text.exactOptional(),
  /** Of each seed, with the threshold that its validation part chose; null of several classes, which need none. */
  ofSeeds: z.array(
    z.strictObject({
      ...{ seed: z.number().int(), probability: z.number(), threshold: z.number().nullable(), right: z.boolean() },
      called: text.exactOptional(),
    }),
  ),
});

export const caseSchema = z.strictObject({
  record: text,
  label: text,
  positive: z.boolean(),
  patient: text.nullable(),
  arms: z.array(armSaysSchema),
  /** How far the mean probability of all arms is from the truth, 0 to 1. */
  error: z.number(),
  /** How far that mean is from 0.5, 0 to 0.5; of several classes how far the largest of the classes' means is above chance. */
  confidence: z.number(),
  /** Largest difference between the means of two arms. */
  disagreement: z.number(),
  /** Largest difference between two seeds of one arm. */
  spread: z.number(),
});

export type Case = z.infer<typeof caseSchema>;

export const caseQuerySchema = pageSchema.extend({
  sort: z.enum(['error', 'confidence', 'disagreement', 'spread', 'record', 'probability']).default('error'),
  order: z.enum(['up', 'down']).default('down'),
  /** Records of this class. */
  label: text.optional(),
  /** What this arm made of it; or whether its networks were right: all of them, or at least one wrong. Needs `arm`. */
  outcome: z.enum(['right', 'wrong', ...outcomes]).optional(),
  /** Sort by this arm's probability, and look at its outcome. */
  arm: text.optional(),
  /** A part of the record's name. */
  text: text.optional(),
});

export type CasePage = z.infer<typeof casePageSchema>;

export const casePageSchema = z.strictObject({
  total: z.number().int(),
  cases: z.array(caseSchema),
  /** Of all cases, whatever is asked for. */
  labels: z.array(text),
  arms: z.array(text),
});

/** The test part record by record, as the finished trials of a study see it. Worked out once for a store as it stands. */
export class Cases {
  private readonly known = new Map<string, { readonly of: string; readonly cases: readonly Case[] }>();

  of(folder: StudyFolder): readonly Case[] {
    const now = versionOf(folder);
    const known = this.known.get(folder.store);
    if (known?.of === now) return known.cases;
    const cases = readCases(folder);
    // One study at a time is looked at; many tens of thousands of cases take memory.
    this.known.clear();
    this.known.set(folder.store, { of: now, cases });
    return cases;
  }
}

/** Changes whenever the store does; while a run writes, what is new stands in the log beside it. */
function versionOf({ store }: StudyFolder): string {
  const stamp = (file: string): string => {
    const status = statSync(file, { throwIfNoEntry: false });
    return status === undefined ? '' : `${status.ino}/${status.size}/${status.mtimeMs}`;
  };
  return `${stamp(store)} ${stamp(`${store}-wal`)}`;
}

function readCases(folder: StudyFolder): readonly Case[] {
  const { test, trials } = readVerdictScores(folder);
  const facts = recordFacts(folder);
  const { several } = test;
  const arms = [...new Set(trials.map(({ arm }) => arm))].map((arm) => {
    const ofArm = trials.filter((trial) => trial.arm === arm);
    return { arm, trials: ofArm, right: ofArm.map((trial) => decidedRight(trial, test.labels)) };
  });
  return test.records.map((record, row): Case => {
    const positive = test.labels[row] === 1;
    const said = arms.map(({ arm, trials: ofArm, right }) =>
      several === undefined
        ? armSays(arm, ofArm, right, row, positive)
        : armCalls(arm, ofArm, several.names, several.labels[row]!, row),
    );
    const means = said.map(({ probability }) => probability);
    const overall = mean(means);
    return {
      ...{ record, positive, ...facts.get(record)! },
      arms: said,
      error: positive || several !== undefined ? 1 - overall : overall,
      confidence: several === undefined ? Math.abs(overall - 0.5) : aboveChance(trials, several.names.length, row),
      disagreement: Math.max(...means) - Math.min(...means),
      spread: Math.max(...said.map(({ ofSeeds }) => rangeOf(ofSeeds.map(({ probability }) => probability)))),
    };
  });
}

/** Class and patient of every record that was predicted. */
function recordFacts(folder: StudyFolder): ReadonlyMap<string, Pick<Case, 'label' | 'patient'>> {
  const manifest = readArtefactIfAny('manifest', folder.manifest);
  if (manifest !== undefined)
    return new Map(manifest.records.map(({ id, label, patient }) => [id, { label, patient }]));
  const reader = openStudyReader(folder);
  try {
    return new Map(reader.predictions().map(({ record, label, patient }) => [record, { label, patient }]));
  } finally {
    reader.close();
  }
}

function armSays(
  arm: string,
  trials: readonly TrialScores[],
  right: readonly ArrayLike<number>[],
  row: number,
  positive: boolean,
): Case['arms'][number] {
  const ofSeeds = trials.map(({ seed, test, threshold, thresholds }, i) => ({
    ...{ seed, probability: test[row]!, threshold: thresholds?.[row] ?? threshold },
    right: right[i]![row] === 1,
  }));
  const called = mean(ofSeeds.map(({ probability, threshold }) => probability - threshold)) >= 0;
  return {
    ...{ arm, ofSeeds, seeds: ofSeeds.length },
    probability: mean(ofSeeds.map(({ probability }) => probability)),
    wrong: ofSeeds.filter((one) => !one.right).length,
    outcome: outcomeOf(called, positive),
  };
}

/** What an arm makes of a record of several classes: it calls it the class with the largest mean probability. */
export function armCalls(
  arm: string,
  trials: readonly TrialScores[],
  names: readonly string[],
  label: number,
  row: number,
): Case['arms'][number] {
  const ofSeeds = trials.map(({ seed, classes }) => {
    const probabilities = classes!.map((ofClass) => ofClass[row]!);
    const called = largest(probabilities);
    return {
      seed,
      probability: probabilities[label]!,
      threshold: null,
      right: called === label,
      called: names[called]!,
    };
  });
  const called = largest(meanOfClasses(trials, row));
  return {
    ...{ arm, ofSeeds, seeds: ofSeeds.length, called: names[called]! },
    probability: mean(ofSeeds.map(({ probability }) => probability)),
    wrong: ofSeeds.filter((one) => !one.right).length,
    outcome: called === label ? 'right' : 'wrong',
  };
}

function meanOfClasses(trials: readonly TrialScores[], row: number): readonly number[] {
  return trials[0]!.classes!.map((_, index) => mean(trials.map(({ classes }) => classes![index]![row]!)));
}

function aboveChance(trials: readonly TrialScores[], classes: number, row: number): number {
  return Math.max(...meanOfClasses(trials, row)) - 1 / classes;
}

/** The place of the largest; of equal ones the first. */
function largest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

function outcomeOf(called: boolean, positive: boolean): (typeof outcomes)[number] {
  if (called) return positive ? 'true positive' : 'false positive';
  return positive ? 'false negative' : 'true negative';
}

function rangeOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

/** Cases that fit, in the order asked for; equal ones by record. */
export function selectCases(cases: readonly Case[], query: z.infer<typeof caseQuerySchema>): readonly Case[] {
  const { sort, order, label, outcome, arm, text: part } = query;
  const says = (one: Case) => one.arms.find((said) => said.arm === arm);
  const fits = (one: Case): boolean =>
    (label === undefined || one.label === label) &&
    (part === undefined || one.record.toLowerCase().includes(part.toLowerCase())) &&
    (outcome === undefined || fitsOutcome(says(one), outcome));
  const key = (one: Case): number | string => {
    if (sort === 'record') return one.record;
    if (sort !== 'probability') return one[sort];
    return says(one)?.probability ?? mean(one.arms.map(({ probability }) => probability));
  };
  const sign = order === 'up' ? 1 : -1;
  const compare = (a: number | string, b: number | string): number => (a === b ? 0 : a < b ? -1 : 1);
  return cases.filter(fits).sort((a, b) => sign * compare(key(a), key(b)) || compare(a.record, b.record));
}

function fitsOutcome(said: Case['arms'][number] | undefined, wanted: string): boolean {
  if (said === undefined) return false;
  return wanted === 'right' || wanted === 'wrong' ? said.wrong > 0 === (wanted === 'wrong') : said.outcome === wanted;
}
