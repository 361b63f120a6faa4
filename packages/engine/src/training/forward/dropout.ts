import { ChromarayError } from '@chromaray/base';
import type { GraphWriter } from '../../graph/graph-writer.js';
import type { Graph, GraphNode } from '../../graph/types.js';

/** A dropout whose mask is fed at every step: uint8, 1 keeps, 0 drops. */
export interface DropoutMask {
  readonly input: string;
  readonly shape: readonly number[];
  /** Share of elements dropped, in (0, 1). */
  readonly ratio: number;
}

/**
 * Adds a dropout of a graph in training form: its value times a mask that is fed, so that a training can be resumed with
 * the numbers it would have had. ONNX Runtime's `Dropout` keeps a hidden generator.
 *
 * @param masks - receives the mask
 * @param ofChannels - one draw for each channel of each example
 */
export function addDropout(
  builder: GraphWriter,
  graph: Graph,
  node: GraphNode,
  masks: DropoutMask[],
  ofChannels = false,
): void {
  const ratio = dropoutRatio(graph, node);
  const [value, output] = [node.inputs[0]!, node.outputs[0]!];
  if (ratio === 0) {
    builder.node('Identity', [value], {}, { outputs: [output] });
    return;
  }
  const dims = builder.shape(value);
  const shape = ofChannels ? dims.map((size, axis) => (axis < 2 ? size : 1)) : dims;
  const input = builder.input(`step/mask/${masks.length}`, 'uint8', shape);
  masks.push({ input, shape, ratio });
  // Names of their own: those of the network come behind them.
  const named = (part: string) => ({ name: `${input}/${part}`, outputs: [`${input}/${part}`] });
  const kept = builder.node('Cast', [input], { to: 1 }, named('kept'));
  const scaled = builder.node('Mul', [kept, builder.floats(1 / (1 - ratio))], {}, named('scaled'));
  builder.node('Mul', [value, scaled], {}, { name: `${input}/dropped`, outputs: [output] });
}

function dropoutRatio(graph: Graph, node: GraphNode): number {
  const attribute = node.attributes.ratio;
  const input = node.inputs[1];
  const stored = input === undefined || input === '' ? undefined : graph.initializers.get(input)?.data[0];
  const ratio =
    stored !== undefined
      ? Number(stored)
      : typeof attribute === 'object' && 'float' in attribute
        ? attribute.float
        : Number(attribute ?? 0.5);
  if (ratio >= 0 && ratio < 1) return ratio;
  throw new ChromarayError({
    code: 'CHROMARAY_TRAINING_DROPOUT',
    message: `Dropout node "${node.name}" drops a share of ${ratio}; it must be at least 0 and below 1.`,
    remedy: 'Correct the ratio in the model.',
    details: { node: node.name, ratio },
  });
}
