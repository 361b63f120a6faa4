import type { Manifest, StudyFile } from '@chromaray/contracts';
import type { ReportCase, ReportCases } from '@chromaray/pages';
import { decidedRight, mean, type StudyScores } from '@chromaray/results';

/** More make a page slow; predictions.csv has them all. */
const mostListed = 1000;

/** The test part record by record, the control's worst answers first. */
export function reportCases(study: StudyFile, manifest: Manifest, { test, trials }: StudyScores): ReportCases {
  const records = new Map(manifest.records.map((record) => [record.id, record]));
  const arms = study.arms.flatMap(({ name: arm, control }) => {
    const finished = trials.filter((trial) => trial.arm === arm);
    const right = finished.map((trial) => decidedRight(trial, test.labels));
    return finished.length === 0 ? [] : [{ arm, control, finished, right }];
  });
  const cases = test.records.map((record, row): ReportCase => {
    const { label, positive, subtype } = records.get(record)!;
    return {
      ...{ record, label, positive, subtype },
      arms: arms.map(({ arm, control, finished, right }) => ({
        ...{ arm, control, seeds: finished.length },
        probability: mean(finished.map((trial) => trial.test[row]!)),
        wrong: right.filter((ofTrial) => ofTrial[row] === 0).length,
      })),
    };
  });
  const worst = [...cases].sort((a, b) => distance(b) - distance(a) || (a.record < b.record ? -1 : 1));
  return { cases: worst.slice(0, mostListed), records: cases.length };
}

/** How far the control's probability is from the truth; of the first arm where the control is not finished. */
function distance({ positive, arms }: ReportCase): number {
  const answer = arms.find((arm) => arm.control) ?? arms[0];
  if (answer === undefined) return 0;
  return positive ? 1 - answer.probability : answer.probability;
}
