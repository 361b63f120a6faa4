import type { NetworkPreset } from '@chromaray/contracts';
import { presets } from '@chromaray/engine';

/** The networks of this version. */
export function networkPresets(): readonly NetworkPreset[] {
  return presets.map(({ name, pretrained }) => ({ name, weights: pretrained?.weights }));
}
