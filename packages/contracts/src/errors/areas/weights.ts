import type { ErrorArea } from '../entry.js';

/** Pretrained weights: getting and installing them. */
export const weightsErrors = {
  CHROMARAY_WEIGHTS_UNKNOWN: {
    meaning: 'No weights of this name are installed, or known.',
    advice: 'Install them with `chromaray weights add`; `list` shows what there is.',
  },
  CHROMARAY_WEIGHTS_NAME: {
    meaning: 'The name cannot be a file name.',
    advice: 'Use letters, digits, "-" and "_".',
    outcome: 'wrongUse',
  },
  CHROMARAY_WEIGHTS_PRESET: {
    meaning: 'Nothing says of which network the weights are.',
    advice: 'Name it with `--preset`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_WEIGHTS_FORMAT: {
    meaning: 'The file is neither safetensors nor ONNX.',
    advice: 'Save the state dictionary with `safetensors.torch.save_file`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_WEIGHTS_EXISTS: {
    meaning: 'Another file is installed under this name.',
    advice: 'Choose another name, or remove the one installed.',
  },
  CHROMARAY_WEIGHTS_MISSING: { meaning: 'There is no such file.', advice: 'Check the path.' },
  CHROMARAY_WEIGHTS_DESCRIPTION: {
    meaning: 'The description file of installed weights cannot be read.',
    advice: 'Remove it and add the file again.',
  },
  CHROMARAY_WEIGHTS_HASH: {
    meaning: 'The file is not the one that was pinned or published.',
    advice: 'Get it again; do not use it if the hash stays wrong.',
  },
  CHROMARAY_WEIGHTS_UNPINNED: {
    meaning: 'Nobody has published a hash for this file, so it cannot be checked.',
    advice: 'Give its hash (`--sha256`), or pass `--trust-first`.',
  },
  CHROMARAY_WEIGHTS_NO_ADDRESS: {
    meaning: 'These weights cannot be downloaded as they are; they have to be exported.',
    advice: 'Follow the steps in transfer.md.',
  },
  CHROMARAY_WEIGHTS_OFFLINE: {
    meaning: 'The server cannot be reached; the message explains how to place the file by hand.',
    advice: 'Check the network.',
  },
  CHROMARAY_WEIGHTS_NOT_FOUND: { meaning: 'The file is no longer at its address.', advice: 'Get it elsewhere.' },
  CHROMARAY_WEIGHTS_SERVER: { meaning: 'The server refused the download.', advice: 'Try again later.' },
  CHROMARAY_WEIGHTS_CUT_OFF: {
    meaning: 'The download was interrupted several times; it resumes when you run the command again.',
    advice: 'Try again later.',
  },
  CHROMARAY_WEIGHTS_TOO_LARGE: {
    meaning: 'The server sends more bytes than the file has.',
    advice: 'Get the file in another way and install it with `chromaray weights add`.',
  },
  CHROMARAY_WEIGHTS_TOO_SLOW: {
    meaning: 'The download took longer than the time permitted; it resumes when you run the command again.',
    advice: 'Run the command again, or get the file in another way.',
  },
} as const satisfies ErrorArea;
