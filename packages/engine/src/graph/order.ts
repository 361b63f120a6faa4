import { ChromarayError } from '@chromaray/base';
import type { GraphNode } from './types.js';

/**
 * The nodes in an order in which each comes after those that make its inputs. Nodes that already are in such
 * an order keep it.
 *
 * @param given - values that no node has to make: inputs and initializers
 * @param label - what errors call the model
 * @throws ChromarayError `CHROMARAY_GRAPH_DUPLICATE` when two nodes make the same value,
 *   `CHROMARAY_GRAPH_VALUE_UNKNOWN` when nothing makes a value that a node takes,
 *   `CHROMARAY_GRAPH_CYCLE` when nodes wait for one another
 */
export function orderNodes(
  nodes: readonly GraphNode[],
  given: ReadonlySet<string>,
  label: string,
): readonly GraphNode[] {
  const maker = makers(nodes, given, label);
  const state = new Map<GraphNode, 'open' | 'done'>();
  const ordered: GraphNode[] = [];
  // Depth first with a stack of its own: exported models can be thousands of nodes deep.
  for (const root of nodes) {
    const stack = [root];
    while (stack.length > 0) {
      const node = stack.at(-1)!;
      const before = state.get(node) === undefined ? requirements(node, given, maker, label) : [];
      if (state.get(node) === undefined) state.set(node, 'open');
      const waiting = before.filter((other) => state.get(other) !== 'done');
      const looping = waiting.find((other) => state.get(other) === 'open');
      if (looping !== undefined) throw cycleError(looping, label);
      if (waiting.length > 0) {
        stack.push(...waiting.toReversed());
        continue;
      }
      stack.pop();
      if (state.get(node) === 'done') continue;
      state.set(node, 'done');
      ordered.push(node);
    }
  }
  return ordered;
}

function makers(nodes: readonly GraphNode[], given: ReadonlySet<string>, label: string): Map<string, GraphNode> {
  const maker = new Map<string, GraphNode>();
  for (const node of nodes) {
    for (const output of node.outputs) {
      if (output === '') continue;
      if (maker.has(output) || given.has(output)) throw duplicateError(node, output, label);
      maker.set(output, node);
    }
  }
  return maker;
}

function requirements(
  node: GraphNode,
  given: ReadonlySet<string>,
  maker: ReadonlyMap<string, GraphNode>,
  label: string,
): GraphNode[] {
  return node.inputs.flatMap((input) => {
    if (input === '' || given.has(input)) return [];
    const other = maker.get(input);
    if (other === undefined) throw unknownValueError(node, input, label);
    return [other];
  });
}

function duplicateError(node: GraphNode, value: string, label: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_GRAPH_DUPLICATE',
    message: `${label}: ${node.opType} node "${node.name}" makes the value "${value}", which exists already.`,
    remedy: 'Give each value of the graph a name of its own.',
    details: { node: node.name, value },
  });
}

function unknownValueError(node: GraphNode, value: string, label: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_GRAPH_VALUE_UNKNOWN',
    message: `${label}: ${node.opType} node "${node.name}" takes the value "${value}", which nothing makes.`,
    remedy: 'Check that the model was exported in full.',
    details: { node: node.name, value },
  });
}

function cycleError(node: GraphNode, label: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_GRAPH_CYCLE',
    message: `${label}: ${node.opType} node "${node.name}" depends on its own result.`,
    remedy: 'Check that the model was exported in full.',
    details: { node: node.name },
  });
}
