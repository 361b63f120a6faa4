import { expect, it } from 'vitest';
import { differences } from './differences.js';

it('names the keys in which study files differ, arms by their name, and no other', () => {
  const first = 'name: a\nseeds: [1, 2]\ntraining: { epochs: 2, batch: 8 }\narms: [{ name: gray, colour: none }]\n';
  const second =
    'name: b\nseeds: [1, 2]\ntraining: { epochs: 3, batch: 8 }\narms: [{ name: gray, colour: none }, { name: jet, colour: { map: jet } }]\n';
  expect(differences([first, second])).toEqual([
    { key: 'name', values: ['a', 'b'] },
    { key: 'training.epochs', values: ['2', '3'] },
    { key: 'arms: jet', values: ['–', '{ name: jet, colour: { map: jet } }'] },
  ]);
  expect(differences([first, first])).toEqual([]);
});
