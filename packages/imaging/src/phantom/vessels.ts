import { Random } from '@chromaray/base';
import type { PhantomAnatomy } from './anatomy.js';
import type { BodyGrid } from './grid.js';
import { paintTube, solidAt, type TubePiece } from './tube.js';

/** A tree of tubes that starts at a hilum and thins towards the pleura. */
export function pulmonaryTree(anatomy: PhantomAnatomy, direction: number, random: Random): TubePiece[] {
  const pieces: TubePiece[] = [];
  const hilum = {
    x: direction * (anatomy.mediastinumHalfWidth + 0.012),
    y: anatomy.apex + (anatomy.base - anatomy.apex) * 0.38,
  };
  const grow = (x: number, y: number, angle: number, width: number, generation: number): void => {
    if (generation > 4 || width < 0.0016) return;
    const length = random.uniform(0.035, 0.07);
    const bent = angle + random.uniform(-0.25, 0.25);
    const x1 = x + direction * length * Math.cos(bent);
    const y1 = y + length * Math.sin(bent);
    pieces.push({ x0: x, y0: y, x1, y1, startWidth: width, endWidth: width * 0.78 });
    const spread = random.uniform(0.25, 0.5);
    grow(x1, y1, bent + spread, width * 0.7, generation + 1);
    grow(x1, y1, bent - spread, width * 0.66, generation + 1);
  };
  const trunks = [-1.15, -0.6, 0.05, 0.6, 1.1];
  for (const angle of trunks) {
    grow(hilum.x, hilum.y + 0.03 * angle, angle + random.uniform(-0.15, 0.15), random.uniform(0.01, 0.016), 0);
  }
  return pieces;
}

/** Depth of blood vessels in cm, one value per cell, to be counted where there is lung. */
export function vesselDepths(anatomy: PhantomAnatomy, grid: BodyGrid): Float32Array {
  const depths = new Float32Array(grid.side * grid.side);
  const random = new Random(anatomy.lungSeed);
  for (const direction of [-1, 1]) {
    for (const piece of pulmonaryTree(anatomy, direction, random.fork(direction))) {
      const depth = 95 * (piece.startWidth + 0.0015) * anatomy.vesselStrength;
      paintTube(grid, piece, (cell, q) => {
        depths[cell] = Math.max(depths[cell]!, depth * solidAt(q));
      });
    }
  }
  return depths;
}
