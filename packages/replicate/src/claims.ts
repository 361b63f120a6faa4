/**
 * What becomes of each claim of the original study, decided by rule from the numbers. A claim is looked at
 * twice: done as the study did it (A), and under the controlled protocol (C). What A shows and C does not is
 * put down to copies only where B shows it too: the same network, on X-rays it has not copied.
 */

import { count, counted, decimal, differenceInterval, duration, interval, percent, signed } from '@chromaray/base';
import type {
  Claim,
  ClaimOutcome,
  Comparison,
  ControlledArm,
  Measured,
  OriginalResult,
  Speed,
} from '@chromaray/contracts';
import { publishedColour, publishedGray, publishedLead, publishedNearPerfect } from './published.js';
import { learnedAccuracy, learningRatio, publishedTrainingSeconds } from './speed.js';
import { controlledMargin } from './study-files.js';

/** What the rules look at. */
export interface ClaimNumbers {
  readonly gray: Pick<OriginalResult, 'test' | 'speed' | 'size'>;
  readonly colour: Pick<OriginalResult, 'test' | 'speed' | 'size' | 'sources'>;
  readonly unseen: Measured;
  readonly controlled: {
    readonly control: ControlledArm;
    /** The arm in the colours of A. */
    readonly colour: ControlledArm;
    readonly comparison: Pick<Comparison, 'difference' | 'interval' | 'verdict'>;
  };
}

/** Half the published lead must be there for a claim of a lead to count as reproduced. */
const enoughLead = publishedLead / 2;
/** "Far faster" means at least this many times. */
const farFaster = 2;

export function judgeClaims(numbers: ClaimNumbers): readonly Claim[] {
  return [colourIsBetter(numbers), trainsFaster(numbers), nearPerfect(numbers)];
}

function outcome(asDone: boolean, controlled: boolean, copies: boolean): ClaimOutcome {
  if (controlled) return 'reproduced';
  return asDone && copies ? 'reproduced, and shown to come from copies' : 'not reproduced';
}

function colourIsBetter({ gray, colour, unseen, controlled }: ClaimNumbers): Claim {
  const lead = colour.test.accuracy - gray.test.accuracy;
  const unseenLead = unseen.accuracy - gray.test.accuracy;
  const { comparison } = controlled;
  const fairLead = controlled.colour.accuracy - controlled.control.accuracy;
  const asDone = lead >= enoughLead && colour.test.interval[0] > gray.test.interval[1];
  const held = comparison.verdict === 'helps' && fairLead >= enoughLead;
  const copies = unseenLead < enoughLead && unseen.interval[1] < colour.test.interval[0];
  return {
    id: 'colour-is-better',
    claim: `Colour is ${points(publishedLead)} better than gray`,
    outcome: outcome(asDone, held, copies),
    paragraph: [
      `Done as the study did it, colour less gray is ${signedPoints(lead)}: ${accuracy(colour.test)} on copies against ${accuracy(gray.test)} on ${count(gray.test.records)} X-rays.`,
      `The same colour network on those ${count(unseen.records)} X-rays, none of which it has copied, has ${accuracy(unseen)}: ${signedPoints(unseenLead)} against gray.`,
      `With patients apart and everything but the colours equal, colour's accuracy differs by ${signedPoints(fairLead)} and its AUROC by ${signed(comparison.difference)} (${differenceInterval(comparison.interval, controlledMargin)}): ${comparison.verdict}.`,
    ].join(' '),
    rule: `Reproduced where the controlled study finds that colour helps and leads by at least half the published lead (${points(enoughLead)}). Shown to come from copies where A has such a lead, with intervals apart, and the same network loses it on X-rays it has not copied.`,
  };
}

function nearPerfect({ colour, unseen, controlled }: ClaimNumbers): Claim {
  const asDone = colour.test.accuracy >= publishedNearPerfect;
  const held = controlled.colour.accuracy >= publishedNearPerfect;
  const copies = unseen.interval[1] < publishedNearPerfect && unseen.interval[1] < colour.test.interval[0];
  return {
    id: 'near-perfect',
    claim: `Colour reaches ${percent(publishedNearPerfect)}`,
    outcome: outcome(asDone, held, copies),
    paragraph: [
      `On its own test part the colour network has ${accuracy(colour.test)}, with ${count(colour.test.errors)} errors in ${count(colour.test.records)} pictures; the study reports ${percent(publishedColour.accuracy, 2)}.`,
      `They are copies of ${counted(colour.sources.test, 'X-ray')}, and ${count(colour.sources.inBoth)} of these are in its training part. On ${count(unseen.records)} others it has ${accuracy(unseen)}, with ${count(unseen.errors)} errors.`,
      `Under the controlled protocol the same colours reach ${percent(controlled.colour.accuracy)}.`,
    ].join(' '),
    rule: `Reproduced where the controlled study's colour arm has an accuracy of at least ${percent(publishedNearPerfect)}. Shown to come from copies where A has it and B's whole interval lies below it and below A's.`,
  };
}

function trainsFaster({ gray, colour, controlled }: ClaimNumbers): Claim {
  const grayTime = publishedTrainingSeconds(publishedGray, gray.speed);
  const colourTime = publishedTrainingSeconds(publishedColour, colour.speed);
  const timeRatio = gray.size === colour.size ? ratio(grayTime, colourTime) : null;
  const learned = learningRatio(colour.speed, gray.speed);
  const fairTime = ratio(
    Math.min(...controlled.colour.imagesPerSecond),
    Math.max(...controlled.control.imagesPerSecond),
  );
  const fairLearned = learningRatio(controlled.colour.speed, controlled.control.speed);
  const fast = (value: number | null): boolean => value !== null && value >= farFaster;
  const asDone = fast(timeRatio) || fast(learned);
  const held = fast(fairTime) || fast(fairLearned);
  return {
    id: 'trains-faster',
    claim: 'Colour trains far faster',
    outcome: outcome(asDone, held, asDone && !held),
    paragraph: [
      `At the speed measured here, the published training would take ${duration(grayTime)} for gray (${publishedGray.epochs} epochs of ${count(publishedGray.trainedOn)} pictures) and ${duration(colourTime)} for colour (${publishedColour.epochs} of ${count(publishedColour.trainedOn)}): ${factor(timeRatio)} in time.${gray.size === colour.size ? '' : ' (They were trained at different sizes here.)'}`,
      `To have ${percent(learnedAccuracy, 0)} of an epoch's training pictures right, gray saw ${seen(gray.speed)} and colour ${seen(colour.speed)}: ${factor(learned)}.`,
      `In the controlled study, where both arms have the same network and the same X-rays, it is ${factor(fairTime)} between the slowest colour trial and the fastest gray one in pictures a second, and ${factor(fairLearned)} in pictures seen (gray ${seen(controlled.control.speed)}, colour ${seen(controlled.colour.speed)}).`,
    ].join(' '),
    rule: `"Far faster" is at least ${farFaster} times, in time (in every seed) or in pictures needed. Reproduced where the controlled study shows it; shown to come from copies where only A, whose colour arm learns copies of a few X-rays, does.`,
  };
}

function ratio(numerator: number | null, denominator: number | null): number | null {
  return numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator;
}

function points(share: number): string {
  return `${decimal(100 * share, 1)} points`;
}

function signedPoints(share: number): string {
  const text = decimal(100 * share, 1);
  return `${share > 0 && text !== decimal(0, 1) ? '+' : ''}${text} points`;
}

function accuracy(measured: Measured): string {
  return `${percent(measured.accuracy, 2)} (${interval(measured.interval, (end) => percent(end))})`;
}

function seen({ imagesUntilLearned, imagesSeen }: Speed): string {
  return imagesUntilLearned === null
    ? `more than the ${count(Math.round(imagesSeen))} it was given`
    : `${count(Math.round(imagesUntilLearned))} pictures`;
}

function factor(value: number | null): string {
  if (value === null) return 'no factor could be measured';
  return value === 0 ? 'colour never got there' : `a factor of ${decimal(value, 2)}`;
}
