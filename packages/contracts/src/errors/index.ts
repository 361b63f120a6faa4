/** The table of errors, apart from the schemas, so that code that throws errors loads only this. */
export { codedError } from './coded-error.js';
export type { ErrorArea, ErrorEntry, ErrorOutcome } from './entry.js';
export { systemError } from './system-error.js';
export { type ErrorCode, errorAreas, errorEntry, errorTable, exitCodes, type FaultOf, outcomeOf } from './table.js';
