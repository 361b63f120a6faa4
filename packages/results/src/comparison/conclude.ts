import type {
  Comparison,
  Endpoint,
  Finding,
  StudyFile,
  StudyVerdict,
  StudyVerdictWord,
  UnfinishedTrial,
} from '@chromaray/contracts';
import { armResults } from './arm-results.js';
import { compareArms } from './compare-arms.js';
import type { StudyScores } from './study-scores.js';

/** Everything a conclusion rests on, besides the predictions. */
export interface ConclusionInput {
  readonly study: StudyFile;
  readonly counts: StudyVerdict['counts'];
  /** Findings that would have stopped the study and were accepted. */
  readonly accepted: readonly Finding[];
  readonly unfinished: readonly UnfinishedTrial[];
  /** What of the plan was changed when results could be known, as `amendedAfterResults` says it. */
  readonly amended?: readonly string[];
  readonly versions: StudyVerdict['versions'];
  readonly machine: StudyVerdict['machine'];
  readonly seconds: number;
}

/** Draws the study's conclusion from its predictions, by rule. */
export function conclude(input: ConclusionInput, scores: StudyScores): StudyVerdict {
  const { study, accepted, amended = [] } = input;
  const endpoint: Endpoint = { part: 'test', ...study.endpoint };
  const { comparisons, smallestDetectable } = compareArms(study.arms, scores, endpoint);
  const word = studyVerdict(comparisons);
  return {
    study: study.name,
    verdict: accepted.length > 0 || amended.length > 0 ? 'invalid' : word,
    statement: changeFirst(amended, studyStatement(word, comparisons, accepted, input.unfinished.length)),
    endpoint,
    amendedAfterResults: amended,
    arms: armResults(study.arms, scores, 1 - endpoint.alpha),
    comparisons,
    counts: input.counts,
    risksAccepted: accepted.map(({ id }) => id),
    unfinished: input.unfinished,
    smallestDetectable,
    versions: input.versions,
    machine: input.machine,
    seconds: input.seconds,
  };
}

/**
 * One arm that helps answers the study's question with yes. Otherwise one that cannot be told apart leaves it
 * open, whatever the others do; "no meaningful difference" needs every arm to show it.
 */
function studyVerdict(comparisons: readonly Comparison[]): StudyVerdictWord {
  const words = new Set(comparisons.map(({ verdict }) => verdict));
  if (words.has('helps')) return 'helps';
  if (words.has('inconclusive') || words.size === 0) return 'inconclusive';
  if (words.has('harms')) return 'harms';
  return 'no meaningful difference';
}

/** A question that was changed after looking is another question; its answer says so first. */
function changeFirst(amended: readonly string[], statement: string): string {
  if (amended.length === 0) return statement;
  return `No valid verdict: ${amended.join('; ')}. Exploratory: ${statement}`;
}

function studyStatement(
  word: StudyVerdictWord,
  comparisons: readonly Comparison[],
  accepted: readonly Finding[],
  unfinished: number,
): string {
  const partial =
    unfinished === 0 ? '' : ` ${unfinished} ${unfinished === 1 ? 'trial is' : 'trials are'} not finished.`;
  const finding =
    comparisons.length === 0 ? 'No arm can be compared with the control yet.' : sentence(word, comparisons);
  if (accepted.length === 0) return finding + partial;
  const reasons = accepted.map(({ title }) => title).join('; ');
  return `Invalid: the study was run although the audit had found: ${reasons}. What the numbers would say otherwise: ${finding}${partial}`;
}

function sentence(word: StudyVerdictWord, comparisons: readonly Comparison[]): string {
  const control = comparisons[0]!.control;
  const named = (verdict: string, last = 'and'): string =>
    list(
      comparisons.filter((comparison) => comparison.verdict === verdict).map(({ arm }) => arm),
      last,
    );
  switch (word) {
    case 'helps': {
      const harmed = named('harms');
      return `Against ${control}, ${named('helps')} found more pneumonia at the same rate of false alarms${harmed === '' ? '' : `; ${harmed} found less`}.`;
    }
    case 'harms':
      return `Against ${control}, ${named('harms')} found less pneumonia at the same rate of false alarms, and no arm found more.`;
    case 'no meaningful difference':
      return `No arm differs from ${control} by as much as the margin: ${named('no meaningful difference')}.`;
    default: {
      const equal = named('no meaningful difference');
      const worse = named('harms');
      return [
        `The study cannot tell whether ${named('inconclusive', 'or')} differs from ${control}`,
        ...(worse === '' ? [] : [`${worse} found less pneumonia at the same rate of false alarms`]),
        ...(equal === '' ? [] : [`no meaningful difference was found for ${equal}`]),
      ]
        .join('; ')
        .concat('.');
    }
  }
}

function list(names: readonly string[], last: string): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;
}
