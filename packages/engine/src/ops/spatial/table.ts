import type { Operator } from '../operator.js';
import { averagePool } from './average-pool.js';
import { batchNormalization } from './batch-normalization.js';
import { conv } from './conv.js';
import { convTranspose } from './conv-transpose.js';
import { globalAveragePool } from './global-average-pool.js';
import { globalMaxPool } from './global-max-pool.js';
import { maxPool } from './max-pool.js';
import { pad } from './pad.js';
import { resize } from './resize.js';

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
];
