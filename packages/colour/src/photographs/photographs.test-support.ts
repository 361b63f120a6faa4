import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '@chromaray/base';
import { encodePng, type Image } from '@chromaray/imaging';

/** A picture of patches on a ground: bright ones red or yellow, dark ones blue or green, the large ones more so. */
export function drawnPhotograph(seed: number, side = 96): Image {
  const random = new Random('photographs').fork(seed);
  const data = new Uint8Array(side * side * 3);
  const ground = 40 + 60 * random.float();
  const patches = Array.from({ length: 5 }, () => ({
    x: random.float() * side,
    y: random.float() * side,
    radius: side * (0.08 + 0.2 * random.float()),
    level: 30 + 200 * random.float(),
    hue: random.int(2),
  }));
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const patch = patches.find((one) => (one.x - x) ** 2 + (one.y - y) ** 2 < one.radius ** 2);
    const level = (patch?.level ?? ground) + 12 * Math.sin((x + seed) / 5) * Math.cos(y / 7);
    const colour = patch === undefined ? grounds[2 * x < side ? 0 : 1]! : hues[patch.level > 120 ? 0 : 1]![patch.hue]!;
    colour.forEach((shift, c) => {
      const sample = level + shift;
      data[3 * i + c] = Math.max(0, Math.min(255, sample + random.int(5)));
    });
  }
  return { width: side, height: side, channels: 3, data };
}

const grounds = [
  [20, 0, -30],
  [-15, 5, 25],
];

const hues = [
  [
    [50, -20, -20],
    [30, 20, -60],
  ],
  [
    [-30, -10, 60],
    [-20, 30, -20],
  ],
];

/** Writes drawn photographs as PNG. */
export async function writePhotographs(folder: string, count: number, first = 0): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (let seed = first; seed < first + count; seed++) {
    writeFileSync(
      path.join(folder, `photo-${String(seed).padStart(4, '0')}.png`),
      await encodePng(drawnPhotograph(seed)),
    );
  }
}
