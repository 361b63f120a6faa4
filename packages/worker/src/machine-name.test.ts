import { expect, it } from 'vitest';
import { machineName } from './machine-name.js';

it.each([
  ['node17.cluster.example.org', 'node17'],
  ['left workstation', 'left-workstation'],
  ['Büro', 'B-ro'],
  ['_dmz', 'dmz'],
  ['', 'worker'],
])('a host called "%s" has a worker called %s', (host, name) => {
  expect(machineName(host)).toBe(name);
});
