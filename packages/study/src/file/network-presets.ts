import { presets } from '@chromaray/engine';

/** A network by name, and whether it takes pretrained weights. */
export interface NetworkPreset {
  readonly name: string;
  readonly weights: 'required' | 'optional' | undefined;
}

export function networkPresets(): readonly NetworkPreset[] {
  return presets.map(({ name, pretrained }) => ({ name, weights: pretrained?.weights }));
}
