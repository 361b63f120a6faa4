import { deserializeError, isChromarayError } from '@chromaray/base';

/** An error about the network of one arm among several, with the arm's name before it; other errors as they are. */
export function ofArm(error: unknown, arm: string): unknown {
  if (!isChromarayError(error)) return error;
  const { message, details } = error;
  return deserializeError({
    ...error.toJSON(),
    message: `In the arm "${arm}": ${message}`,
    details: { ...details, arm },
  });
}
