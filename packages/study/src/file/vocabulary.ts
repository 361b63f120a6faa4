import { presetNames } from '@chromaray/engine';
import { colourMapNames } from '@chromaray/imaging';
import { installedNames } from '../colorizer/installed.js';
import type { Vocabulary } from './rules.js';

/** The presets and colour maps of this version, and the colorizers installed when a study file is read. */
export const studyVocabulary: Vocabulary = {
  presets: presetNames,
  maps: colourMapNames,
  get colorizers() {
    return installedNames();
  },
};
