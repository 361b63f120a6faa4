import { availableNames, untrainedNames } from '@chromaray/colour';
import type { Vocabulary } from '@chromaray/contracts';
import { colouringNames } from '@chromaray/imaging';
import { networkPresets } from './network-presets.js';

/** The presets and colour maps of this version, and the colorizers there are when a study file is read. */
export const studyVocabulary: Vocabulary = {
  presets: networkPresets(),
  maps: colouringNames,
  get colorizers() {
    return [...availableNames(), ...untrainedNames()];
  },
};
