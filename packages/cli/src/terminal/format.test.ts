import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatSeconds } from './format.js';

describe('format', () => {
  it('writes durations for people', () => {
    expect([7.4, 65, 3599.6, 7800].map(formatSeconds)).toEqual(['7 s', '1 min 05 s', '1 h 00 min', '2 h 10 min']);
  });

  it('groups counts and scales sizes', () => {
    expect(formatCount(15198)).toBe('15 198');
    expect(formatBytes(96 * 1024 ** 2)).toBe('96.0 MiB');
    expect(formatBytes(300)).toBe('300 B');
  });
});
