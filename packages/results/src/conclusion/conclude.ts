import {
  type Comparison,
  causesSentences,
  type Endpoint,
  type FactorEffects,
  type Finding,
  type PlannedPrecision,
  type StudyFile,
  type StudyVerdict,
  type StudyVerdictWord,
  type UnfinishedTrial,
} from '@chromaray/contracts';
import { acrossSplits, type StudySplits } from '../comparison/across-splits.js';
import { armResults } from '../comparison/arm-results.js';
import { compareArms } from '../comparison/compare-arms.js';
import { testedCounts } from '../comparison/fold-scores.js';
import { comparisonsStatement } from '../comparison/statement.js';
import type { StudyScores } from '../comparison/study-scores.js';
import { controlReadings } from '../controls/readings.js';
import { factorEffects } from '../factorial/factor-effects.js';

/** Everything a conclusion rests on in addition to the predictions. */
export interface ConclusionInput {
  readonly study: StudyFile;
  readonly counts: StudyVerdict['counts'];
  /** Findings that would have stopped the study and were accepted. */
  readonly accepted: readonly Finding[];
  readonly unfinished: readonly UnfinishedTrial[];
  /** What the study was planned with. */
  readonly planned?: PlannedPrecision;
  /** What of the plan was changed when results could be known, as `amendedAfterResults` says it. */
  readonly amended?: readonly string[];
  /** Of a study with several splits. */
  readonly splits?: StudySplits | undefined;
  /** Of a study whose folds are sites: their names, in order. */
  readonly sites?: readonly string[] | undefined;
  readonly versions: StudyVerdict['versions'];
  readonly machine: StudyVerdict['machine'];
  readonly seconds: number;
}

/** Draws the study's conclusion from its predictions, by rule. */
export function conclude(input: ConclusionInput, scores: StudyScores): StudyVerdict {
  const { study, accepted, amended = [], splits } = input;
  const endpoint: Endpoint = { part: 'test', ...study.endpoint };
  const { comparisons, smallestDetectable } = compareArms(study.arms, scores, endpoint);
  const word = studyVerdict(comparisons);
  const finding = [comparisonsStatement(comparisons, endpoint), ...causesOf(study, comparisons)].join(' ');
  const verdict = accepted.length > 0 || amended.length > 0 ? 'invalid' : word;
  const controls = controlReadings({ study, endpoint, comparisons, verdict }, scores);
  const arms = armResults(study.arms, scores, endpoint);
  const factors = factorEffects(study, scores, endpoint, arms);
  return {
    study: study.name,
    verdict,
    statement: changeFirst(
      amended,
      studyStatement(finding, accepted, { unfinished: input.unfinished.length, folds: foldsDone(scores, splits) }),
    ),
    endpoint,
    amendedAfterResults: amended,
    ...(controls === undefined ? {} : { controls }),
    arms,
    comparisons:
      splits === undefined
        ? comparisons
        : comparisons.map((comparison) => ({
            ...comparison,
            acrossSplits: acrossSplits(comparison, splits, input.counts, endpoint),
          })),
    ...(factors === undefined ? {} : { factors: invalidFirst(verdict, factors) }),
    ...(scores.folds === undefined || splits === undefined
      ? { counts: input.counts }
      : {
          counts: { ...input.counts, test: testedCounts(scores) },
          folds: { asked: splits.asked, finished: scores.folds.length, sites: input.sites ?? null },
        }),
    risksAccepted: accepted.map(({ id }) => id),
    unfinished: input.unfinished,
    smallestDetectable,
    ...(input.planned === undefined ? {} : { planned: input.planned }),
    versions: input.versions,
    machine: input.machine,
    seconds: input.seconds,
  };
}

/**
 * A control that is not shown to have learned answers nothing. Otherwise one arm that helps answers the study's question
 * with yes; one that is undecided, or did not learn, leaves it open, with any results of the others; "no meaningful difference"
 * needs every arm to show it.
 */
function studyVerdict(comparisons: readonly Comparison[]): StudyVerdictWord {
  const words = new Set(comparisons.map(({ verdict }) => verdict));
  const order = ['control did not learn', 'helps', 'inconclusive', 'did not learn', 'harms'] as const;
  return order.find((word) => words.has(word)) ?? (words.size === 0 ? 'inconclusive' : 'no meaningful difference');
}

/** An arm that differs in two kinds of things answers for neither; said of the arms that could be compared. */
function causesOf(study: StudyFile, comparisons: readonly Comparison[]): readonly string[] {
  const compared = new Set(comparisons.map(({ arm }) => arm));
  return causesSentences({ ...study, arms: study.arms.filter(({ name, control }) => control || compared.has(name)) });
}

/** What stands beside an invalid verdict is no better founded. */
function invalidFirst(verdict: StudyVerdictWord, { statement, ...effects }: FactorEffects): FactorEffects {
  return { ...effects, statement: verdict === 'invalid' ? `Invalid, as the verdict is. ${statement}` : statement };
}

/** A question that was changed after looking is another question; its answer says so first. */
function changeFirst(amended: readonly string[], statement: string): string {
  if (amended.length === 0) return statement;
  return `No valid verdict: ${amended.join('; ')}. Exploratory: ${statement}`;
}

/** Finished folds of those asked for; null for a study without, and where all are finished. */
function foldsDone({ folds }: StudyScores, splits: StudySplits | undefined): readonly [number, number] | null {
  if (folds === undefined || splits === undefined || splits.finished.length === splits.asked) return null;
  return [splits.finished.length, splits.asked];
}

function studyStatement(
  finding: string,
  accepted: readonly Finding[],
  { unfinished, folds }: { readonly unfinished: number; readonly folds: readonly [number, number] | null },
): string {
  const ofFolds = folds === null ? '' : ` ${folds[0]} of ${folds[1]} folds are finished.`;
  const partial =
    unfinished === 0 ? '' : ` ${unfinished} ${unfinished === 1 ? 'trial is' : 'trials are'} not finished.`;
  if (accepted.length === 0) return finding + ofFolds + partial;
  const reasons = accepted.map(({ title }) => title).join('; ');
  return `Invalid: the study was run despite blocking audit findings: ${reasons}. Apart from these, the result reads: ${finding}${ofFolds}${partial}`;
}
