import { expect, test } from 'vitest';
import { wholeParts } from './whole.js';

test('whole people that add up to all of them', () => {
  expect(wholeParts([20.4, 3.6], 24)).toEqual([20, 4]);
  expect(wholeParts([10.5, 10.5], 21)).toEqual([11, 10]);
  expect(wholeParts([1 / 3, 1 / 3, 1 / 3], 1)).toEqual([1, 0, 0]);
});

test('numbers that are whole stay as they are', () => {
  expect(wholeParts([7, 0], 7)).toEqual([7, 0]);
});
