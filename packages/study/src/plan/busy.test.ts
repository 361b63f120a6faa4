import { expect, it } from 'vitest';
import { busyNotes } from './busy.js';

it('a busy machine is named in the plan, a quiet or unknown one is not', () => {
  expect(busyNotes(23.2, 2)).toEqual([expect.stringMatching(/load 23\.2 on 2 processors.*as busy as now/)]);
  expect(busyNotes(1.9, 2)).toEqual([]);
  expect(busyNotes(0, 1)).toEqual([]);
});
