import type { SerializedError } from '@chromaray/base';
import type { TrialFiles } from './trial-files.js';
import type { TrialMessage, TrialResult } from './trial-runner.js';
import type { TrialTask } from './trial-task.js';

/** What a trial's process sends to its parent. */
export type ChildMessage =
  | TrialMessage
  | { readonly kind: 'done'; readonly result: TrialResult }
  | { readonly kind: 'failed'; readonly error: SerializedError }
  | { readonly kind: 'crashed'; readonly message: string; readonly stack: string };

/** What the parent sends to a trial's process. */
export type ChildCommand =
  | { readonly kind: 'run'; readonly task: TrialTask; readonly files: TrialFiles }
  | { readonly kind: 'cancel' };
