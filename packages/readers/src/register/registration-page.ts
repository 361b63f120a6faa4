import { counted, listed, moment } from '@chromaray/base';
import { currentReaderPlan, type ReaderPlan, type ReaderRegistration } from '@chromaray/contracts';
import { plannedArms, planPage } from '@chromaray/pages';
import { changeText, meritName } from '@chromaray/results';

/** The registration of a reader study for people, to be published before the first reading. */
export function readerRegistrationPage(registration: ReaderRegistration): string {
  const { study, registered, program, checked, hash, amendments } = registration;
  const plan = currentReaderPlan(registration);
  return planPage({
    ...{ kind: 'reader study', study, program, hash, plan },
    question: plan.question,
    statement: `Registered at ${moment(registered)} with Chromaray ${program}, before the first reading. Every picture was looked at for burnt-in text, as stated at ${moment(checked)}.`,
    terms: planTerms(plan),
    amendments: amendments.map(({ at, reason, changes, readings }) => ({
      ...{ at, reason },
      what: changes.map(changeText).join('; '),
      known: readings === 0 ? 'before the first reading' : `after ${counted(readings, 'reading')}`,
    })),
    hashInForce: amendments.at(-1)?.hash ?? hash,
  });
}

function planTerms({
  endpoint,
  arms,
  cases,
  design,
  readers,
  scale,
}: ReaderPlan): readonly (readonly [string, string])[] {
  const { metric, cut, range, margin } = endpoint;
  const planned = plannedArms(arms, endpoint);
  const at = cut === undefined ? '' : ` at a rating of ${cut} or more`;
  const between = range === undefined ? '' : ` between false positive rates of ${range[0]} and ${range[1]}`;
  return [
    [
      'Endpoint',
      `Difference in ${meritName(metric)}${at}${between}, by Obuchowski and Rockette's method (${endpoint.covariance}), readers ${endpoint.readers}, cases ${endpoint.cases}; differences under ${margin} do not count; ${planned.errorRate}.`,
    ],
    ['Arms', planned.arms],
    [
      'Cases',
      `${counted(cases.count, 'case')}, ${cases.positives} of class ${cases.positive} and ${cases.count - cases.positives} of ${cases.negative}; list SHA-256 ${cases.hash}${cases.withdrawn.length === 0 ? '' : `; ${counted(cases.withdrawn.length, 'case')} withdrawn later`}. ${cases.training === 0 ? 'No training cases.' : `${counted(cases.training, 'training case')}, never counted.`}`,
    ],
    ['Readers', `${counted(readers.length, 'reader')}: ${listed(readers)}.`],
    [
      'Design',
      `${design.kind}${design.blocks === undefined ? '' : ` with ${design.blocks} blocks`}, ${counted(design.sessions ?? (design.kind === 'sequential' ? 1 : arms.length), 'session')}, washout ${counted(design.washout, 'day')}.`,
    ],
    [
      'Scale',
      `Confidence from 0 (${scale.anchors[0]}) over 50 (${scale.anchors[1]}) to 100 (${scale.anchors[2]}) that ${scale.finding} is present${scale.call ? ', and a yes or no' : ''}.`,
    ],
  ];
}
