import { listed } from '@chromaray/base';
import {
  type ArmSection,
  type Dataset,
  endpointName,
  type RegisteredPlan,
  resolveArm,
  type StudyFile,
} from '@chromaray/contracts';
import { modelIdentity } from '@chromaray/trials';
import type { StudyModels } from '../prepare/study-models.js';

/** What is registered of a study: its file without paths and names, and what its data set holds. */
export function registeredPlan(study: StudyFile, dataset: Dataset, models: StudyModels): RegisteredPlan {
  const { split, image, balance, labels, model, training, tune, seeds, endpoint } = study;
  const arms = study.arms.map((arm) => withHashes(study, arm, models));
  return {
    question: question(study, dataset.positive),
    dataset: {
      hash: dataset.hash,
      records: dataset.records.length,
      positive: dataset.positive,
      negative: dataset.negative,
    },
    ...{ split, image, balance, arms, model: modelIdentity(model, models.weightsOf(model)), training, seeds, endpoint },
    ...(labels === undefined ? {} : { labels }),
    ...(tune === undefined ? {} : { tune }),
  };
}

/** An arm's part of a model section with file contents in place of the paths that it names. */
function withHashes(study: StudyFile, arm: ArmSection, models: StudyModels): ArmSection {
  const own = arm.model;
  if (typeof own?.onnx !== 'string' && typeof own?.weights !== 'string') return arm;
  const { sha256 } = models.weightsOf(resolveArm(study, arm).model)!;
  return { ...arm, model: { ...own, ...(typeof own.onnx === 'string' ? { onnx: sha256 } : { weights: sha256 }) } };
}

function question({ arms, endpoint }: StudyFile, positive: string): string {
  const control = arms.find((arm) => arm.control)!.name;
  const others = arms.filter((arm) => !arm.control).map(({ name }) => name);
  return `Does ${listed(others, 'or')} change the ${endpointName(endpoint)} for ${positive} against ${control} by ${endpoint.margin} or more?`;
}
