import { presetNames } from '@chromaray/engine';
import { colourMapNames } from '@chromaray/imaging';
import type { Vocabulary } from './rules.js';

/** The presets and colour maps of this version, which has no colorizer yet. */
export const studyVocabulary: Vocabulary = { presets: presetNames, maps: colourMapNames, colorizers: [] };
