import type { Random } from '@chromaray/base';

/** How one picture is taken: pose of the patient, beam, detector and film. Drawn for every picture. */
export interface PhantomExposure {
  readonly pose: Pose;
  /** Photons that would reach the detector over the whole frame without a patient. */
  readonly fluence: number;
  /** Scattered over primary radiation behind the body. */
  readonly scatter: number;
  /** Share of the light that spreads to the neighbouring pixels at 128 pixels a side, 0 to 0.5. */
  readonly blur: number;
  /** Uneven field (heel effect, tilted detector): spread in units of attenuation. */
  readonly unevenness: number;
  /** Slope of the film curve at its middle, per unit of attenuation. */
  readonly contrast: number;
  /** How far the middle of the film curve lies above the mean attenuation of the picture. */
  readonly brightnessShift: number;
  /** Blackened share of the frame on the left, right, top and bottom. */
  readonly collimation: readonly [left: number, right: number, top: number, bottom: number];
  /** Centre and height of the letter R on the patient's right side, as shares of the frame. */
  readonly marker: { readonly x: number; readonly y: number; readonly height: number } | undefined;
}

/** Position of the patient: radians, shares of the frame, and magnifications across and along. */
export interface Pose {
  readonly rotation: number;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly zoomX: number;
  readonly zoomY: number;
}

/** Draws the conditions of one picture; nothing here depends on health. */
export function drawExposure(random: Random): PhantomExposure {
  const between = (low: number, high: number) => random.uniform(low, high);
  const zoom = between(0.96, 1.1);
  const edge = () => (random.float() < 0.3 ? between(0.005, 0.035) : 0);
  return {
    pose: {
      rotation: 0.035 * random.normal(),
      shiftX: 0.018 * random.normal(),
      shiftY: 0.018 * random.normal(),
      zoomX: zoom * between(0.97, 1.03),
      zoomY: zoom * between(0.96, 1.04),
    },
    fluence: 10 ** between(8.8, 9.8),
    scatter: between(0.15, 0.5),
    blur: between(0.05, 0.3),
    unevenness: between(0.02, 0.07),
    contrast: between(1.5, 2.5),
    brightnessShift: between(-0.25, 0.3),
    collimation: [edge(), edge(), edge(), edge()],
    marker:
      random.float() < 0.7 ? { x: between(0.04, 0.1), y: between(0.05, 0.5), height: between(0.035, 0.06) } : undefined,
  };
}
