import type { Random } from '@chromaray/base';
import type { Size } from '../image.js';
import { type AugmentationOptions, completeAugmentation, type FillMode } from './options.js';

/** One particular change of a picture. */
export interface AugmentationParameters {
  /** Degrees. */
  readonly rotation: number;
  /** Pixels; positive moves the content left. */
  readonly shiftX: number;
  /** Pixels; positive moves the content up. */
  readonly shiftY: number;
  /** Degrees. */
  readonly shear: number;
  /** Factor on distances from the centre at which the source is read; below 1 enlarges. */
  readonly zoomX: number;
  readonly zoomY: number;
  readonly flipHorizontal: boolean;
  /** Factor on samples; left out: untouched. */
  readonly brightness?: number;
  readonly fillMode: FillMode;
  readonly fillValue: number;
}

/** The parameters that leave a picture as it is. */
export const noAugmentation: AugmentationParameters = {
  rotation: 0,
  shiftX: 0,
  shiftY: 0,
  shear: 0,
  zoomX: 1,
  zoomY: 1,
  flipHorizontal: false,
  fillMode: 'nearest',
  fillValue: 0,
};

/**
 * Draws one change, uniformly within the options' ranges, in the order in which Keras draws.
 *
 * @param size of the picture: a shift given as a fraction is of these sides
 * @throws ChromarayError `CHROMARAY_AUGMENT_OPTION`
 */
export function drawAugmentation(options: AugmentationOptions, size: Size, random: Random): AugmentationParameters {
  const complete = completeAugmentation(options);
  const either = (range: number): number => (range === 0 ? 0 : random.uniform(-range, range));
  const within = ([low, high]: readonly [number, number]): number => random.uniform(low, high);

  const rotation = either(complete.rotationRange);
  const shiftY = drawShift(complete.heightShiftRange, size.height, random);
  const shiftX = drawShift(complete.widthShiftRange, size.width, random);
  const shear = either(complete.shearRange);
  const zooms = complete.zoomRange[0] !== 1 || complete.zoomRange[1] !== 1;
  const zoomX = zooms ? within(complete.zoomRange) : 1;
  const zoomY = zooms ? within(complete.zoomRange) : 1;
  const flipHorizontal = complete.horizontalFlip && random.float() < 0.5;
  const { brightnessRange, fillMode, fillValue } = complete;
  const parameters = { rotation, shiftX, shiftY, shear, zoomX, zoomY, flipHorizontal, fillMode, fillValue };
  return brightnessRange ? { ...parameters, brightness: within(brightnessRange) } : parameters;
}

function drawShift(range: number, side: number, random: Random): number {
  if (range === 0) return 0;
  if (range < 1) return random.uniform(-range, range) * side;
  if (!Number.isInteger(range)) return random.uniform(-range, range);
  const pixels = random.int(range);
  return random.int(2) === 0 ? -pixels : pixels;
}
