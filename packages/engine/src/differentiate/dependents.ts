import { isFloat } from '../graph/dtype.js';
import type { GraphWriter } from '../graph/graph-writer.js';
import type { GraphNode } from '../graph/types.js';

/**
 * The floating-point values that depend on any of `sources` through floating-point values: those that a
 * gradient may flow into. An integer or bool in between ends the way, because its slope is 0, and so do `constants`.
 */
export function dependents(
  builder: GraphWriter,
  nodes: readonly GraphNode[],
  sources: readonly string[],
  constants: readonly string[] = [],
): ReadonlySet<string> {
  const ends = new Set(constants);
  const reached = new Set(sources.filter((source) => isFloat(builder.type(source).dtype)));
  for (const node of nodes) {
    if (!node.inputs.some((input) => reached.has(input))) continue;
    for (const output of node.outputs) {
      if (output !== '' && !ends.has(output) && isFloat(builder.type(output).dtype)) reached.add(output);
    }
  }
  return reached;
}
