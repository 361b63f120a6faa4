import type { AugmentationRanges } from '@chromaray/contracts';
import type { AugmentationOptions } from '@chromaray/imaging';

/** A study file's ranges as the options that draw and apply augmentations. */
export function augmentationOptions(ranges: AugmentationRanges): AugmentationOptions {
  return {
    rotationRange: ranges.rotation,
    widthShiftRange: ranges.widthShift,
    heightShiftRange: ranges.heightShift,
    shearRange: ranges.shear,
    zoomRange: ranges.zoom,
    horizontalFlip: ranges.horizontalFlip,
    brightnessRange: ranges.brightness,
    fillMode: ranges.fill,
  };
}
