import { kerasKernelAxes } from '../../training/step/constraints.js';
import type { Constraint } from '../../training/types.js';
import { type ConvolutionUnit, type StudyNetwork, unit } from './layers.js';

/** Keras's `UnitNorm()` with its default axis 0, as the study used it: over the kernel's height. */
const unitNorm: Constraint = { kind: 'unit-norm', axes: kerasKernelAxes(0) };
/** Keras's `MinMaxNorm(0.5, 2.0)` with its default rate 1 and axis 0. */
const minMaxNorm: Constraint = { kind: 'min-max-norm', axes: kerasKernelAxes(0), min: 0.5, max: 2, rate: 1 };

const gray = (first: ConvolutionUnit): readonly ConvolutionUnit[] => [first, unit(64, 4), unit(128, 3), unit(128, 3)];
const grayUnitNorm = gray(unit(32, 3, { constraint: unitNorm }));
const deeper = [...grayUnitNorm, unit(256, 3)];
const final = deeper.map((layer, i) => (i === 2 || i === 4 ? { ...layer, dropout: 0.4 } : layer));
const colour = [unit(32, 3), unit(64, 4), unit(128, 3)];

/** The networks of "X-Ray Colorization & Neural Networks", layer by layer. */
export const studyNetworks: readonly StudyNetwork[] = [
  {
    name: 'mod4-1',
    description: 'three convolutions and, by mistake, a softmax over one unit: it cannot learn',
    convolutions: [unit(32, 3), unit(32, 4), unit(64, 3)],
    dense: { units: 64 },
    softmaxOnOneUnit: true,
    size: 64,
    channels: 3,
  },
  {
    name: 'gray-1',
    description: 'four convolutions and dense 512, the base of gray-2 to gray-6',
    convolutions: gray(unit(32, 3)),
    dense: { units: 512 },
    size: 96,
    channels: 1,
  },
  {
    name: 'gray-2',
    description: 'gray-1 with L2 0.01 on the second and third convolution and dense 512',
    convolutions: [unit(32, 3), unit(64, 4, { l2: 0.01 }), unit(128, 3, { l2: 0.01 }), unit(128, 3)],
    dense: { units: 512, l2: 0.01 },
    size: 96,
    channels: 1,
  },
  {
    name: 'gray-3',
    description: 'gray-1 with He-normal weights in the first convolution',
    convolutions: gray(unit(32, 3, { initializer: 'he-normal' })),
    dense: { units: 512 },
    size: 96,
    channels: 1,
  },
  {
    name: 'gray-4',
    description: 'gray-1 with dropout',
    convolutions: gray(unit(32, 3)).map((layer, i) => (i >= 2 ? { ...layer, dropout: 0.4 } : layer)),
    dense: { units: 512, dropout: 0.2 },
    size: 96,
    channels: 1,
  },
  {
    name: 'gray-5',
    description: 'gray-1 with unit-norm on the first convolution',
    convolutions: grayUnitNorm,
    dense: { units: 512 },
    size: 96,
    channels: 1,
  },
  {
    name: 'gray-6',
    description: 'gray-1 with min-max-norm 0.5 to 2 on the first convolution',
    convolutions: gray(unit(32, 3, { constraint: minMaxNorm })),
    dense: { units: 512 },
    size: 96,
    channels: 1,
  },
  {
    name: 'gray-best',
    description: 'gray-5 on three channels',
    convolutions: grayUnitNorm,
    dense: { units: 512 },
    size: 96,
    channels: 3,
  },
  {
    name: 'gray-deeper',
    description: 'gray-best with a fifth convolution of 256 filters',
    convolutions: deeper,
    dense: { units: 512 },
    size: 96,
    channels: 3,
  },
  {
    name: 'gray-128',
    description: 'gray-deeper at 128x128',
    convolutions: deeper,
    dense: { units: 512 },
    size: 128,
    channels: 3,
  },
  {
    name: 'gray-final',
    description: "gray-128 with dropout: the study's best grayscale network",
    convolutions: final,
    dense: { units: 512, dropout: 0.2 },
    size: 128,
    channels: 3,
  },
  {
    name: 'color-1',
    description: 'gray-final on colour',
    convolutions: final,
    dense: { units: 512, dropout: 0.2 },
    size: 128,
    channels: 3,
  },
  {
    name: 'color-short',
    description: 'two convolutions, unit-norm and dropout',
    convolutions: [unit(32, 4, { constraint: unitNorm, dropout: 0.4 }), unit(64, 3, { dropout: 0.4 })],
    dense: { units: 512, dropout: 0.2 },
    size: 128,
    channels: 3,
  },
  {
    name: 'color-val',
    description: 'three convolutions and dense 256',
    convolutions: colour,
    dense: { units: 256 },
    size: 128,
    channels: 3,
  },
  {
    name: 'color-final',
    description: "color-val retrained: the study's colour network",
    convolutions: colour,
    dense: { units: 256 },
    size: 128,
    channels: 3,
  },
];
