import { level, listed } from '../format.js';
import { html } from '../html.js';
import { readingSection } from '../sections/reading.js';
import { terms } from '../sections/section.js';
import type { Ask } from './question.js';

/** The question as it was declared before training. */
export const asked: Ask = (input) => {
  const { endpoint } = input.verdict;
  const control = input.arms.find((arm) => arm.control)?.name ?? 'the control';
  const others = input.arms.filter((arm) => !arm.control);
  return {
    id: 'asked',
    title: 'What was asked?',
    short: 'What was asked',
    answer: `Whether a network finds ${input.dataset.positive} better, by at least ${endpoint.margin} in AUROC, when its X-rays come as ${listed(others.map(({ name }) => name)).replace(/ and ([^ ]*)$/, ' or $1')} than as ${control}. ${input.verdict.endpointChanged ? `But the endpoint was changed after training: ${input.verdict.endpointChanged}.` : 'Question, measure, margin and error rate were written down before training.'}`,
    sections: [
      {
        id: 'endpoint',
        title: input.verdict.endpointChanged ? 'The endpoint, as changed' : 'What was declared before training',
        short: 'Declared beforehand',
        body: terms([
          ['Endpoint', 'AUROC on the test part, mean over seeds'],
          ['Control', control],
          [
            'Compared with it',
            html`${others.map(({ name, description }) => html`<span class="line"><b>${name}</b>: ${description}</span>`)}`,
          ],
          ['Margin', `±${endpoint.margin}: smaller differences do not matter`],
          [
            'Error rate',
            `alpha ${endpoint.alpha} for the whole study${endpoint.correction === 'holm' ? ", kept over several arms by Holm's correction" : ''}; intervals of ${level(1 - endpoint.alpha)} or more`,
          ],
        ]),
      },
      readingSection(input),
    ],
  };
};
