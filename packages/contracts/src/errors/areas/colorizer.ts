import type { ErrorArea } from '../entry.js';

/** Networks that colorize: getting, installing and running them. */
export const colorizerErrors = {
  CHROMARAY_COLORIZER_UNKNOWN: {
    meaning: 'No colorizer of this name is installed.',
    advice: 'Install it with `chromaray colorizer pull` or `add`; `list` shows what there is.',
  },
  CHROMARAY_COLORIZER_CONTRACT: {
    meaning: 'No contract has this name.',
    advice: 'Use one of those named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_COLORIZER_NAME: {
    meaning: 'The name cannot be a file name.',
    advice: 'Use letters, digits, "-" and "_".',
    outcome: 'wrongUse',
  },
  CHROMARAY_COLORIZER_EXISTS: {
    meaning: 'Another file is installed under this name.',
    advice: 'Choose another name, or remove the one installed.',
  },
  CHROMARAY_COLORIZER_NO_UNTRAINED: {
    meaning:
      'Only networks that Chromaray trained can be had with random weights: of others, which of their tensors were trained is not known.',
    advice: 'Name a colorizer of the contract `uv`, such as `photo-small`.',
  },
  CHROMARAY_COLORIZER_TRAINING_OPTION: {
    meaning: 'A training of a colorizer was asked for with sizes, epochs or numbers that cannot be.',
    advice: 'Correct the option named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_COLORIZER_FEW_PHOTOGRAPHS: {
    meaning: 'Fewer than 50 photographs are left to train a colorizer on; the message says what was left out.',
    advice: 'Add colour photographs; a few thousand are needed for plausible colours.',
  },
  CHROMARAY_COLORIZER_MISSING: { meaning: 'The file of the network is missing.', advice: 'Install it again.' },
  CHROMARAY_COLORIZER_DESCRIPTION: {
    meaning: 'The description file of an installed network cannot be read.',
    advice: 'Install it again.',
  },
  CHROMARAY_COLORIZER_HASH: {
    meaning: 'The file is not the one that was pinned or published.',
    advice: 'Download it again; do not use it if the hash stays wrong.',
  },
  CHROMARAY_COLORIZER_UNPINNED: {
    meaning: 'Nobody has published a hash for this file, so it cannot be checked.',
    advice: 'Give its hash (`--sha256`), or pass `--trust-first`.',
  },
  CHROMARAY_COLORIZER_NO_ADDRESS: {
    meaning: 'This network cannot be downloaded; it has to be exported by hand.',
    advice: 'Follow the steps in colour.md.',
  },
  CHROMARAY_COLORIZER_OFFLINE: {
    meaning: 'The server cannot be reached; the message explains how to place the file by hand.',
    advice: 'Check the network.',
  },
  CHROMARAY_COLORIZER_NOT_FOUND: { meaning: 'The file is no longer at its address.', advice: 'Get it elsewhere.' },
  CHROMARAY_COLORIZER_SERVER: { meaning: 'The server refused the download.', advice: 'Try again later.' },
  CHROMARAY_COLORIZER_CUT_OFF: {
    meaning: 'The download was interrupted several times; it resumes when you run the command again.',
    advice: 'Try again later.',
  },
  CHROMARAY_COLORIZER_TOO_LARGE: {
    meaning: 'The server sends more bytes than the file has, or than any colorizing network needs.',
    advice: 'Get the file in another way and install it with `chromaray colorizer add`.',
  },
  CHROMARAY_COLORIZER_TOO_SLOW: {
    meaning: 'The download took longer than the time permitted; it resumes when you run the command again.',
    advice: 'Run the command again, or get the file in another way.',
  },
  CHROMARAY_COLORIZER_MODEL: {
    meaning: 'The file is not an ONNX model that runs here.',
    advice: 'Export it again, with standard operators.',
  },
  CHROMARAY_COLORIZER_TENSOR: {
    meaning: "Names, types or shapes of its tensors are not the contract's.",
    advice: 'Name the right contract, or the tensors (`--input`, `--output`).',
  },
  CHROMARAY_COLORIZER_SIZE: {
    meaning: 'The network does not work at this size, or gives another.',
    advice: 'Choose another render factor, or export it with open sizes.',
  },
  CHROMARAY_COLORIZER_RUN: { meaning: 'The network fails at this size.', advice: 'Try a smaller render factor.' },
  CHROMARAY_COLORIZER_RANGE: {
    meaning: 'The output is black, saturated or impossible under this contract.',
    advice: 'Name the contract that fits the network.',
  },
} as const satisfies ErrorArea;
