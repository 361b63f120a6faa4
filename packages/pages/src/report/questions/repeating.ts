import { checklistsSection } from '../sections/checklists.js';
import { methodsSection } from '../sections/methods.js';
import { repeatSection } from '../sections/repeat.js';
import type { Ask } from './question.js';

/** All that is needed to get the same numbers again, and what a journal asks for. */
export const repeating: Ask = (input) => ({
  id: 'repeating',
  title: 'What must a reader know to repeat it?',
  short: 'To repeat it',
  answer: 'The same study file, data, versions, backend and machine give the same numbers, bit for bit.',
  sections: [methodsSection(input), repeatSection(input), checklistsSection(input)],
});
