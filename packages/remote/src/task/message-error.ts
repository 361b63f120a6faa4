import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

/** What another machine sent is not what it should be. */
export function messageError(what: 'task' | 'result', fault: string, cause?: unknown): ChromarayError {
  return codedError('CHROMARAY_REMOTE_MESSAGE', {
    message: `A ${what} from another machine ${fault.includes('\n') ? `is not valid:\n${fault}` : fault}.`,
    ...(cause === undefined ? {} : { cause }),
  });
}
