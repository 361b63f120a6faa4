import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { smoothField } from './field.js';

describe('smoothField', () => {
  it('has mean 0 and unit spread', () => {
    const fields = Array.from({ length: 30 }, (_, seed) => smoothField(64, 24, new Random(seed)));
    const values = fields.flatMap((field) => [...field]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.08);
    expect(Math.abs(Math.sqrt(square) - 1)).toBeLessThan(0.08);
  });

  it('changes little from cell to cell where the lattice is coarse', () => {
    const side = 96;
    const field = smoothField(side, 3, new Random(4));
    let steepest = 0;
    for (let i = 1; i < field.length; i++) {
      if (i % side !== 0) steepest = Math.max(steepest, Math.abs(field[i]! - field[i - 1]!));
    }
    expect(steepest).toBeLessThan(0.2);
  });
});
