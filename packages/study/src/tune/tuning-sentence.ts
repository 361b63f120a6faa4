import { counted, listed } from '@chromaray/base';
import { rungEpochs, type TuningRecord } from '@chromaray/contracts';

/** How hyperparameters were chosen, for a methods section; the case in which results could be known is said. */
export function tuningSentence({ method, candidates, rungs, validation, finishedTrials }: TuningRecord): string {
  const keys = [...new Set(candidates.flatMap(({ settings }) => Object.keys(settings)))];
  const how = method === 'random' ? 'random search' : 'successive halving (Jamieson and Talwalkar 2016)';
  const known =
    finishedTrials === 0
      ? 'The choices were made before any trial was tested; the search was not given the test part.'
      : `The search was not given the test part, but ${counted(finishedTrials, 'trial')} of the study had been tested when it was made, so that results could be known.`;
  return `Hyperparameters (${listed(keys)}) were chosen for each arm by ${how} on the validation part (${counted(validation.records, 'X-ray')}): ${counted(candidates.length, 'candidate')} and ${counted(rungEpochs(rungs), 'epoch')} an arm, the same for every arm. ${known}`;
}
