import type { Operator } from '../operator.js';
import { abs } from './elementwise/abs.js';
import { add } from './elementwise/add.js';
import { and } from './elementwise/and.js';
import { cast } from './elementwise/cast.js';
import { ceil } from './elementwise/ceil.js';
import { clip } from './elementwise/clip.js';
import { div } from './elementwise/div.js';
import { dropout } from './elementwise/dropout.js';
import { equal } from './elementwise/equal.js';
import { erf } from './elementwise/erf.js';
import { exp } from './elementwise/exp.js';
import { floor } from './elementwise/floor.js';
import { greater } from './elementwise/greater.js';
import { greaterOrEqual } from './elementwise/greater-or-equal.js';
import { identity } from './elementwise/identity.js';
import { leakyRelu } from './elementwise/leaky-relu.js';
import { less } from './elementwise/less.js';
import { lessOrEqual } from './elementwise/less-or-equal.js';
import { log } from './elementwise/log.js';
import { logSoftmax } from './elementwise/log-softmax.js';
import { max } from './elementwise/max.js';
import { min } from './elementwise/min.js';
import { mul } from './elementwise/mul.js';
import { neg } from './elementwise/neg.js';
import { not } from './elementwise/not.js';
import { or } from './elementwise/or.js';
import { pow } from './elementwise/pow.js';
import { reciprocal } from './elementwise/reciprocal.js';
import { relu } from './elementwise/relu.js';
import { round } from './elementwise/round.js';
import { sigmoid } from './elementwise/sigmoid.js';
import { sign } from './elementwise/sign.js';
import { softmax } from './elementwise/softmax.js';
import { softplus } from './elementwise/softplus.js';
import { sqrt } from './elementwise/sqrt.js';
import { sub } from './elementwise/sub.js';
import { sum } from './elementwise/sum.js';
import { tanh } from './elementwise/tanh.js';
import { where } from './elementwise/where.js';
import { xor } from './elementwise/xor.js';
import { concat } from './layout/concat.js';
import { constant } from './layout/constant.js';
import { constantOfShape } from './layout/constant-of-shape.js';
import { expand } from './layout/expand.js';
import { flatten } from './layout/flatten.js';
import { gather } from './layout/gather.js';
import { reshape } from './layout/reshape.js';
import { scatterElements } from './layout/scatter-elements.js';
import { shape } from './layout/shape.js';
import { slice } from './layout/slice.js';
import { split } from './layout/split.js';
import { squeeze } from './layout/squeeze.js';
import { transpose } from './layout/transpose.js';
import { unsqueeze } from './layout/unsqueeze.js';
import { fusedMatMul } from './linear/fused-mat-mul.js';
import { gemm } from './linear/gemm.js';
import { matMul } from './linear/mat-mul.js';
import { reduceMax } from './reduce/reduce-max.js';
import { reduceMean } from './reduce/reduce-mean.js';
import { reduceMin } from './reduce/reduce-min.js';
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
];
