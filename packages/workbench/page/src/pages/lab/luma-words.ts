import type { LumaKept } from '../../../../src/lab/luma-kept.js';

/** Share of pixels from which on brightness is called nearly kept. */
const nearly = 0.99;

/** What a colour leaves of a picture's brightness, in words: measured on this picture. */
export function lumaWords({ within, mean, largest, ordered }: LumaKept): readonly string[] {
  const share = (value: number): string => `${(Math.floor(1000 * value) / 10).toFixed(1)} %`;
  const levels = (value: number): string => `${value} ${value === 1 ? 'level' : 'levels'}`;
  const order =
    ordered === 1
      ? 'Brighter stays brighter.'
      : `${share(1 - ordered)} of the steps from one gray level to the next brighter one turn darker.`;
  if (within === 1)
    return [largest === 0 ? 'Luma is kept exactly.' : 'Luma is kept: within 1 level in every pixel.', order];
  if (within >= nearly)
    return [
      `Luma is nearly kept: within 1 level in ${share(within)} of pixels; off by ${levels(largest)} at most.`,
      order,
    ];
  return [
    `Luma is not kept: within 1 level in ${share(within)} of pixels; off by ${mean.toFixed(1)} levels on average, by ${largest} at most.`,
    order,
  ];
}
