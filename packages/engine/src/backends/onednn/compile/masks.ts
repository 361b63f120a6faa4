import type { Graph, GraphNode } from '../../../graph/types.js';
import type { DropoutMask } from '../../../training/forward/dropout.js';

/** A dropout mask as the graph uses it: after a cast and a scaling. */
export interface UsedMask {
  readonly mask: DropoutMask;
  /** The value that is multiplied by. */
  readonly name: string;
  /** What kept elements are multiplied by. */
  readonly scale: number;
  /** What is multiplied; a mask of whole channels is smaller. */
  readonly target: string;
}

/** Finds the nodes that prepare masks, which are not run: kernels take masks as bytes. */
export function findMasks(
  graph: Graph,
  masks: readonly DropoutMask[],
): { readonly used: readonly UsedMask[]; readonly skipped: ReadonlySet<GraphNode> } {
  const consumer = (name: string) => graph.nodes.find(({ inputs }) => inputs.includes(name))!;
  const skipped = new Set<GraphNode>();
  const used = masks.map((mask): UsedMask => {
    const cast = consumer(mask.input);
    const scaling = consumer(cast.outputs[0]!);
    skipped.add(cast).add(scaling);
    const name = scaling.outputs[0]!;
    return { mask, name, scale: 1 / (1 - mask.ratio), target: consumer(name).outputs[0]! };
  });
  return { used, skipped };
}
