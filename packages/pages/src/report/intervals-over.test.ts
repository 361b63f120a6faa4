import { expect, it } from 'vitest';
import { intervalsOver, testedUnits } from './intervals-over.js';

const study = (patients: number | null, ...seeds: (readonly number[])[]) =>
  ({ dataset: { patients }, verdict: { arms: seeds.map((of) => ({ seeds: of })) } }) as never;

it('intervals are over patients only where they are known, and over seeds only where there are several', () => {
  expect(intervalsOver(study(100, [1, 2], [1, 2]))).toBe('patients and seeds');
  expect(intervalsOver(study(100, [1], [1]))).toBe('patients');
  expect(intervalsOver(study(null, [1, 2], [1]))).toBe('X-rays and seeds');
  expect(intervalsOver(study(null, [1]))).toBe('X-rays');
  expect(testedUnits({ patients: null })).toBe('X-rays');
});
