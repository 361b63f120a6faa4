import type { ChromarayError } from '@chromaray/base';
import { codedError, type FaultOf } from '@chromaray/contracts/errors';
import type { FaultDescription } from '@chromaray/installed';

/** What can be wrong with a colorizer; the code is `CHROMARAY_COLORIZER_<WHAT>`. */
export type ColorizerFault = FaultOf<'COLORIZER'>;

export function colorizerError(fault: ColorizerFault, description: FaultDescription): ChromarayError {
  return codedError(`CHROMARAY_COLORIZER_${fault}`, description);
}
