import { counted, listed, moment } from '@chromaray/base';
import {
  armDifferences,
  causesSentences,
  currentPlan,
  differingText,
  endpointName,
  type RegisteredPlan,
  type Registration,
  rungEpochs,
  searchedKeys,
  type TuneSection,
  tuneRungs,
} from '@chromaray/contracts';
import { type AmendmentText, plannedArms, planPage } from './plan-page.js';

/** A preset, an ONNX file or layers of the study's own, as the plan names it. */
function networkText({ preset, onnx, layers }: RegisteredPlan['model']): string {
  if (layers !== undefined) return `layers of the study's own, ${layers.map((one) => one.layer).join(', ')},`;
  return preset ?? `ONNX file ${onnx}`;
}

/** The registration of a study of networks; `amendments` are those of the registration, in words. */
export function registrationPage(registration: Registration, amendments: readonly AmendmentText[]): string {
  const { study, registered, program, hash, finishedTrials, origin } = registration;
  const plan = currentPlan(registration);
  const how =
    origin === 'older version'
      ? 'Written for a study that was begun before Chromaray kept registrations; begun'
      : 'Registered';
  const before =
    finishedTrials === 0
      ? 'No trial of the study had been trained.'
      : `${counted(finishedTrials, 'trial')} of the study had been trained already: the plan was not declared before training.`;
  return planPage({
    ...{ kind: null, study, program, hash, plan, amendments },
    question: plan.question,
    statement: `${how} at ${moment(registered)} with Chromaray ${program}. ${before}`,
    terms: planTerms(plan),
    hashInForce: registration.amendments.at(-1)?.hash ?? hash,
    equalHash: 'A study whose report names the same hash was run by this plan.',
  });
}

/** In what the arms differ, and where that leaves more than one possible cause. Colour alone needs no words: names say it. */
function differing(plan: RegisteredPlan): readonly (readonly [string, string])[] {
  const keys = armDifferences(plan);
  if (keys.every(({ kind }) => kind === 'colour')) return [];
  const texts = keys.map(
    ({ key, values }) => `${key}: ${plan.arms.map(({ name }, i) => `${name} ${differingText(values[i])}`).join(', ')}`,
  );
  return [['What differs', [`${texts.join('; ')}.`, ...causesSentences(plan)].join(' ')]];
}

/** Words for a term that holds for all arms but those that override it. */
function exceptIn(
  { arms }: RegisteredPlan,
  ...sections: readonly ('balance' | 'image' | 'model' | 'training')[]
): string {
  const others = arms.filter((arm) => sections.some((key) => arm[key] !== undefined)).map(({ name }) => name);
  return others.length === 0
    ? ''
    : `, but for what ${listed(others)} ${others.length === 1 ? 'has' : 'have'} of ${others.length === 1 ? 'its' : 'their'} own`;
}

/** How many splits a plan asks for, where it asks for more than one. */
function severalSplits({ folds, by, repeats }: RegisteredPlan['split']): string {
  if (by === 'site') return '; each site is a fold, tested on by networks that learn from the others';
  if (folds !== undefined) return `; ${folds} folds, each tested on by networks that learn from the others`;
  return repeats === undefined ? '' : `; ${repeats} random splits, of which the first decides`;
}

function planTerms(plan: RegisteredPlan): readonly (readonly [string, string])[] {
  const { dataset, split, arms, model, training, tune, seeds, endpoint, image, balance } = plan;
  const { margin } = endpoint;
  const planned = plannedArms(arms, endpoint);
  return [
    [
      'Endpoint',
      `Difference in ${endpointName(endpoint)} on the test part; differences under ${margin} do not count; ${planned.errorRate}.`,
    ],
    ['Arms', planned.arms],
    ...differing(plan),
    ['Seeds', `${listed(seeds.map(String))}: ${counted(seeds.length * arms.length, 'trial')}.`],
    [
      'Data set',
      `${counted(dataset.records, 'X-ray')} (${dataset.positive} against ${dataset.negative}), content hash ${dataset.hash}.`,
    ],
    [
      'Split',
      `Method ${split.method}, seed ${split.seed}${severalSplits(split)}. Classes balanced by: ${balance.method}${exceptIn(plan, 'balance')}.`,
    ],
    ['Network', `${networkText(model)} at ${image.size} x ${image.size} pixels${exceptIn(plan, 'model', 'image')}.`],
    [
      'Training',
      `${training.optimizer}, learning rate ${training.learningRate}, batches of ${training.batch}, ${counted(training.epochs, 'epoch')}; weights of the ${training.select} epoch${exceptIn(plan, 'training')}.`,
    ],
    ...(tune === undefined ? [] : [['Hyperparameters', tunePlan(tune)] as const]),
  ];
}

/** How hyperparameters will be chosen, word for word what is searched. */
function tunePlan(tune: TuneSection): string {
  const { method, candidates, seed, space } = tune;
  const keys = searchedKeys(space).map(([key, values]) => `${key} ${differingText(values)}`);
  const budget = `${counted(candidates, 'candidate')} and ${counted(rungEpochs(tuneRungs(tune)), 'epoch')} an arm`;
  return `Chosen on the validation part before any trial is tested, by ${method === 'random' ? 'random search' : 'successive halving'} with seed ${seed}: ${budget}, the same for every arm. Searched: ${keys.join('; ')}.`;
}
