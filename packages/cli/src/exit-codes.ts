/** How the program ends; stable, for scripts. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2, stoppedByAudit: 3, interrupted: 130 } as const;
