import { presets } from '@chromaray/engine';
import type { NetworkPreset } from './names.js';

/** The networks of this version. */
export function networkPresets(): readonly NetworkPreset[] {
  return presets.map(({ name, pretrained }) => ({ name, weights: pretrained?.weights }));
}
