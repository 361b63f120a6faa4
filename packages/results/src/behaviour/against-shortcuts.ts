import type { ShortcutBaseline, ShortcutComparison } from '@chromaray/contracts';
import { compareAurocWithFixed } from '@chromaray/evidence';
import { type ArmName, trialsOf } from '../comparison/arm-results.js';
import { asPair } from '../comparison/metric-summary.js';
import type { StudyScores } from '../comparison/study-scores.js';

/**
 * Every arm's networks against every shortcut classifier, paired by test record. Shortcuts without scores, of earlier
 * versions, and those that were not tested on the same records are left out.
 */
export function againstShortcuts(
  arms: readonly ArmName[],
  scores: StudyScores,
  shortcuts: readonly ShortcutBaseline[],
  level: number,
): readonly ShortcutComparison[] {
  const { records, labels, patients } = scores.test;
  return arms.flatMap(({ name }) => {
    const trials = trialsOf(name, scores);
    if (trials.length === 0) return [];
    return shortcuts.flatMap(({ view, scores: ofRecords = {} }) => {
      const fixed = records.map((record) => ofRecords[record]);
      if (!fixed.every((score) => score !== undefined)) return [];
      const arm = { labels, patients, scores: trials.map(({ test }) => test) };
      const { difference, interval, p } = compareAurocWithFixed(arm, fixed, level);
      return [{ arm: name, view, difference, interval: asPair(interval), p }];
    });
  });
}
