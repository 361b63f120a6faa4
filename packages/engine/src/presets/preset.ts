import type { TrainableModel } from '../training/types.js';
import type { InputTransform } from './input-transform.js';

/** What a preset is built from. */
export interface PresetOptions {
  /** Pixels. */
  readonly height: number;
  readonly width: number;
  readonly transform: InputTransform;
  /** Seed of the initial weights. */
  readonly seed: number | string;
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
  build(options: PresetOptions): TrainableModel;
}
