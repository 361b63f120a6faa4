import { ChromarayError, nearest } from '@chromaray/base';

/** What lies beyond a picture's edge (`a b c d` is a row of pixels). */
export type FillMode =
  /** `a a a | a b c d | d d d` */
  | 'nearest'
  /** `k k k | a b c d | k k k`, with k the `fillValue` */
  | 'constant'
  /** `c b a | a b c d | d c b` */
  | 'reflect'
  /** `b c d | a b c d | b c d`, edges joined as SciPy's `wrap` joins them: with a period one pixel short */
  | 'wrap';

/**
 * How far pictures are changed at random: the ranges of Keras's ImageDataGenerator, with its meanings.
 * Everything left out is off; with everything off, augmentation copies.
 */
export interface AugmentationOptions {
  /** Rotate by up to this many degrees either way. */
  readonly rotationRange?: number;
  /** Shift sideways: below 1 a fraction of the width, from 1 on whole pixels, fewer than this many. */
  readonly widthShiftRange?: number;
  /** Shift up or down: below 1 a fraction of the height, from 1 on whole pixels, fewer than this many. */
  readonly heightShiftRange?: number;
  /** Shear by up to this many degrees either way. */
  readonly shearRange?: number;
  /** Zoom each axis by its own factor in [1 - z, 1 + z] or [low, high]; below 1 enlarges. */
  readonly zoomRange?: number | readonly [low: number, high: number];
  /** Mirror left and right in half of the cases. */
  readonly horizontalFlip?: boolean;
  /** Multiply samples by a factor in [low, high], clipped to 255. */
  readonly brightnessRange?: readonly [low: number, high: number];
  /** Default `nearest`. */
  readonly fillMode?: FillMode;
  /** The sample beyond the edge for `constant`, 0 to 255. Default 0. */
  readonly fillValue?: number;
}

const fillModes: readonly FillMode[] = ['nearest', 'constant', 'reflect', 'wrap'];

/** Options with every default filled in; two options that mean the same become equal. */
export interface CompleteAugmentation {
  readonly rotationRange: number;
  readonly widthShiftRange: number;
  readonly heightShiftRange: number;
  readonly shearRange: number;
  readonly zoomRange: readonly [low: number, high: number];
  readonly horizontalFlip: boolean;
  readonly brightnessRange: readonly [low: number, high: number] | null;
  readonly fillMode: FillMode;
  readonly fillValue: number;
}

/**
 * Checks the options and fills in defaults.
 *
 * @throws ChromarayError `CHROMARAY_AUGMENT_OPTION` naming the field
 */
export function completeAugmentation(options: AugmentationOptions): CompleteAugmentation {
  const zoom = options.zoomRange ?? 0;
  const complete: CompleteAugmentation = {
    rotationRange: atLeastZero('rotationRange', options.rotationRange),
    widthShiftRange: atLeastZero('widthShiftRange', options.widthShiftRange),
    heightShiftRange: atLeastZero('heightShiftRange', options.heightShiftRange),
    shearRange: atLeastZero('shearRange', options.shearRange),
    zoomRange: range('zoomRange', typeof zoom === 'number' ? [1 - zoom, 1 + zoom] : zoom),
    horizontalFlip: options.horizontalFlip ?? false,
    brightnessRange: options.brightnessRange ? range('brightnessRange', options.brightnessRange) : null,
    fillMode: options.fillMode ?? 'nearest',
    fillValue: atLeastZero('fillValue', options.fillValue),
  };
  if (complete.zoomRange[0] <= 0) throw optionError('zoomRange', zoom, 'factors above 0');
  if (complete.fillValue > 255) throw optionError('fillValue', complete.fillValue, 'a sample from 0 to 255');
  if (!fillModes.includes(complete.fillMode)) {
    const meant = nearest(complete.fillMode, fillModes);
    throw optionError('fillMode', complete.fillMode, meant ? `one like ${meant}` : fillModes.join(', '));
  }
  return complete;
}

function atLeastZero(field: string, value = 0): number {
  if (!Number.isFinite(value) || value < 0) throw optionError(field, value, 'a number of at least 0');
  return value;
}

function range(field: string, [low, high]: readonly [number, number]): readonly [number, number] {
  if (!(low >= 0 && high >= low && high < Infinity))
    throw optionError(field, [low, high], '[low, high], 0 <= low <= high');
  return [low, high];
}

function optionError(field: string, found: unknown, expected: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_AUGMENT_OPTION',
    message: `The augmentation option ${field} is ${JSON.stringify(found)}; expected ${expected}.`,
    remedy: `Correct ${field}, or leave it out to switch it off.`,
    details: { field, found, expected },
  });
}
