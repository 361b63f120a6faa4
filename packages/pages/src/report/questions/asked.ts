import { level, listed } from '@chromaray/base';
import { endpointName, isLowerBetter } from '@chromaray/contracts';
import { capitalised } from '../../kit/capitalised.js';
import { html } from '../../kit/html.js';
import { declarationText, whenDeclared } from '../declaration.js';
import { onlyPictures } from '../only-pictures.js';
import { differingSections } from '../sections/differing.js';
import { foundWords } from '../sections/first-words.js';
import { readingSection } from '../sections/reading.js';
import { terms } from '../sections/section.js';
import type { Ask } from './question.js';

/** As in "a network finds ..."; of several classes "tells ... apart". */
function finds({ verdict, dataset }: Parameters<Ask>[0]): string {
  return foundWords(verdict.arms, dataset).replace(/^(find|tell)/, '$1s');
}

/** The question, and whether it was declared before training. */
export const asked: Ask = (input) => {
  const { endpoint } = input.verdict;
  const control = input.arms.find((arm) => arm.control)?.name ?? 'the control';
  const others = input.arms.filter((arm) => !arm.control);
  const names = others.map(({ name }) => name);
  const pictures = onlyPictures(input.arms);
  return {
    id: 'asked',
    title: 'What was asked?',
    short: 'What was asked',
    answer: `Whether a network ${finds(input)} better, measured by ${endpointName(endpoint)}, ${pictures ? 'when its X-rays come as' : 'in the arm'} ${listed(names, 'or')} than ${pictures ? 'as' : 'in'} ${control}; differences under ${endpoint.margin} were to count as too small to matter. ${declarationText(input)}`,
    sections: [
      {
        id: 'endpoint',
        title: `Endpoint, ${whenDeclared(input)}`,
        short: 'Endpoint',
        body: terms([
          [
            'Endpoint',
            `${capitalised(endpointName(endpoint))} on the test part, mean over seeds${isLowerBetter(endpoint) ? '; lower is better' : ''}`,
          ],
          ['Control', control],
          [
            'Compared with it',
            html`${others.map(({ name, description }) => html`<span class="line"><b>${name}</b>: ${description}</span>`)}`,
          ],
          ['Margin', `±${endpoint.margin}: smaller differences do not matter`],
          [
            'Error rate',
            `alpha ${endpoint.alpha} ${endpoint.correction === 'holm' ? "for the whole study, kept over several arms by Holm's correction" : 'for each arm'}; intervals of ${level(1 - endpoint.alpha)} or more`,
          ],
        ]),
      },
      ...differingSections(input),
      readingSection(input),
    ],
  };
};
