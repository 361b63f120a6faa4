import type { DatasetPreset } from '@chromaray/contracts';
import { chexpert } from './chexpert.js';
import { nihChestXray14 } from './nih-chestxray14.js';
import type { PresetReader } from './preset.js';
import { rsna } from './rsna.js';

/** Every preset by its name. */
export const presetReaders: Readonly<Record<DatasetPreset, PresetReader>> = {
  'nih-chestxray14': nihChestXray14,
  rsna,
  chexpert,
};
