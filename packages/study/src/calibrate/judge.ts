import { compareAuroc, learning, type PairedScores, ruleVerdict, type VerdictWord } from '@chromaray/evidence';

/** What the harness said of one study whose truth is known. */
export interface JudgedStudy {
  readonly difference: number;
  readonly p: number;
  readonly lower: number;
  readonly upper: number;
  readonly verdict: VerdictWord;
}

/** Judges a study by the test and the rule that real studies are judged by: one arm against its control. */
export function judge(scores: PairedScores, margin: number, alpha: number): JudgedStudy {
  const { difference, p, interval } = compareAuroc(scores, 1 - alpha);
  // The smallest detectable difference is only quoted in the verdict's words; working it out takes longest of all.
  const { labels, patients } = scores;
  const learned = (arm: PairedScores['arm']) =>
    learning({ labels, scores: arm, ...(patients === undefined ? {} : { patients }) }, 1 - alpha);
  const { verdict } = ruleVerdict({
    difference,
    interval,
    pCorrected: p,
    margin,
    alpha,
    smallestDetectable: 0,
    learning: { arm: learned(scores.arm), control: learned(scores.control) },
  });
  return { difference, p, lower: interval.lower, upper: interval.upper, verdict };
}
