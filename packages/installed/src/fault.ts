import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

/** What can be wrong with a file that is installed, whatever it is a file of. */
export type InstallFault =
  | 'UNKNOWN'
  | 'NAME'
  | 'EXISTS'
  | 'MISSING'
  | 'DESCRIPTION'
  | 'HASH'
  | 'UNPINNED'
  | 'NO_ADDRESS'
  | 'OFFLINE'
  | 'NOT_FOUND'
  | 'SERVER'
  | 'CUT_OFF'
  | 'TOO_LARGE'
  | 'TOO_SLOW';

export interface FaultDescription {
  readonly message: string;
  readonly remedy: string;
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

const codes = {
  COLORIZER: (fault: InstallFault) => `CHROMARAY_COLORIZER_${fault}` as const,
  WEIGHTS: (fault: InstallFault) => `CHROMARAY_WEIGHTS_${fault}` as const,
};

/** The chapter of the table of errors that a kind of files has. */
export type InstallArea = keyof typeof codes;

/** What manages the files of an area on the command line. */
export const installCommands: Readonly<Record<InstallArea, string>> = {
  COLORIZER: 'chromaray colorizer',
  WEIGHTS: 'chromaray weights',
};

/** The code of a fault of this area. */
export function installCode(area: InstallArea, fault: InstallFault): string {
  return codes[area](fault);
}

export function installError(area: InstallArea, fault: InstallFault, description: FaultDescription): ChromarayError {
  return codedError(codes[area](fault), description);
}

/** What can be wrong with weights alone. */
export function weightsError(fault: 'FORMAT' | 'PRESET', description: FaultDescription): ChromarayError {
  return codedError(`CHROMARAY_WEIGHTS_${fault}`, description);
}
