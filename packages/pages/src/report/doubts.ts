import { counted, listed } from '@chromaray/base';
import { type ComparisonVerdict, type Endpoint, isLowerBetter, type SplitsComparison } from '@chromaray/contracts';
import type { ReportInput } from './report-input.js';
import { shortcutReach, strongestName } from './sections/shortcuts.js';

/** A reason to read a study's verdict with care, as its first screen names it. */
export interface Doubt {
  readonly kind:
    | 'amended'
    | 'not learned'
    | 'several causes'
    | 'shortcut'
    | 'border'
    | 'audit'
    | 'patients unknown'
    | 'few seeds'
    | 'training set'
    | 'not registered'
    | 'unfinished';
  /** A few words for a chip. */
  readonly chip: string;
  /** Where the report says more: the id of a part. */
  readonly part: string;
}

/** Fewer seeds cannot show how much a result owes to chance in training. */
const enoughSeeds = 3;

/** Every reason for care that the study's own evidence gives, gravest first; chosen by rule, one sentence each at most. */
export function doubts(input: ReportInput): readonly Doubt[] {
  const { verdict, registration, dataset, audit } = input;
  const seeds = Math.min(...verdict.arms.map((arm) => arm.seeds.length));
  const warnings = audit.findings.filter(({ severity }) => severity === 'warns').length;
  const dumb = unlearnedArms(input);
  const severalCauses = input.arms.filter(({ kinds = [] }) => kinds.length > 1).map(({ name }) => name);
  const fragile = armsOfOneTrainingSet(input);
  const reach = shortcutReach(input);
  const found: readonly (Doubt | false)[] = [
    (verdict.amendedAfterResults ?? []).length > 0 && {
      kind: 'amended',
      chip: 'Plan changed after results',
      part: 'asked',
    },
    severalCauses.length > 0 && {
      kind: 'several causes',
      chip: `More than one possible cause: ${listed(severalCauses)}`,
      part: 'asked',
    },
    dumb.length > 0 && { kind: 'not learned', chip: `Not shown to have learned: ${listed(dumb)}`, part: 'trained' },
    (reach === 'beats' || reach === 'reaches') && {
      kind: 'shortcut',
      chip:
        reach === 'beats'
          ? capitalized(`${strongestName(input)} beats the control`)
          : `Control not shown to beat ${strongestName(input)}`,
      part: 'shortcuts',
    },
    looksAtBorder(input) && { kind: 'border', chip: 'Evidence at the border', part: 'looking' },
    warnings > 0 && { kind: 'audit', chip: counted(warnings, 'audit warning'), part: 'audit' },
    dataset.patients === null && { kind: 'patients unknown', chip: 'Patients unknown', part: 'audit' },
    verdict.arms.length > 0 &&
      seeds < enoughSeeds && { kind: 'few seeds', chip: `Only ${counted(seeds, 'seed')}`, part: 'compared' },
    fragile.length > 0 && {
      kind: 'training set',
      chip: `Not shown with other training sets: ${listed(fragile)}`,
      part: 'compared',
    },
    !registration?.declaredBeforeTraining &&
      (verdict.amendedAfterResults ?? []).length === 0 && {
        kind: 'not registered',
        chip: 'Not registered before training',
        part: 'asked',
      },
    verdict.folds !== undefined &&
      verdict.folds.finished < verdict.folds.asked && {
        kind: 'unfinished',
        chip: `${verdict.folds.finished} of ${verdict.folds.asked} folds finished`,
        part: 'trained',
      },
    verdict.unfinished.length > 0 && {
      kind: 'unfinished',
      chip: `${counted(verdict.unfinished.length, 'trial')} missing`,
      part: 'trained',
    },
  ];
  return found.filter((doubt) => doubt !== false);
}

/**
 * Arms that are not shown to have learned; verdicts of earlier versions do not say. Not those whose networks each
 * learned, and vary too much for the interval of their mean.
 */
export function unlearnedArms({ verdict }: Pick<ReportInput, 'verdict'>): readonly string[] {
  return verdict.arms.flatMap(({ arm, learning }) =>
    learning?.notLearned && learning.notLearned !== 'seeds vary' ? [arm] : [],
  );
}

/**
 * Arms whose verdict several splits do not bear out: a difference, but the interval over training sets includes 0 or lies
 * on the other side; none beyond the margin, but that interval reaches it. Also where too few splits are finished to say.
 */
function armsOfOneTrainingSet({ verdict: { comparisons, endpoint } }: Pick<ReportInput, 'verdict'>): readonly string[] {
  return comparisons.flatMap(({ arm, verdict, acrossSplits }) =>
    acrossSplits === undefined || isBorneOut(verdict, acrossSplits, endpoint) ? [] : [arm],
  );
}

function isBorneOut(verdict: ComparisonVerdict, { result, notLearned }: SplitsComparison, endpoint: Endpoint): boolean {
  if (verdict !== 'helps' && verdict !== 'harms' && verdict !== 'no meaningful difference') return true;
  if (result === null || notLearned > 0) return false;
  const [lower, upper] = result.interval;
  const { margin } = endpoint;
  const [up, down] = isLowerBetter(endpoint) ? ['harms', 'helps'] : ['helps', 'harms'];
  if (verdict === up) return lower > 0;
  if (verdict === down) return upper < 0;
  return lower > -margin && upper < margin;
}

/** True where more of the control's evidence lies at the border than its share of the picture, beyond chance. */
function looksAtBorder({ explanation }: ReportInput): boolean {
  const arms = explanation?.explanation.arms ?? [];
  const border = (arms.find((arm) => arm.control) ?? arms[0])?.energy.border;
  return border?.interval != null && border.interval[0] > border.area;
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
