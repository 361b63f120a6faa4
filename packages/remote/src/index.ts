export { type ComputedResult, decodeResult, encodeResult, type ResultTexts } from './task/result-message.js';
export {
  type BlobName,
  decodeTask,
  encodeTask,
  mostTaskBytes,
  nodeMajor,
  type TaskCircumstances,
  type TaskMessage,
  taskOf,
} from './task/task-message.js';
export { trialId } from './task/trial-id.js';
