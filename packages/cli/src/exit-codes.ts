/** How the program ends; stable, for scripts. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2, stoppedByAudit: 3, interrupted: 130 } as const;

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
