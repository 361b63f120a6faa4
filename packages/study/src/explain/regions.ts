import type { RegionShares } from '@chromaray/contracts';
import type { Size } from '@chromaray/imaging';

/** Width of the border as a share of a side: that of the audit's shortcut from borders. */
const rim = 1 / 16;
/** The middle half in each direction. */
const inset = 1 / 4;

/** Pixels of the border. */
export function borderRegion(size: Size): Uint8Array {
  return frame(size, rim, 1);
}

/** Pixels of the central region. */
export function centreRegion(size: Size): Uint8Array {
  return frame(size, inset, 0);
}

/** Share of a region in its picture. */
export function areaShare(region: Uint8Array): number {
  return region.reduce((sum, inside) => sum + inside, 0) / region.length;
}

/** How much of a map's evidence lies in each region; null where it has none. */
export function regionShares(map: Float32Array, size: Size, lungs: Uint8Array | undefined): RegionShares {
  return {
    border: energyInside(map, borderRegion(size)),
    centre: energyInside(map, centreRegion(size)),
    lungs: lungs === undefined ? null : energyInside(map, lungs),
  };
}

function energyInside(map: Float32Array, region: Uint8Array): number | null {
  let [inside, all] = [0, 0];
  map.forEach((value, i) => {
    all += value;
    inside += value * region[i]!;
  });
  return all === 0 ? null : inside / all;
}

/** `outside` where a pixel lies within a share of the side from an edge, otherwise the opposite. */
function frame({ width, height }: Size, share: number, outside: 0 | 1): Uint8Array {
  const [left, top] = [Math.max(1, Math.round(width * share)), Math.max(1, Math.round(height * share))];
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const isOutside = x < left || y < top || x >= width - left || y >= height - top;
    return isOutside ? outside : 1 - outside;
  });
}
