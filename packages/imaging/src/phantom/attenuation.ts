import { Random } from '@chromaray/base';
import type { PhantomAnatomy } from './anatomy.js';
import { smoothstep } from './curves.js';
import { paintEllipse } from './ellipse.js';
import { smoothField } from './field.js';
import { type BodyGrid, bodyGrid } from './grid.js';
import { boneExcess, softTissue } from './materials.js';
import { boneDepths } from './skeleton.js';
import { softTissueDepths } from './soft-tissue.js';
import { paintTube, solidAt } from './tube.js';
import { vesselDepths } from './vessels.js';

/** What a patient does to the beam, per cell of the grid; both maps without unit (coefficient times depth). */
export interface AttenuationMap {
  readonly grid: BodyGrid;
  /** Attenuation of the healthy body. */
  readonly healthy: Float32Array;
  /** What would be added if all the air in the lung there were replaced by fluid. */
  readonly fillable: Float32Array;
}

const cache = new WeakMap<PhantomAnatomy, AttenuationMap>();

/** The attenuation of a patient for pictures of `size` pixels; kept while the patient's object lives. */
export function attenuationMap(anatomy: PhantomAnatomy, size: number): AttenuationMap {
  const grid = bodyGrid(size);
  const kept = cache.get(anatomy);
  if (kept && kept.grid.side === grid.side) return kept;
  const map = layOut(anatomy, grid);
  cache.set(anatomy, map);
  return map;
}

function layOut(anatomy: PhantomAnatomy, grid: BodyGrid): AttenuationMap {
  const { body, lung } = softTissueDepths(anatomy, grid);
  const bone = boneDepths(anatomy, grid);
  const vessels = vesselDepths(anatomy, grid);
  const gas = gasDepths(anatomy, grid);
  const healthy = new Float32Array(body.length);
  const fillable = new Float32Array(body.length);
  const random = new Random(anatomy.lungSeed);
  const coarse = smoothField(grid.side, 12, random.fork('coarse'));
  const fine = smoothField(grid.side, 48, random.fork('fine'));
  const airShare = 1 - anatomy.lungDensity;
  for (let i = 0; i < healthy.length; i++) {
    // No vessel takes more than part of the lung in front of and behind it.
    const aeration = 1 + anatomy.lungTexture * Math.max(-3, Math.min(3, coarse[i]! + fine[i]!));
    const air = airShare * aeration * (lung[i]! - Math.min(vessels[i]!, 0.7 * lung[i]!));
    const tissue = Math.max(0.2 * body[i]!, body[i]! - air - gas[i]!);
    healthy[i] = softTissue * tissue + boneExcess * bone[i]!;
    fillable[i] = softTissue * air;
  }
  return { grid, healthy, fillable };
}

/** Depth of gas outside the lungs in cm: windpipe and main bronchi, stomach, bowel. */
function gasDepths(anatomy: PhantomAnatomy, grid: BodyGrid): Float32Array {
  const gas = new Float32Array(grid.side * grid.side);
  const carina = anatomy.apex + (anatomy.base - anatomy.apex) * 0.26;
  const width = 0.02;
  const fill = (depth: number) => (cell: number, q: number) => {
    gas[cell] = Math.max(gas[cell]!, depth * solidAt(q));
  };
  const top = anatomy.apex - 0.1;
  paintTube(grid, { x0: 0, y0: top, x1: -0.006, y1: carina, startWidth: width, endWidth: width }, fill(1.5));
  for (const direction of [-1, 1]) {
    const x1 = -0.006 + direction * 0.055;
    const piece = { x0: -0.006, y0: carina, x1, y1: carina + 0.06, startWidth: 0.015, endWidth: 0.011 };
    paintTube(grid, piece, fill(1));
  }
  for (const bubble of [anatomy.stomach, ...anatomy.bowelGas]) {
    paintEllipse(grid, bubble, (cell, q) => {
      gas[cell] = Math.max(gas[cell]!, bubble.depth * smoothstep(0, 0.7, 1 - q));
    });
  }
  return gas;
}
