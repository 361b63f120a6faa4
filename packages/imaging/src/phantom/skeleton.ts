import type { PhantomAnatomy } from './anatomy.js';
import { bell, smoothstep } from './curves.js';
import { paintEllipse } from './ellipse.js';
import type { BodyGrid } from './grid.js';
import { armAxis, head, thoraxHalfWidth } from './soft-tissue.js';
import { boneAt, paintTube } from './tube.js';

/** Path length through bone in cm of cortex, one value per cell. */
export function boneDepths(anatomy: PhantomAnatomy, grid: BodyGrid): Float32Array {
  const bone = new Float32Array(grid.side * grid.side);
  addRibs(anatomy, grid, bone);
  addSpine(anatomy, grid, bone);
  addClavicles(anatomy, grid, bone);
  addShoulders(anatomy, grid, bone);
  const { boneDensity } = anatomy;
  for (let i = 0; i < bone.length; i++) bone[i] = bone[i]! * boneDensity;
  return bone;
}

const ribSteps = 256;

/**
 * Shape of a rib as seen from the front. A rib is an arc around the chest: at angle phi from the spine
 * (0 behind, 90 degrees at the side, 150 in front, where cartilage begins) it stands sin(phi) of the half
 * width from the midline and has sunk by `drop(phi)` rib spacings. Tabulated over the distance from the
 * midline: sink, its slope, and the path of the beam through the arc, which grows towards the side.
 */
function ribArc(slope: number, front: boolean) {
  const sink = new Float32Array(ribSteps + 1);
  const steepness = new Float32Array(ribSteps + 1);
  const path = new Float32Array(ribSteps + 1);
  const drop = (phi: number) => slope * (4.4 * (phi / Math.PI) ** 1.25) - 0.08 * Math.sin(2 * phi);
  for (let i = 0; i <= ribSteps; i++) {
    const s = Math.min(0.999, i / ribSteps);
    const phi = front ? Math.PI - Math.asin(s) : Math.asin(s);
    const cosine = Math.sqrt(1 - s * s);
    const step = front ? -1e-3 : 1e-3;
    sink[i] = drop(phi);
    steepness[i] = (drop(phi + step) - drop(phi)) / 1e-3 / cosine;
    const cartilage = front ? smoothstep(0.38, 0.55, s) * 0.7 : smoothstep(0, 0.1, s);
    path[i] = cartilage * Math.min(3.2, 1 / (0.2 + 0.8 * cosine));
  }
  return { sink, steepness, path };
}

/** All ribs at once: at a given distance from the midline they repeat in y with the rib spacing. */
function addRibs(anatomy: PhantomAnatomy, grid: BodyGrid, bone: Float32Array): void {
  const { ribSpacing, ribHalfWidth, ribShift, firstRib } = anatomy;
  const layers = [
    { arc: ribArc(anatomy.ribSlope, false), ends: [2, 2, 2, 2, 2, 2, 2, 2, 2, 1.1, 0.8, 0.5], depth: 0.6 },
    { arc: ribArc(anatomy.ribSlope, true), ends: [2, 2, 2, 2, 2, 2], depth: 0.32 },
  ];
  for (let row = 0; row < grid.side; row++) {
    const y = grid.y[row]!;
    if (y < anatomy.apex - 0.02) continue;
    const right = thoraxHalfWidth(anatomy, y) + 0.012;
    const left = right * anatomy.asymmetry;
    const level = (y - firstRib) / ribSpacing;
    for (let column = 0; column < grid.side; column++) {
      const x = grid.x[column]!;
      const half = x < 0 ? right : left;
      const s = Math.abs(x) / half;
      if (s >= 1) continue;
      const at = (s * ribSteps) | 0;
      const fraction = s * ribSteps - at;
      let depth = 0;
      for (const { arc, ends, depth: thickness } of layers) {
        const path = arc.path[at]!;
        if (path === 0) continue;
        const from = arc.sink[at]!;
        const place = level - (from + fraction * (arc.sink[at + 1]! - from));
        const rib = Math.round(place);
        const end = ends[rib];
        if (end === undefined || s > end) continue;
        const slope = (arc.steepness[at]! * ribSpacing) / half;
        const distance = ((place - rib - ribShift[rib]!) * ribSpacing) / ribHalfWidth;
        const taper = smoothstep(0, 0.5, end - s);
        depth += thickness * taper * path * boneAt((distance * distance) / (1 + slope * slope));
      }
      bone[row * grid.side + column] = depth;
    }
  }
}

/** Vertebral bodies with endplates and pedicles, one per rib spacing, over the whole height. */
function addSpine(anatomy: PhantomAnatomy, grid: BodyGrid, bone: Float32Array): void {
  const { ribSpacing, firstRib } = anatomy;
  for (let row = 0; row < grid.side; row++) {
    const y = grid.y[row]!;
    const phase = (y - firstRib) / ribSpacing;
    const part = Math.abs(phase - Math.round(phase));
    const body = 1 - smoothstep(0.36, 0.44, part);
    const endplate = bell(0.37, 0.05, part);
    const pedicle = bell(0, 0.16, phase - Math.round(phase) + 0.12);
    const half = anatomy.spineHalfWidth * (0.8 + 0.25 * smoothstep(0.1, 0.9, y)) * (1 - 0.1 * body);
    const centre = anatomy.spineBend * Math.sin(Math.PI * y);
    for (let column = 0; column < grid.side; column++) {
      const d = Math.abs(grid.x[column]! - centre) / half;
      if (d >= 1.6) continue;
      const inside = d < 1 ? Math.sqrt(1 - d * d * d * d) : 0;
      const process = 0.12 * bell(0, 0.14, d) * bell(0.4, 0.2, part);
      const ring = 0.22 * pedicle * bell(0.62, 0.16, d);
      const transverse = 0.1 * pedicle * (1 - smoothstep(1.1, 1.6, d));
      const cell = row * grid.side + column;
      bone[cell] =
        bone[cell]! +
        inside * (0.38 + 0.4 * body + 0.2 * endplate) * (0.75 + 0.25 * smoothstep(0.15, 0.4, y)) +
        process +
        ring +
        transverse;
    }
  }
}

function addClavicles(anatomy: PhantomAnatomy, grid: BodyGrid, bone: Float32Array): void {
  const pieces = 10;
  const reach = anatomy.thoraxHalfWidth * 0.86;
  const point = (u: number): [number, number] => [
    0.035 + (reach - 0.035) * u,
    anatomy.clavicleY + 0.012 * Math.sin(2 * Math.PI * u) - anatomy.clavicleRise * u * (0.6 + 0.4 * u),
  ];
  const thickness = new Float32Array(bone.length);
  for (const direction of [-1, 1]) {
    for (let i = 0; i < pieces; i++) {
      const [x0, y0] = point(i / pieces);
      const [x1, y1] = point((i + 1) / pieces);
      const width = (u: number) => anatomy.ribHalfWidth * (1 + 0.35 * (2 * u - 1) ** 2);
      const piece = {
        x0: direction * x0,
        y0,
        x1: direction * x1,
        y1,
        startWidth: width(i / pieces),
        endWidth: width((i + 1) / pieces),
      };
      paintTube(grid, piece, (cell, q) => {
        thickness[cell] = Math.max(thickness[cell]!, 0.8 * boneAt(q));
      });
    }
  }
  for (let i = 0; i < bone.length; i++) bone[i] = bone[i]! + thickness[i]!;
}

/** Shoulder blades, upper arms and the lower edge of the jaw. */
function addShoulders(anatomy: PhantomAnatomy, grid: BodyGrid, bone: Float32Array): void {
  const add = (thickness: number) => (cell: number, q: number) => {
    bone[cell] = bone[cell]! + thickness * boneAt(q);
  };
  for (const direction of [-1, 1]) {
    const arm = armAxis(anatomy, direction, 0.027, 0.014);
    paintTube(grid, arm, add(0.9));
    paintEllipse(grid, { x: arm.x0, y: arm.y0, rx: 0.036, ry: 0.034, tilt: 0, depth: 0 }, (cell, q) => {
      bone[cell] = Math.max(bone[cell]!, 0.8 * Math.sqrt(1 - q));
    });
    const x = direction * anatomy.thoraxHalfWidth;
    const blade = { startWidth: 0.011, endWidth: 0.006 };
    const top = anatomy.apex + 0.05;
    paintTube(grid, { x0: x * 0.86, y0: top, x1: x * 0.99, y1: top + 0.22, ...blade }, add(0.26));
    paintTube(grid, { x0: x * 0.86, y0: top, x1: x * 0.62, y1: top + 0.02, ...blade }, add(0.22));
  }
  paintEllipse(grid, head(anatomy), (cell, q) => {
    bone[cell] = bone[cell]! + 1.1 * smoothstep(0.55, 0.95, q) * Math.sqrt(1 - q) + 0.5 * Math.sqrt(1 - q);
  });
}
