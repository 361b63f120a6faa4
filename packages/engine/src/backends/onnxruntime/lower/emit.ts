import type { GraphWriter } from '../../../graph/graph-writer.js';
import type { Attributes, GraphNode } from '../../../graph/types.js';

/** Adds nodes in place of `node`, under names that no other node of the graph has. */
export type Emit = (
  opType: string,
  inputs: readonly string[],
  attributes?: Attributes,
  /** The output's name where the graph knows it. */
  output?: string,
) => string;

export function emitFor(builder: GraphWriter, node: GraphNode): Emit {
  return (opType, inputs, attributes = {}, output) => {
    const name = builder.unique(`lowered/${node.name}/${opType}`);
    return builder.node(opType, inputs, attributes, { name: `${name}/node`, outputs: [output ?? name] });
  };
}
