import type { PublishedResult } from '@chromaray/contracts';

export const publishedGray: PublishedResult = {
  network: 'gray-final',
  size: 128,
  epochs: 22,
  batch: 1500,
  trainedOn: 15_200,
  parameters: 1_075_649,
  trainLoss: 0.0272,
  trainAccuracy: 0.989,
  loss: 0.409,
  accuracy: 0.864,
  evaluatedOn: 624,
  evaluation: 'the official test part, which had also served as validation',
};

export const publishedColour: PublishedResult = {
  network: 'color-final',
  size: 128,
  epochs: 100,
  batch: 256,
  trainedOn: 10_668,
  parameters: 6_530_625,
  trainLoss: 1.5e-7,
  trainAccuracy: 1,
  loss: 9.9e-4,
  accuracy: 3009 / 3010,
  evaluatedOn: 3010,
  evaluation: 'the test part of a split made after copying: one error in 3,010',
};

/** Colour's lead over gray as the study counts it, about 13 points of accuracy. */
export const publishedLead = publishedColour.accuracy - publishedGray.accuracy;

/** The accuracy that the study's conclusion names. */
export const publishedNearPerfect = 0.999;

/** X-rays that the study copied in each class, and into how many pictures altogether. */
export const publishedCopies = { negatives: 8, positives: 7, pictures: 15_198, grayPerClass: 7_600 } as const;

/** The X-ray of each class that the grayscale arm copied, by file name. */
export const publishedGraySources = { negative: 'IM-0115-0001.jpeg', positive: 'person23_bacteria_92.jpeg' } as const;

/** Seed of the study's two splits (`random_state`), and of everything else here that it left to chance. */
export const publishedSeed = 42;

/** A network that the study trained on its way, and what was changed for it. */
export interface TriedNetwork {
  readonly name: string;
  readonly change: string;
}

/**
 * The search for a network in each arm, as the study's notebooks show it. Regularisation, initialisation, weight constraints,
 * depth and resolution were searched in the grayscale arm alone; both were ranked on pictures that were later tested.
 */
export const publishedSearch: Readonly<Record<'gray' | 'colour', readonly TriedNetwork[]>> = {
  gray: [
    { name: 'mod4-1', change: 'softmax on one unit, 64 pixels' },
    { name: 'gray-1', change: '96 pixels, four convolutions' },
    { name: 'gray-2', change: 'L2' },
    { name: 'gray-3', change: 'He initialisation' },
    { name: 'gray-4', change: 'dropout' },
    { name: 'gray-5', change: 'unit-norm' },
    { name: 'gray-6', change: 'min-max-norm' },
    { name: 'gray-7', change: 'VGG16, frozen' },
    { name: 'gray-best', change: 'gray-5 on three channels' },
    { name: 'gray-deeper', change: 'a fifth convolution' },
    { name: 'gray-128', change: '128 pixels' },
    { name: 'gray-final', change: 'dropout' },
  ],
  colour: [
    { name: 'color-1', change: 'gray-final as it is' },
    { name: 'color-short', change: 'two convolutions' },
    { name: 'color-val', change: 'three convolutions, a new split' },
    { name: 'color-final', change: 'color-val again, tested' },
  ],
};
