/** Numbers of oneDNN's C interface, from `dnnl_types.h`. Those here are the same in 2.x and 3.x. */

export const engineKindCpu = 1;
export const streamInOrder = 1;

/** `dnnl_data_type_t` */
export const dataTypes = { bfloat16: 2, float32: 3, uint8: 6 } as const;
export type NativeType = keyof typeof dataTypes;

/** `dnnl_data_type_undef`: a sum takes the destination's type. */
export const typeOfDestination = 0;

/** `dnnl_format_tag_any`: the primitive chooses. */
export const formatAny = 1;

/** `dnnl_prop_kind_t` */
export const propagation = {
  forwardTraining: 64,
  forwardInference: 96,
  backward: 128,
  backwardData: 160,
  backwardWeights: 192,
} as const;

/** `dnnl_alg_kind_t`, those that never changed. */
export const convolutionDirect = 1;
export const poolings = { max: 0x1ff, 'average-with-padding': 0x2ff, average: 0x3ff } as const;
export const binaries = { add: 0x1fff0, multiply: 0x1fff1, divide: 0x1fff4 } as const;

/** `dnnl_query_t`: memory descriptors of a primitive. */
export const queries = {
  source: 129,
  sourceGradient: 130,
  weights: 131,
  weightsGradient: 132,
  destination: 133,
  destinationGradient: 134,
  workspace: 135,
} as const;

/** `DNNL_ARG_*`: what an argument of a primitive is. */
export const argument = {
  source: 1,
  secondSource: 2,
  destination: 17,
  weights: 33,
  bias: 41,
  mean: 49,
  variance: 50,
  scale: 51,
  shift: 52,
  workspace: 64,
  sourceGradient: 129,
  destinationGradient: 145,
  weightsGradient: 161,
  biasGradient: 169,
  scaleGradient: 255,
  shiftGradient: 256,
} as const;

/** `dnnl_status_t` in words. */
export const statuses: readonly string[] = [
  'success',
  'out of memory',
  'invalid arguments',
  'unimplemented',
  'iterator ends',
  'runtime error',
  'not required',
];
export const unimplemented = 3;

/** What differs between the major versions. */
export interface VersionNumbers {
  /** Whether operations on one layout name input and output apart. */
  readonly namesBothEnds: boolean;
  readonly eltwise: Readonly<Record<EltwiseAlgorithm, number>>;
  readonly normalization: {
    readonly globalStatistics: number;
    readonly scale: number;
    readonly shift: number;
    readonly relu: number;
  };
  /** `dnnl_cpu_isa_t` bits that mean arithmetic in bfloat16. */
  readonly bfloat16Isa: number;
}

/** Those ending in `-by-output` differentiate from the output, so that the input need not be kept. */
export type EltwiseAlgorithm =
  | 'relu'
  | 'tanh'
  | 'logistic'
  | 'linear'
  | 'square-root'
  | 'clip'
  | 'relu-by-output'
  | 'tanh-by-output'
  | 'logistic-by-output'
  | 'clip-by-output';

const byOutput = {
  'relu-by-output': 0x100,
  'tanh-by-output': 0x101,
  'logistic-by-output': 0x104,
  'clip-by-output': 0x106,
} as const;

export const numbersOfVersion2: VersionNumbers = {
  namesBothEnds: false,
  eltwise: { relu: 0x1f, tanh: 0x2f, linear: 0x7f, 'square-root': 0x6f, logistic: 0xaf, clip: 0x10, ...byOutput },
  normalization: { globalStatistics: 1, scale: 8, shift: 16, relu: 4 },
  bfloat16Isa: 0xe7,
};

export const numbersOfVersion3: VersionNumbers = {
  namesBothEnds: true,
  eltwise: { relu: 0x20, tanh: 0x21, linear: 0x26, 'square-root': 0x25, logistic: 0x29, clip: 0x2f, ...byOutput },
  normalization: { globalStatistics: 1, scale: 2, shift: 4, relu: 8 },
  bfloat16Isa: 0xe7,
};
