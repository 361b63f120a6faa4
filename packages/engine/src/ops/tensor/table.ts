import type { Operator } from '../operator.js';
import { abs } from './elementwise/abs.js';
import { add } from './elementwise/add.js';
import { and } from './elementwise/and.js';
import { cast } from './elementwise/cast.js';
import { castLike } from './elementwise/cast-like.js';
import { ceil } from './elementwise/ceil.js';
import { celu } from './elementwise/celu.js';
import { clip } from './elementwise/clip.js';
import { cos } from './elementwise/cos.js';
import { div } from './elementwise/div.js';
import { dropout } from './elementwise/dropout.js';
import { elu } from './elementwise/elu.js';
import { equal } from './elementwise/equal.js';
import { erf } from './elementwise/erf.js';
import { exp } from './elementwise/exp.js';
import { floor } from './elementwise/floor.js';
import { gelu } from './elementwise/gelu.js';
import { greater } from './elementwise/greater.js';
import { greaterOrEqual } from './elementwise/greater-or-equal.js';
import { hardSigmoid } from './elementwise/hard-sigmoid.js';
import { hardSwish } from './elementwise/hard-swish.js';
import { identity } from './elementwise/identity.js';
import { isNaNOperator } from './elementwise/is-nan.js';
import { leakyRelu } from './elementwise/leaky-relu.js';
import { less } from './elementwise/less.js';
import { lessOrEqual } from './elementwise/less-or-equal.js';
import { log } from './elementwise/log.js';
import { logSoftmax } from './elementwise/log-softmax.js';
import { max } from './elementwise/max.js';
import { mean } from './elementwise/mean.js';
import { min } from './elementwise/min.js';
import { mish } from './elementwise/mish.js';
import { mod } from './elementwise/mod.js';
import { mul } from './elementwise/mul.js';
import { neg } from './elementwise/neg.js';
import { not } from './elementwise/not.js';
import { or } from './elementwise/or.js';
import { pRelu } from './elementwise/p-relu.js';
import { pow } from './elementwise/pow.js';
import { reciprocal } from './elementwise/reciprocal.js';
import { relu } from './elementwise/relu.js';
import { round } from './elementwise/round.js';
import { selu } from './elementwise/selu.js';
import { sigmoid } from './elementwise/sigmoid.js';
import { sign } from './elementwise/sign.js';
import { sin } from './elementwise/sin.js';
import { softmax } from './elementwise/softmax.js';
import { softplus } from './elementwise/softplus.js';
import { softsign } from './elementwise/softsign.js';
import { sqrt } from './elementwise/sqrt.js';
import { sub } from './elementwise/sub.js';
import { sum } from './elementwise/sum.js';
import { tanh } from './elementwise/tanh.js';
import { thresholdedRelu } from './elementwise/thresholded-relu.js';
import { where } from './elementwise/where.js';
import { xor } from './elementwise/xor.js';
import { concat } from './layout/concat.js';
import { constant } from './layout/constant.js';
import { constantOfShape } from './layout/constant-of-shape.js';
import { cumSum } from './layout/cum-sum.js';
import { expand } from './layout/expand.js';
import { flatten } from './layout/flatten.js';
import { gather } from './layout/gather.js';
import { gatherElements } from './layout/gather-elements.js';
import { gatherNd } from './layout/gather-nd.js';
import { range } from './layout/range.js';
import { reshape } from './layout/reshape.js';
import { scatterElements } from './layout/scatter-elements.js';
import { scatterNd } from './layout/scatter-nd.js';
import { shape } from './layout/shape.js';
import { size } from './layout/size.js';
import { slice } from './layout/slice.js';
import { split } from './layout/split.js';
import { squeeze } from './layout/squeeze.js';
import { tile } from './layout/tile.js';
import { transpose } from './layout/transpose.js';
import { trilu } from './layout/trilu.js';
import { unsqueeze } from './layout/unsqueeze.js';
import { einsum } from './linear/einsum.js';
import { fusedMatMul } from './linear/fused-mat-mul.js';
import { gemm } from './linear/gemm.js';
import { layerNormalization } from './linear/layer-normalization.js';
import { matMul } from './linear/mat-mul.js';
import { reduceMax } from './reduce/reduce-max.js';
import { reduceMean } from './reduce/reduce-mean.js';
import { reduceMin } from './reduce/reduce-min.js';
import { reduceL1, reduceL2, reduceLogSumExp, reduceSumSquare } from './reduce/reduce-norms.js';
import { reduceSum } from './reduce/reduce-sum.js';

/** Operators that know nothing of space: element by element, matrices, layout and reductions. */
export const tensorOperators: readonly Operator[] = [
  abs,
  add,
  and,
  cast,
  ceil,
  clip,
  div,
  dropout,
  equal,
  erf,
  exp,
  floor,
  greaterOrEqual,
  greater,
  identity,
  leakyRelu,
  lessOrEqual,
  less,
  logSoftmax,
  log,
  max,
  min,
  mul,
  neg,
  not,
  or,
  pow,
  reciprocal,
  relu,
  round,
  sigmoid,
  sign,
  softmax,
  softplus,
  sqrt,
  sub,
  sum,
  tanh,
  where,
  xor,
  einsum,
  fusedMatMul,
  gemm,
  matMul,
  concat,
  constantOfShape,
  constant,
  expand,
  flatten,
  gather,
  reshape,
  scatterElements,
  shape,
  slice,
  split,
  squeeze,
  transpose,
  unsqueeze,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceSum,
  elu,
  selu,
  celu,
  softsign,
  mish,
  thresholdedRelu,
  gelu,
  hardSigmoid,
  hardSwish,
  pRelu,
  mod,
  sin,
  cos,
  isNaNOperator,
  mean,
  castLike,
  range,
  tile,
  trilu,
  size,
  gatherElements,
  gatherNd,
  scatterNd,
  cumSum,
  layerNormalization,
  reduceL1,
  reduceL2,
  reduceLogSumExp,
  reduceSumSquare,
];
