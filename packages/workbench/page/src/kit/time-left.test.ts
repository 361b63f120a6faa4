import { expect, it } from 'vitest';
import { secondsLeft, timeLeftInWords } from './time-left.js';

it('is told at the rate so far, and not before there is one', () => {
  expect(secondsLeft({ at: 0, done: 0 }, { at: 500, done: 10 }, 100)).toBeUndefined();
  expect(secondsLeft({ at: 0, done: 0 }, { at: 5000, done: 0 }, 100)).toBeUndefined();
  expect(secondsLeft({ at: 0, done: 20 }, { at: 4000, done: 60 }, 100)).toBe(4);
});

it.each([
  [0, 'nearly done'],
  [42.4, 'about 42 seconds left'],
  [200, 'about 3 minutes left'],
  [7300, 'about 2 hours left'],
])('%d seconds are "%s"', (seconds, words) => {
  expect(timeLeftInWords(seconds)).toBe(words);
});
