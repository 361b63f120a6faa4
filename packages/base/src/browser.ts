/** What of this package runs in a browser too: nothing here loads a module of Node's. */
export { canonicalJson } from './canonical-json.js';
export { ChromarayError, deserializeError, isChromarayError, type SerializedError } from './error.js';
export * from './format.js';
export { Random } from './random.js';
export { mostAlike, nearest } from './suggest.js';
