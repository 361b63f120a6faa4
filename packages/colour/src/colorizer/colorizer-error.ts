import { ChromarayError } from '@chromaray/base';

/** What can be wrong with a colorizer; the code is `CHROMARAY_COLORIZER_<WHAT>`. docs/colour.md has the table. */
export type ColorizerFault =
  | 'CONTRACT'
  | 'CUT_OFF'
  | 'DESCRIPTION'
  | 'EXISTS'
  | 'HASH'
  | 'MISSING'
  | 'MODEL'
  | 'NAME'
  | 'NOT_FOUND'
  | 'NO_ADDRESS'
  | 'OFFLINE'
  | 'RANGE'
  | 'RUN'
  | 'SERVER'
  | 'SIZE'
  | 'TENSOR'
  | 'UNKNOWN'
  | 'UNPINNED';

export interface FaultDescription {
  readonly message: string;
  readonly remedy: string;
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

export function colorizerError(fault: ColorizerFault, description: FaultDescription): ChromarayError {
  return new ChromarayError({ code: `CHROMARAY_COLORIZER_${fault}`, ...description });
}
