import { Random } from '@chromaray/base';
import { expect, it } from 'vitest';
import { aligned, planMemory } from './memory-plan.js';
import { Storage } from './value.js';

function storage(bytes: number, first: number, last: number): Storage {
  const made = new Storage(bytes, 'step');
  made.touch(first);
  made.touch(last);
  return made;
}

it('gives storages that live at the same time places apart, and reuses what is free', () => {
  const random = new Random('memory plan');
  for (let round = 0; round < 50; round++) {
    const storages = Array.from({ length: 30 }, () => {
      const first = random.int(40);
      return storage(1 + random.int(5000), first, first + random.int(8));
    });
    const { offsets, bytes } = planMemory(storages);
    const sum = storages.reduce((total, { bytes: size }) => total + aligned(size), 0);
    expect(bytes).toBeLessThan(sum);
    for (const a of storages) {
      const at = offsets.get(a)!;
      expect(at % 64).toBe(0);
      expect(at + a.bytes).toBeLessThanOrEqual(bytes);
      for (const b of storages) {
        if (a === b || a.last < b.first || b.last < a.first) continue;
        const other = offsets.get(b)!;
        expect(at + a.bytes <= other || other + b.bytes <= at).toBe(true);
      }
    }
  }
});

it('needs no more than the largest moment when lives do not overlap', () => {
  const plan = planMemory([storage(640, 0, 1), storage(640, 2, 3), storage(64, 1, 2)]);
  expect(plan.bytes).toBe(704);
});
