export { exitCodes } from '@chromaray/contracts/errors';

/**
 * Thrown by a command that has printed its result, and whose exit code is to say that not all went well:
 * nothing more is printed.
 */
export class EndedWith extends Error {
  constructor(readonly exitCode: number) {
    super(`ended with ${exitCode}`);
    this.name = 'EndedWith';
  }
}
