import { Random } from '@chromaray/base';
import type { PhantomAnatomy } from './anatomy.js';
import { smoothstep } from './curves.js';
import { paintEllipse } from './ellipse.js';
import { smoothField } from './field.js';
import type { BodyGrid } from './grid.js';
import type { PhantomPathology } from './pathology.js';
import { paintTube, solidAt } from './tube.js';
import { pulmonaryTree } from './vessels.js';

/**
 * Share of the lung's air that fluid has replaced, one value from 0 to 1 per cell; undefined when healthy.
 *
 * Each value is proportional to the fill of the opacities until it meets 1: texture and shape do not
 * depend on the amount.
 */
export function fluidShare(
  pathology: PhantomPathology,
  anatomy: PhantomAnatomy,
  grid: BodyGrid,
): Float32Array | undefined {
  if (pathology.opacities.length === 0 && pathology.haze === 0) return undefined;
  const random = new Random(pathology.textureSeed);
  const coarse = smoothField(grid.side, 16, random.fork('coarse'));
  const fine = smoothField(grid.side, 44, random.fork('fine'));
  const share = new Float32Array(grid.side * grid.side);
  for (let i = 0; i < share.length; i++) {
    share[i] = pathology.haze * Math.max(0, 1 + 0.45 * coarse[i]! + 0.4 * fine[i]!);
  }
  for (const opacity of pathology.opacities) {
    const { x, y, rx, ry, tilt, fill, softness } = opacity;
    // Texture eats into the edge and reaches beyond it, so the ellipse painted is larger than the opacity.
    const reach = 1.4;
    paintEllipse(grid, { x, y, rx: rx * reach, ry: ry * reach, tilt, depth: 0 }, (cell, q) => {
      const radius = Math.sqrt(q) * reach + 0.2 * coarse[cell]! + 0.06 * fine[cell]!;
      const inside = 1 - smoothstep(1 - softness, 1.15, radius);
      share[cell] = share[cell]! + fill * inside * (1 + 0.1 * fine[cell]!);
    });
  }
  if (pathology.opacities.some((opacity) => opacity.bronchogram)) airBronchi(anatomy, grid, share, random);
  for (let i = 0; i < share.length; i++) share[i] = Math.min(1, Math.max(0, share[i]!));
  return share;
}

/** Bronchi that stay filled with air show dark within an opacity. */
function airBronchi(anatomy: PhantomAnatomy, grid: BodyGrid, share: Float32Array, random: Random): void {
  const open = new Float32Array(share.length);
  for (const direction of [-1, 1]) {
    for (const piece of pulmonaryTree(anatomy, direction, random.fork(direction))) {
      if (piece.startWidth < 0.004) continue;
      const bronchus = { ...piece, startWidth: piece.startWidth * 0.75, endWidth: piece.endWidth * 0.75 };
      paintTube(grid, bronchus, (cell, q) => {
        open[cell] = Math.max(open[cell]!, 0.3 * solidAt(q));
      });
    }
  }
  for (let i = 0; i < share.length; i++) share[i] = share[i]! * (1 - open[i]!);
}
