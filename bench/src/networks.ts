/**
 * What the peers must build to be compared with one of the engine's presets. Written down here a second
 * time, on purpose: a peer that were built from our own graph would share its mistakes. The number of
 * parameters, which every contender reports, must agree.
 */
export type Layer =
  | {
      readonly kind: 'convolution';
      readonly filters: number;
      readonly kernel: number;
      readonly stride?: number;
      /** Padded by half the kernel, without a bias and followed by batch normalisation. */
      readonly normalised?: boolean;
      readonly unitNorm?: boolean;
      /** A 2x2 maximum pooling after the ReLU. */
      readonly pool?: boolean;
    }
  /**
   * Convolution as MobileNet has it: padded as TensorFlow's SAME, without a bias, normalised, ReLU6; `depthwise`
   * convolves every channel by itself.
   */
  | {
      readonly kind: 'mobile-convolution';
      readonly filters: number;
      readonly kernel: number;
      readonly stride: number;
      readonly depthwise: boolean;
    }
  /** ReLU of the input plus a normalised 3x3 convolution of it. */
  | { readonly kind: 'residual'; readonly filters: number }
  | { readonly kind: 'dropout'; readonly share: number }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'global-average-pool' }
  | { readonly kind: 'dense'; readonly units: number; readonly relu?: boolean };

export interface Network {
  /** Name of the preset. */
  readonly preset: string;
  /** True when it starts from a file of pretrained weights. */
  readonly pretrained?: boolean;
  readonly size: number;
  readonly channels: 1 | 3;
  readonly layers: readonly Layer[];
}

const pooled = (filters: number, kernel: number, unitNorm = false): Layer => ({
  kind: 'convolution',
  filters,
  kernel,
  pool: true,
  unitNorm,
});
const normalised = (filters: number): Layer => ({
  kind: 'convolution',
  filters,
  kernel: 3,
  stride: 2,
  normalised: true,
});
const dropout = (share: number): Layer => ({ kind: 'dropout', share });
const head = (...hidden: readonly Layer[]): readonly Layer[] => [
  { kind: 'flatten' },
  ...hidden,
  { kind: 'dense', units: 1 },
];

/** MobileNetV1 of width 0.25: channels and stride of each pair of a depthwise and a 1x1 convolution. */
const mobilePairs: readonly (readonly [from: number, to: number, stride: number])[] = [
  [8, 16, 1],
  [16, 32, 2],
  [32, 32, 1],
  [32, 64, 2],
  [64, 64, 1],
  [64, 128, 2],
  ...Array.from({ length: 5 }, () => [128, 128, 1] as const),
  [128, 256, 2],
  [256, 256, 1],
];

export const networks: readonly Network[] = [
  {
    preset: 'gray-final',
    size: 128,
    channels: 3,
    layers: [
      pooled(32, 3, true),
      pooled(64, 4),
      pooled(128, 3),
      dropout(0.4),
      pooled(128, 3),
      pooled(256, 3),
      dropout(0.4),
      ...head({ kind: 'dense', units: 512, relu: true }, dropout(0.2)),
    ],
  },
  {
    preset: 'color-final',
    size: 128,
    channels: 3,
    layers: [pooled(32, 3), pooled(64, 4), pooled(128, 3), ...head({ kind: 'dense', units: 256, relu: true })],
  },
  {
    preset: 'small',
    size: 128,
    channels: 1,
    layers: [
      normalised(24),
      normalised(48),
      { kind: 'residual', filters: 48 },
      normalised(96),
      { kind: 'residual', filters: 96 },
      normalised(128),
      { kind: 'global-average-pool' },
      dropout(0.2),
      { kind: 'dense', units: 1 },
    ],
  },
  {
    preset: 'mobilenet-v1-0.25',
    pretrained: true,
    size: 224,
    channels: 1,
    layers: [
      { kind: 'mobile-convolution', filters: 8, kernel: 3, stride: 2, depthwise: false },
      ...mobilePairs.flatMap(([from, to, stride]): Layer[] => [
        { kind: 'mobile-convolution', filters: from, kernel: 3, stride, depthwise: true },
        { kind: 'mobile-convolution', filters: to, kernel: 1, stride: 1, depthwise: false },
      ]),
      { kind: 'global-average-pool' },
      { kind: 'dense', units: 1 },
    ],
  },
];
