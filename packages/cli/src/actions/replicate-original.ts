import path from 'node:path';
import { fastPlan, fullPlan, replicateOriginal } from '@chromaray/replicate';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatReplication } from '../terminal/replication.js';
import { showReplicationEvents } from '../terminal/replication-events.js';

export interface ReplicateOriginalOptions {
  readonly data: string;
  readonly fast?: boolean;
  readonly out: string;
  readonly retrain?: boolean;
  readonly json?: boolean;
}

/** What `chromaray replicate original` does. */
export async function replicateOriginalAction(options: ReplicateOriginalOptions, context: Context): Promise<void> {
  const outcome = await replicateOriginal({
    data: options.data,
    out: options.out,
    plan: options.fast ? fastPlan : fullPlan,
    retrain: options.retrain ?? false,
    onEvent: showReplicationEvents(context.progress),
    signal: context.signal,
  });
  context.progress.end();
  if (options.json) writeJson(context.out, { ...outcome.result, folder: path.dirname(outcome.file) });
  else printText(context.out, formatReplication(outcome, lineWidth(context.out)));
}
