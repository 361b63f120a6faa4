import type { Kernel } from '../compile/compilation.js';
import { activation } from './activation.js';
import { addition } from './addition.js';
import { batchNormalization } from './batch-normalization.js';
import { concatenation } from './concatenation.js';
import { convolution } from './convolution.js';
import { dense } from './dense.js';
import { depthToSpace } from './depth-to-space.js';
import { dropout } from './dropout.js';
import { pooling } from './pooling.js';
import { reshaping } from './reshaping.js';

/** Kernels by ONNX operator. What is not here is run by ONNX Runtime, node by node. */
export const kernels: Readonly<Record<string, Kernel>> = {
  Add: addition,
  AveragePool: pooling,
  BatchNormalization: batchNormalization,
  Clip: activation,
  Concat: concatenation,
  Conv: convolution,
  DepthToSpace: depthToSpace,
  Dropout: reshaping,
  Flatten: reshaping,
  Gemm: dense,
  GlobalAveragePool: pooling,
  Identity: reshaping,
  LeakyRelu: activation,
  MatMul: dense,
  MaxPool: pooling,
  Mul: dropout,
  ReduceMean: pooling,
  Relu: activation,
  Reshape: reshaping,
  Sigmoid: activation,
  Squeeze: reshaping,
  Tanh: activation,
  Unsqueeze: reshaping,
};
