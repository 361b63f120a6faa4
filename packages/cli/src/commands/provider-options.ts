import { backends } from '@chromaray/contracts/names';
import { providerNames } from '@chromaray/engine/names';
import { Option } from 'commander';
import { wholeNumber } from './options.js';

/** Which library computes; see docs/engine.md. */
export function backendOption(): Option {
  return new Option('--backend <backend>', 'which library computes').choices(['auto', ...backends]).default('auto');
}

/** What a command computes on; see docs/gpu.md. */
export function providerOption(): Option {
  return new Option('--provider <provider>', 'what computes').choices(providerNames).default('cpu');
}

export const deviceOption = ['--device <n>', 'which of several GPUs, for cuda and dml', wholeNumber(0, 255)] as const;
