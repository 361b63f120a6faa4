import type { Random } from '@chromaray/base';

/**
 * The build of one imagined child, drawn once per patient; every picture of the patient shares it.
 *
 * Lengths across the picture are fractions of the frame at the patient's mean pose: x counts from the
 * midline and grows towards the right edge of the picture (the patient's left), y from the top edge down.
 * Depths along the beam are centimetres. The proportions are those of children of one to five years: a wide
 * heart (up to half the thorax), a thymus, nearly horizontal ribs, arms raised to the upper corners.
 */
export interface PhantomAnatomy {
  /** y of the lung apices and of the lower end of the rib cage. */
  readonly apex: number;
  readonly base: number;
  /** Half the inner width of the rib cage, and the thickness of the wall around it. */
  readonly thoraxHalfWidth: number;
  readonly wall: number;
  /** Exponent of the shoulder of the lungs: larger widens sooner below the apex. */
  readonly apexFullness: number;
  /** Left half of the thorax over the right half. */
  readonly asymmetry: number;
  /** Depth of the body and, as a fraction of it, of the space the lungs fill; cm and 1. */
  readonly bodyDepth: number;
  readonly lungDepthFraction: number;
  /** Density of aerated lung relative to water. */
  readonly lungDensity: number;
  readonly mediastinumHalfWidth: number;
  /** How far the thymus widens the upper mediastinum, 0 to 1. */
  readonly thymus: number;
  /** Ventricles, right atrium, pulmonary trunk and aortic arch. */
  readonly heart: readonly Ellipse[];
  /** y of the summits of the diaphragm, and how far each dome falls towards its edges. */
  readonly rightDome: number;
  readonly leftDome: number;
  readonly domeSag: number;
  readonly stomach: Ellipse;
  readonly bowelGas: readonly Ellipse[];
  readonly firstRib: number;
  readonly ribSpacing: number;
  readonly ribHalfWidth: number;
  /** How steeply the ribs fall from spine to front, 1 on average. */
  readonly ribSlope: number;
  /** Displacement of each of the twelve ribs, in rib spacings. */
  readonly ribShift: readonly number[];
  /** Mineral of the skeleton, 1 on average. */
  readonly boneDensity: number;
  readonly spineHalfWidth: number;
  /** Sideways bend of the spine at mid-chest. */
  readonly spineBend: number;
  readonly clavicleY: number;
  readonly clavicleRise: number;
  readonly neckHalfWidth: number;
  /** y of the lower edge of the jaw; above the frame for most. */
  readonly chin: number;
  readonly armAngle: number;
  readonly armHalfWidth: number;
  /** How marked the vessels of the lungs are, 1 on average, and the seed of their tree and of the texture. */
  readonly vesselStrength: number;
  readonly lungSeed: number;
  /** Unevenness of the aeration of the lungs, as a share of their air. */
  readonly lungTexture: number;
}

/** An ellipse in frame coordinates; `tilt` in radians, `depth` in cm along the beam at its centre. */
export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  readonly tilt: number;
  readonly depth: number;
}

/** Draws the build of a new patient. The same stream state gives the same patient. */
export function drawAnatomy(random: Random): PhantomAnatomy {
  const between = (low: number, high: number) => random.uniform(low, high);
  const apex = between(0.13, 0.2);
  const base = between(0.84, 0.94);
  const height = base - apex;
  const thoraxHalfWidth = between(0.345, 0.42);
  const bodyDepth = between(10.5, 13);
  const lungDepthFraction = between(0.62, 0.72);
  const domeMean = apex + height * between(0.71, 0.82);
  const heartLength = thoraxHalfWidth * between(0.46, 0.58);
  const rightDome = domeMean - between(0, 0.015);
  const leftDome = domeMean + between(0.004, 0.03);
  const lungDepth = bodyDepth * lungDepthFraction;
  return {
    apex,
    base,
    thoraxHalfWidth,
    wall: between(0.03, 0.06),
    apexFullness: between(2, 2.8),
    asymmetry: between(0.96, 1.04),
    bodyDepth,
    lungDepthFraction,
    lungDensity: between(0.22, 0.34),
    mediastinumHalfWidth: between(0.065, 0.085),
    thymus: random.float() ** 2,
    heart: drawHeart(random, leftDome, heartLength, lungDepth),
    rightDome,
    leftDome,
    domeSag: between(0.1, 0.16),
    stomach: {
      x: between(0.16, 0.24),
      y: leftDome + between(0.07, 0.11),
      rx: between(0.06, 0.11),
      ry: between(0.035, 0.06),
      tilt: between(-0.2, 0.6),
      depth: between(0.7, 2.8),
    },
    bowelGas: Array.from({ length: random.int(9) }, () => ({
      x: between(-0.12, 0.28),
      y: leftDome + between(0.14, 0.3),
      rx: between(0.02, 0.06),
      ry: between(0.012, 0.03),
      tilt: between(-1, 1),
      depth: between(0.4, 1.4),
    })),
    firstRib: apex + between(-0.02, 0.01),
    ribSpacing: height * between(0.083, 0.094),
    ribHalfWidth: height * between(0.017, 0.022),
    ribSlope: between(0.75, 1.25),
    ribShift: Array.from({ length: 12 }, () => between(-0.06, 0.06)),
    boneDensity: between(0.8, 1.2),
    spineHalfWidth: between(0.038, 0.047),
    spineBend: between(-0.012, 0.012),
    clavicleY: apex + between(0.015, 0.04),
    clavicleRise: between(0.01, 0.08),
    neckHalfWidth: between(0.12, 0.16),
    chin: between(-0.1, 0.09),
    armAngle: between(0.45, 1.15),
    armHalfWidth: between(0.08, 0.11),
    vesselStrength: between(0.6, 1.3),
    lungSeed: random.uint32(),
    lungTexture: between(0.03, 0.09),
  };
}

/** The heart lies across the midline, its tip to the patient's left and down, resting on the left dome. */
function drawHeart(random: Random, leftDome: number, length: number, lungDepth: number): Ellipse[] {
  const between = (low: number, high: number) => random.uniform(low, high);
  const y = leftDome - length * between(0.42, 0.58);
  const depth = lungDepth * between(0.7, 0.88);
  const ventricles = {
    x: between(0.035, 0.06),
    y,
    rx: length,
    ry: length * between(0.7, 0.82),
    tilt: between(0.45, 0.8),
    depth,
  };
  const atrium = {
    x: -between(0.03, 0.045),
    y: y - 0.1 * length,
    rx: length * between(0.42, 0.55),
    ry: length * between(0.75, 0.95),
    tilt: 0.1,
    depth: depth * 0.8,
  };
  const trunk = {
    x: between(0.03, 0.045),
    y: y - length * between(0.6, 0.75),
    rx: length * between(0.33, 0.42),
    ry: length * between(0.6, 0.75),
    tilt: -0.25,
    depth: depth * 0.75,
  };
  const arch = {
    x: between(0.035, 0.055),
    y: y - length * between(1.25, 1.45),
    rx: between(0.035, 0.045),
    ry: between(0.04, 0.055),
    tilt: 0,
    depth: depth * 0.55,
  };
  return [ventricles, atrium, trunk, arch];
}
