import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debuglog } from 'node:util';
import type { InferenceSession } from 'onnxruntime-node';
import type { OrtSession } from './ort.js';

const debug = debuglog('chromaray');

/** Operators that a run has executed, with how often, by ONNX Runtime's name of the provider. */
export type Placement = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * Finds out where ONNX Runtime runs the nodes of a graph: those that a provider lacks go to the CPU without a
 * word, and their data with them. It is told from a profile of one run, as nothing else tells it.
 */
export class PlacementRecorder {
  private readonly folder = mkdtempSync(join(tmpdir(), 'chromaray-profile-'));

  /** To be created with. */
  get sessionOptions(): InferenceSession.SessionOptions {
    return { enableProfiling: true, profileFilePrefix: join(this.folder, 'run') };
  }

  /** After a run: where its nodes were executed. Ends the recording. */
  finish(session: OrtSession): Placement {
    try {
      session.endProfiling();
      const [file] = readdirSync(this.folder);
      return file === undefined ? new Map() : placementIn(readFileSync(join(this.folder, file), 'utf8'));
    } finally {
      this.discard();
    }
  }

  /** Ends the recording of a session that never ran. */
  discard(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A recorder when somebody reads the debug log (`NODE_DEBUG=chromaray`): a profile costs time. */
export function debuggedPlacement(provider: string): PlacementRecorder | undefined {
  return debug.enabled && provider !== 'cpu' ? new PlacementRecorder() : undefined;
}

export function logPlacement(graph: string, placement: Placement): void {
  for (const [provider, operators] of placement) {
    const counts = [...operators].map(([operator, count]) => `${operator} ${count}`);
    debug('onnxruntime runs of the graph "%s" on %s: %s', graph, provider, counts.join(', '));
  }
}

interface ProfileEvent {
  readonly cat?: string;
  readonly name?: string;
  readonly args?: { readonly provider?: string; readonly op_name?: string };
}

function placementIn(profile: string): Placement {
  const placement = new Map<string, Map<string, number>>();
  for (const { cat, name, args } of JSON.parse(profile) as readonly ProfileEvent[]) {
    if (cat !== 'Node' || !name?.endsWith('_kernel_time')) continue;
    if (args?.provider === undefined || args.op_name === undefined) continue;
    const operators = placement.get(args.provider) ?? new Map<string, number>();
    placement.set(args.provider, operators.set(args.op_name, (operators.get(args.op_name) ?? 0) + 1));
  }
  return placement;
}
