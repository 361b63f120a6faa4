import type { Image } from '../image.js';

/**
 * How colourful a picture is: the metric M3 of Hasler and Suesstrunk, "Measuring colourfulness in natural images" (2003),
 * on sRGB samples from 0 to 255. Gray is 0; about 15 reads as slightly, 45 as quite and 80 as highly colourful.
 */
export function colourfulness({ data }: Image): number {
  const count = data.length / 3;
  let [rg, yb, rgSquared, ybSquared] = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i += 3) {
    const redGreen = data[i]! - data[i + 1]!;
    const yellowBlue = (data[i]! + data[i + 1]!) / 2 - data[i + 2]!;
    rg += redGreen;
    yb += yellowBlue;
    rgSquared += redGreen * redGreen;
    ybSquared += yellowBlue * yellowBlue;
  }
  const mean = (rg / count) ** 2 + (yb / count) ** 2;
  const variance = Math.max(0, (rgSquared + ybSquared) / count - mean);
  return Math.sqrt(variance) + 0.3 * Math.sqrt(mean);
}
