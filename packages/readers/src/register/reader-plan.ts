import { listed } from '@chromaray/base';
import type { ReaderCases, ReaderPlan, ReaderStudyFile } from '@chromaray/contracts';
import { meritName } from '@chromaray/results';

/**
 * What is registered of a reader study: its file without paths and names, and its cases by hash. Cases of the list that the
 * file leaves out by now are withdrawn.
 */
export function readerPlan(file: ReaderStudyFile, list: ReaderCases): ReaderPlan {
  const { dataset: _, ...selection } = file.cases;
  const { arms, design, image, scale, back, readers, endpoint, seed } = file;
  return {
    question: question(file),
    cases: {
      hash: list.hash,
      count: list.cases.length,
      positives: list.cases.filter(({ truth }) => truth === 1).length,
      positive: list.positive,
      negative: list.negative,
      training: list.training.length,
      selection,
      withdrawn: list.cases.flatMap(({ name }) => (selection.leaveOut.includes(name) ? [name] : [])),
    },
    ...{ arms, design, image, scale, back, readers, endpoint, seed },
  };
}

function question({ arms, endpoint, scale }: ReaderStudyFile): string {
  const control = arms.find((arm) => arm.control)!.name;
  const others = arms.filter((arm) => !arm.control).map(({ name }) => name);
  return `Does ${listed(others, 'or')} change the ${meritName(endpoint.metric)} of readers for ${scale.finding} against ${control} by ${endpoint.margin} or more?`;
}
