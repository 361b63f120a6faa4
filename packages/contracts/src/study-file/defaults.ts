import type { Part } from '../part.js';
import type { AugmentationRanges, BalanceSection, SklearnSteps } from './study-file.js';

/** Gentle variations that leave a chest X-ray plausible; no flip, because the heart has a side. */
export const defaultAugmentation: AugmentationRanges = {
  rotation: 10,
  widthShift: 0.05,
  heightShift: 0.05,
  shear: 0,
  zoom: [0.9, 1.1],
  horizontalFlip: false,
  brightness: [0.9, 1.1],
  fill: 'nearest',
};

/** The steps of the study that Chromaray grew from: 10 % held out, then 78 % of the rest trained on. */
export const defaultSklearnSteps: SklearnSteps = { validation: 0.1, train: 0.78 };

/** Shares of the records that a split gives each part. */
export const defaultFractions: Readonly<Record<Part, number>> = { train: 0.7, validation: 0.1, test: 0.2 };

/** A balance section with the ranges that its method has where none are written. */
export function completeBalance(balance: BalanceSection): BalanceSection {
  if (balance.method !== 'augment' || balance.augmentation !== undefined) return balance;
  return { ...balance, augmentation: defaultAugmentation };
}
