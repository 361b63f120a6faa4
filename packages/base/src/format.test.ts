import { describe, expect, it } from 'vitest';
import {
  bytes,
  count,
  counted,
  duration,
  interval,
  level,
  listed,
  metric,
  moment,
  percent,
  pValue,
  signed,
  significant,
} from './format.js';

describe('format', () => {
  it('writes differences with their sign, and none where they round to zero', () => {
    expect([signed(0.0124), signed(-0.0124), signed(0.0002), signed(-0.0002)]).toEqual([
      '+0.012',
      '\u22120.012',
      '0.000',
      '0.000',
    ]);
  });

  it('marks what is missing or not a number', () => {
    for (const text of [
      metric(null),
      metric(Number.NaN),
      signed(Number.POSITIVE_INFINITY),
      percent(null),
      pValue(null),
    ]) {
      expect(text).toBe('–');
    }
    expect(interval(null)).toBe('–');
  });

  it('never prints a p value of zero', () => {
    expect([pValue(0), pValue(0.0009), pValue(0.001), pValue(0.049), pValue(0.62), pValue(1)]).toEqual([
      '< 0.001',
      '< 0.001',
      '0.001',
      '0.049',
      '0.62',
      '1.00',
    ]);
  });

  it('says durations as a person does', () => {
    expect([duration(4.21), duration(59.6), duration(75), duration(3599.7), duration(7500)]).toEqual([
      '4.2\u00a0s',
      '1\u00a0min\u00a00\u00a0s',
      '1\u00a0min\u00a015\u00a0s',
      '1\u00a0h 0\u00a0min',
      '2\u00a0h 5\u00a0min',
    ]);
  });

  it('writes counts, levels, sizes, times and lists', () => {
    expect([count(1075649), count(341.333), counted(1, 'seed'), counted(3, 'seed')]).toEqual([
      '1,075,649',
      '341.3',
      '1 seed',
      '3 seeds',
    ]);
    expect([level(0.95), level(0.9875), level(0.95, 0.99), percent(0.7285)]).toEqual([
      '95\u00a0%',
      '98.75\u00a0%',
      '95\u00a0% to 99\u00a0%',
      '72.9\u00a0%',
    ]);
    expect([0, 300, 12_345, 5.25 * 2 ** 20, 300 * 2 ** 20, 1.5 * 2 ** 30, 2 ** 41].map(bytes)).toEqual(
      ['0 B', '300 B', '12 KiB', '5.3 MiB', '300 MiB', '1.5 GiB', '2.0 TiB'].map((text) => text.replace(' ', '\u00a0')),
    );
    expect([significant(0.012345), significant(-2), significant(1234.5, 4), significant(null)]).toEqual([
      '0.0123',
      '\u22122',
      '1235',
      '–',
    ]);
    expect([moment('2025-06-12T12:25:31Z'), moment('yesterday')]).toEqual(['2025-06-12 12:25 UTC', 'yesterday']);
    expect(listed(['a', 'b', 'c'], 'or')).toBe('a, b or c');
    expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  });
});
