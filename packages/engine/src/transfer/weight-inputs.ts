/** Inputs of operators that are weights when they are constants. Running statistics are none: no gradient moves them. */
export const weightInputs: Readonly<Record<string, readonly number[]>> = {
  Add: [0, 1],
  BatchNormalization: [1, 2],
  // Class tokens are put in front of those of the picture.
  Concat: [0, 1, 2, 3],
  Conv: [1, 2],
  ConvTranspose: [1, 2],
  Einsum: [0, 1, 2],
  Gemm: [0, 1, 2],
  GroupNormalization: [1, 2],
  InstanceNormalization: [1, 2],
  LayerNormalization: [1, 2],
  MatMul: [0, 1],
  Mul: [0, 1],
  PRelu: [1],
};
