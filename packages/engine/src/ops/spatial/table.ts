import type { Operator } from '../operator.js';
import { averagePool } from './average-pool.js';
import { batchNormalization } from './batch-normalization.js';
import { conv } from './conv.js';
import { convTranspose } from './conv-transpose.js';
import { depthToSpace, spaceToDepth } from './depth-to-space.js';
import { globalAveragePool } from './global-average-pool.js';
import { globalMaxPool } from './global-max-pool.js';
import { groupNormalization } from './group-normalization.js';
import { instanceNormalization } from './instance-normalization.js';
import { lrn } from './lrn.js';
import { maxPool } from './max-pool.js';
import { pad } from './pad.js';
import { resize } from './resize.js';
import { upsample } from './upsample.js';

/** Operators that know space: the axes after batch and channels. */
export const spatialOperators: readonly Operator[] = [
  averagePool,
  batchNormalization,
  conv,
  convTranspose,
  globalAveragePool,
  globalMaxPool,
  maxPool,
  pad,
  resize,
  depthToSpace,
  groupNormalization,
  instanceNormalization,
  lrn,
  spaceToDepth,
  upsample,
];
