import { expect, it } from 'vitest';
import { ownProblems, problemsIn } from './problems-at.js';

const problem = (...path: (string | number)[]) => ({ code: 'X', message: path.join('.'), line: 1, path });
const problems = [
  problem('training', 'batch'),
  problem('training', 'batsh'),
  problem('training'),
  problem('arms', 1, 'colour', 'map'),
  problem(),
];
const messages = (found: readonly { readonly message: string }[]) => found.map(({ message }) => message);

it('a problem stands at the field that it is about, or that holds what it is about', () => {
  expect(messages(problemsIn(problems, ['training', 'batch']))).toEqual(['training.batch']);
  expect(messages(problemsIn(problems, ['arms', 1, 'colour']))).toEqual(['arms.1.colour.map']);
  expect(messages(problemsIn(problems, ['arms', 0]))).toEqual([]);
});

it('what belongs to no field of a section stands at the section', () => {
  expect(messages(ownProblems(problems, ['training'], ['batch', 'epochs']))).toEqual(['training.batsh', 'training']);
  expect(messages(ownProblems(problems, ['arms'], [0, 1]))).toEqual([]);
});
