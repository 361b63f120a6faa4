import type { HeadOptions } from '../layers/head.js';
import type { InputScale } from '../layers/input-scale.js';
import type { InputTransform } from '../layers/input-transform.js';
import type { TrainableModel } from '../training/types.js';
import type { WeightsFile } from '../transfer/weights-file.js';

/** What a preset is built from. */
export interface PresetOptions {
  /** Pixels. */
  readonly height: number;
  readonly width: number;
  readonly transform: InputTransform;
  /** Seed of the initial weights. */
  readonly seed: number | string;
  /** How many classes the network tells apart: of two it gives one probability, of more one each. Default: 2. */
  readonly classes?: number;
  /** Pretrained presets only: the file that the weights are taken from (ONNX or safetensors), or its path. */
  readonly weights?: WeightsFile | string;
  /** Pretrained presets only: what their input is scaled to, when not to what their weights were trained with. */
  readonly input?: InputScale;
  /** Pretrained presets only: what follows the features, when not their own head. */
  readonly head?: HeadOptions;
}

/** A named architecture. */
export interface Preset {
  readonly name: string;
  /** One line for a list. */
  readonly description: string;
  /** Height and width it was designed for, used when none is asked for. */
  readonly size: number;
  /** Used when none is asked for. */
  readonly transform: InputTransform;
  /** For architectures that take pretrained weights. */
  readonly pretrained?: PretrainedPreset;
  /** From random weights. */
  build(options: PresetOptions): TrainableModel;
}

/** How an architecture takes pretrained weights. */
export interface PretrainedPreset {
  /** Whether it can also begin at random weights. */
  readonly weights: 'required' | 'optional';
  /** Patterns of tensors that are not trained by default; see `freezeTensors`. */
  readonly freeze?: readonly string[];
  /**
   * Where weights are found by the names of a PyTorch state dictionary: what the names of its classifier begin with, whose
   * tensors are not looked at. Absent: layers are matched by their order.
   */
  readonly classifier?: string;
}
