import type { PhantomAnatomy } from './anatomy.js';
import { bell, smoothstep } from './curves.js';
import { paintEllipse } from './ellipse.js';
import type { BodyGrid } from './grid.js';
import { paintTube, solidAt } from './tube.js';

/** Depths along the beam in cm, one value per cell of the grid. */
export interface SoftTissue {
  /** Everything that is not air around the body, lungs included. */
  readonly body: Float32Array;
  /** Aerated lung: the rib cage less mediastinum, heart and what lies below the diaphragm. */
  readonly lung: Float32Array;
}

/** Inner half width of the rib cage on the patient's right at height `y`; zero above the apex. */
export function thoraxHalfWidth(anatomy: PhantomAnatomy, y: number): number {
  const t = Math.min(1, Math.max(0, (y - anatomy.apex) / (anatomy.base - anatomy.apex)));
  const widening = (1 - (1 - t) ** anatomy.apexFullness) ** 0.54;
  return anatomy.thoraxHalfWidth * widening * (0.92 + 0.08 * t);
}

/** Lays out body, lungs, mediastinum, heart, diaphragm, arms and neck. */
export function softTissueDepths(anatomy: PhantomAnatomy, grid: BodyGrid): SoftTissue {
  const { side } = grid;
  const body = new Float32Array(side * side);
  const lung = new Float32Array(side * side);
  const inside = middleDepths(anatomy, grid);
  const abdomenTop = Math.min(anatomy.rightDome, anatomy.leftDome);
  for (let row = 0; row < side; row++) {
    const y = grid.y[row]!;
    const bodyHalf = bodyHalfWidth(anatomy, y);
    const bodyDepth =
      anatomy.bodyDepth *
      (0.62 + 0.38 * smoothstep(0, 0.3, y)) *
      (1 + 0.1 * smoothstep(abdomenTop, abdomenTop + 0.2, y));
    const right = thoraxHalfWidth(anatomy, y);
    const left = right * anatomy.asymmetry;
    const rise = Math.min(1, Math.max(0, (y - anatomy.apex) / 0.28));
    const lungDepth = anatomy.bodyDepth * anatomy.lungDepthFraction * Math.sqrt(rise * (2 - rise));
    const mediastinum = mediastinumHalfWidth(anatomy, y);
    for (let column = 0; column < side; column++) {
      const x = grid.x[column]!;
      const cell = row * side + column;
      const b = x / bodyHalf;
      if (b * b >= 1) continue;
      body[cell] = bodyDepth * Math.sqrt(1 - Math.abs(b * b * b));
      const l = x / (x < 0 ? right : left);
      if (!(l * l < 1)) continue;
      const cage = lungDepth * Math.sqrt(1 - l * l * l * l);
      const m = x / mediastinum;
      const middle = Math.max(inside[cell]!, m * m < 1 ? 0.85 * lungDepth * Math.sqrt(1 - m * m) : 0);
      const aerated = (cage - middle) * (1 - belowDiaphragm(anatomy, x, y));
      if (aerated > 0) lung[cell] = aerated;
    }
  }
  addLimbs(anatomy, grid, body);
  return { body, lung };
}

/** Depth of the heart and the great vessels. */
function middleDepths(anatomy: PhantomAnatomy, grid: BodyGrid): Float32Array {
  const depths = new Float32Array(grid.side * grid.side);
  for (const organ of anatomy.heart) {
    paintEllipse(grid, organ, (cell, q) => {
      depths[cell] = Math.max(depths[cell]!, organ.depth * Math.sqrt(1 - q));
    });
  }
  return depths;
}

function bodyHalfWidth(anatomy: PhantomAnatomy, y: number): number {
  const torso = (anatomy.thoraxHalfWidth + anatomy.wall) * (0.9 + 0.1 * smoothstep(0.3, 0.75, y));
  const shoulders = smoothstep(anatomy.apex - 0.2, anatomy.apex + 0.07, y);
  return anatomy.neckHalfWidth + (torso - anatomy.neckHalfWidth) * shoulders;
}

function mediastinumHalfWidth(anatomy: PhantomAnatomy, y: number): number {
  const { apex, base, mediastinumHalfWidth: width } = anatomy;
  const t = (y - apex) / (base - apex);
  return width * (1 + 0.75 * anatomy.thymus * bell(0.22, 0.13, t) + 0.3 * smoothstep(0.3, 0.55, t));
}

/** Share of the lung's depth taken by the abdomen: 0 above the dome, 1 where the last sulcus ends. */
function belowDiaphragm(anatomy: PhantomAnatomy, x: number, y: number): number {
  const half = anatomy.thoraxHalfWidth;
  const offset = (Math.abs(x) / half - 0.48) / 0.52;
  const summit = x < 0 ? anatomy.rightDome : anatomy.leftDome;
  const lateral = offset > 0 ? offset * offset * (0.55 + 0.45 * offset * offset) : 0.35 * offset * offset;
  const under = y - summit - anatomy.domeSag * lateral;
  if (under <= 0) return 0;
  return Math.min(1, 0.55 * smoothstep(0, 0.012, under) + 0.45 * Math.sqrt(under / 0.12));
}

/** Raised arms and, where it reaches into the picture, the head. */
function addLimbs(anatomy: PhantomAnatomy, grid: BodyGrid, body: Float32Array): void {
  for (const direction of [-1, 1]) {
    const piece = armAxis(anatomy, direction, anatomy.armHalfWidth * 1.25, anatomy.armHalfWidth);
    paintTube(grid, piece, (cell, q) => {
      body[cell] = blend(body[cell]!, anatomy.bodyDepth * 0.5 * solidAt(q));
    });
  }
  paintEllipse(grid, head(anatomy), (cell, q) => {
    body[cell] = body[cell]! + anatomy.bodyDepth * 0.6 * Math.sqrt(1 - q);
  });
}

/** The larger of two depths, rounded off where they are alike, as skin bridges a crease. */
function blend(a: number, b: number): number {
  const c = a * a;
  const d = b * b;
  return Math.sqrt(Math.sqrt(c * c + d * d));
}

/** The axis of a raised upper arm from the shoulder out of the picture; -1 is the patient's right. */
export function armAxis(anatomy: PhantomAnatomy, direction: number, startWidth: number, endWidth: number) {
  const x0 = direction * (anatomy.thoraxHalfWidth * 0.86);
  const y0 = anatomy.apex + 0.08;
  const length = 0.6;
  return {
    x0,
    y0,
    x1: x0 + direction * length * Math.cos(anatomy.armAngle),
    y1: y0 - length * Math.sin(anatomy.armAngle),
    startWidth,
    endWidth,
  };
}

/** The lower part of the head; its chin is at `anatomy.chin`. */
export function head(anatomy: PhantomAnatomy) {
  return { x: 0, y: anatomy.chin - 0.2, rx: 0.2, ry: 0.2, tilt: 0, depth: 0 };
}
