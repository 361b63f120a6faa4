import { listed } from '@chromaray/base';
import type { Dataset, RegisteredPlan, StudyFile } from '@chromaray/contracts';
import { modelIdentity } from '@chromaray/trials';
import type { StudyModels } from '../prepare/study-models.js';

/** What is registered of a study: its file without paths and names, and what its data set holds. */
export function registeredPlan(study: StudyFile, dataset: Dataset, { weights }: StudyModels): RegisteredPlan {
  const { split, image, balance, arms, model, training, seeds, endpoint } = study;
  return {
    question: question(study, dataset.positive),
    dataset: {
      hash: dataset.hash,
      records: dataset.records.length,
      positive: dataset.positive,
      negative: dataset.negative,
    },
    ...{ split, image, balance, arms, model: modelIdentity(model, weights), training, seeds, endpoint },
  };
}

function question({ arms, endpoint }: StudyFile, positive: string): string {
  const control = arms.find((arm) => arm.control)!.name;
  const others = arms.filter((arm) => !arm.control).map(({ name }) => name);
  return `Does ${listed(others, 'or')} change the ${endpoint.metric.toUpperCase()} for ${positive} against ${control} by ${endpoint.margin} or more?`;
}
