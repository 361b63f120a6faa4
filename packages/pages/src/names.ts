/** Names that users write, apart from what does the work: a command line's help needs only these. */
export { type Paper, papers } from './report/pdf/paper.js';
