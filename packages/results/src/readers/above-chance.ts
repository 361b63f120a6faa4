import {
  type AnalysedTable,
  analyseArms,
  type Learning,
  type MrmcAnalysis,
  readersAboveChance,
} from '@chromaray/evidence';
import type { ReaderQuestion } from './reader-question.js';

/** Whether readers read better than by guessing in each arm: judged by the AUC, whatever the endpoint is. */
export function readersAboveChanceOf(
  analysed: AnalysedTable,
  analysis: MrmcAnalysis,
  { method, control, alpha }: ReaderQuestion,
): ReadonlyMap<string, Learning> {
  const { arms } =
    method.merit.of === 'auc'
      ? analysis
      : analyseArms(analysed, control, { ...method, merit: { of: 'auc' } }, 1 - alpha);
  return new Map(arms.map(({ treatment, mean, interval }) => [treatment, readersAboveChance(mean, interval!)]));
}
