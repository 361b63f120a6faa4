import type { GraphWriter } from '../../graph/graph-writer.js';
import type { Graph, GraphNode } from '../../graph/types.js';
import { addDropout, type DropoutMask } from '../forward/dropout.js';

/** How a network is put behind another in one graph. */
export interface Embedding {
  /** Goes before all of its names. */
  readonly prefix: string;
  /** Goes before the names of its tensors, which several embeddings may share. */
  readonly tensorPrefix: string;
  /** The value that takes the place of its input. */
  readonly input: string;
  /** Its tensors that are inputs of the whole graph, to be replaced from step to step. */
  readonly held?: ReadonlySet<string>;
  /** Receives the masks of its dropouts; without, they pass their input on. */
  readonly masks?: DropoutMask[];
  /** Its dropouts of whole channels. */
  readonly channelDropouts?: readonly string[];
}

/**
 * Adds a network in prediction form to a graph; shapes follow from the value it is given.
 *
 * @returns what its values are called in the whole graph
 */
export function embedNetwork(builder: GraphWriter, graph: Graph, of: Embedding): (name: string) => string {
  const input = graph.inputs.find(({ name }) => !graph.initializers.has(name))!.name;
  const called = (name: string) => {
    if (name === '' || name === input) return name === '' ? '' : of.input;
    return graph.initializers.has(name) ? `${of.tensorPrefix}/${name}` : `${of.prefix}/${name}`;
  };
  const used = new Set(graph.nodes.flatMap(({ inputs }) => inputs));
  for (const [name, tensor] of graph.initializers) {
    if (!used.has(name) || builder.has(called(name))) continue;
    if (of.held?.has(name)) builder.input(called(name), tensor.dtype, tensor.dims);
    else builder.constant(called(name), tensor);
  }
  const ofChannels = new Set(of.channelDropouts);
  for (const node of graph.nodes) {
    const own: GraphNode = {
      ...node,
      name: `${of.prefix}/${node.name}`,
      inputs: node.inputs.map(called),
      outputs: node.outputs.map(called),
    };
    if (node.opType !== 'Dropout' || node.domain !== '') builder.append(own);
    else if (of.masks === undefined) builder.node('Identity', [own.inputs[0]!], {}, { outputs: [own.outputs[0]!] });
    else addDropout(builder, renamedRatios(graph, called), own, of.masks, ofChannels.has(node.outputs[0]!));
  }
  return called;
}

/** A dropout reads its ratio from the initializers of its graph. */
function renamedRatios(graph: Graph, called: (name: string) => string): Graph {
  return { ...graph, initializers: new Map([...graph.initializers].map(([name, tensor]) => [called(name), tensor])) };
}
