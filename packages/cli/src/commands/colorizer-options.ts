import { wholeNumber } from './options.js';

/** Where colorizing networks are installed; the same for every command that uses one. */
export const colorizersOption = [
  '--colorizers <dir>',
  'folder of installed colorizers (default: colorizers in CHROMARAY_HOME or ~/.chromaray)',
] as const;

export const renderFactorOption = [
  '--render-factor <n>',
  'the network works at 16 times as many pixels a side',
  wholeNumber(1, 100),
] as const;
