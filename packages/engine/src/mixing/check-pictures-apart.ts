import { ChromarayError, isChromarayError, Random } from '@chromaray/base';
import { onnxruntimeBackend } from '../backends/onnxruntime/backend.js';
import { GraphBuilder } from '../builder/builder.js';
import { inferenceForm } from '../graph/inference-form.js';
import { modelOpset } from '../graph/opset.js';
import { removeDeadNodes } from '../graph/prune.js';
import type { Graph, GraphNode, Model, ValueInfo } from '../graph/types.js';
import { firstMixer } from './first-mixer.js';

/** Largest difference by rounding, as a share of the largest value: other kernels run for other numbers of pictures. */
const rounding = 2e-5;

/** Share of the difference between two pictures that one of them may move by in the other's company. */
const noticeable = 1e-3;

/**
 * Refuses a network whose answer to a picture depends on the pictures beside it: each of two random pictures must give
 * the same alone, beside the other, and in a batch that is filled up. Nothing is run where shapes show it already.
 *
 * @param value - what is compared, best the logits, which no sigmoid has flattened
 * @param label - what errors call the network
 * @throws ChromarayError `CHROMARAY_TRANSFER_MIXES`
 */
export async function checkPicturesApart(model: Model, value: string, label: string): Promise<void> {
  const opset = modelOpset(model);
  const graph = removeDeadNodes({
    ...inferenceForm(model.graph),
    outputs: [model.graph.outputs.find(({ name }) => name === value) ?? { name: value, dtype: 'float32', shape: [] }],
  });
  const suspect = firstMixer(graph, opset);
  if (suspect === undefined) return;
  const output = outputFor(graph, opset, value, label, suspect);
  const session = await onnxruntimeBackend.infer({ ...model, graph: { ...graph, outputs: [output] } }, 4);
  const input = graph.inputs.find(({ name }) => !graph.initializers.has(name))!;
  const [one, other, ...filling] = pictures(input.shape.slice(1).reduce<number>((size, dim) => size * Number(dim), 1));
  try {
    const run = async (...batch: readonly Uint8Array[]) => [
      ...(await session.run(Buffer.concat(batch), batch.length)).subarray(0, 2 * session.outputSize),
    ];
    const alone = [...(await run(one!)), ...(await run(other!))];
    const seen = [await run(one!, other!), await run(one!, other!, ...filling)];
    const difference = seen.map((values) => moved(alone, values)).find((found) => found !== undefined);
    if (difference !== undefined) throw mixes(label, suspect, difference);
  } catch (error) {
    if (error instanceof ChromarayError) throw error;
    throw onePictureOnly(label, suspect, error);
  } finally {
    await session.release();
  }
}

/** The value as an output; its shape must be known for two pictures and for four. */
function outputFor(graph: Graph, opset: number, value: string, label: string, suspect: GraphNode): ValueInfo {
  try {
    const [type] = [2, 4].map((count) => {
      const inputs = graph.inputs.map((input) => ({ ...input, shape: [count, ...input.shape.slice(1)] }));
      const found = GraphBuilder.from({ ...graph, inputs, outputs: [] }, opset).type(value);
      if (found.shape[0] !== count) throw onePictureOnly(label, suspect);
      return found;
    });
    return { name: value, ...type! };
  } catch (error) {
    // Operators that the engine does not know may be run all the same.
    const declared = graph.outputs.find(({ name, shape }) => name === value && shape.length > 0);
    const isUnknown = isChromarayError(error) && (error as ChromarayError).code === 'CHROMARAY_GRAPH_OPERATOR_UNKNOWN';
    if (isUnknown && declared !== undefined) return declared;
    throw isUnknown ? error : onePictureOnly(label, suspect, error);
  }
}

/** Four pictures that have nothing in common. */
function pictures(size: number): readonly Uint8Array[] {
  const random = new Random('pictures apart');
  return Array.from({ length: 4 }, (_, picture) =>
    Uint8Array.from({ length: size }, () => (random.uint32() & 127) + 42 * picture),
  );
}

interface Difference {
  readonly alone: number;
  readonly together: number;
}

/** The largest difference between two pictures' values alone and together, if more than rounding explains. */
function moved(alone: readonly number[], together: readonly number[]): Difference | undefined {
  const half = alone.length / 2;
  const largest = Math.max(...alone.map(Math.abs));
  const apart = Math.max(...alone.slice(0, half).map((value, i) => Math.abs(value - alone[half + i]!)));
  const distance = (i: number) => Math.abs(alone[i]! - together[i]!);
  const [most] = alone.map((_, i) => i).sort((a, b) => distance(b) - distance(a));
  const allowed = rounding * largest + noticeable * apart;
  return distance(most!) > allowed ? { alone: alone[most!]!, together: together[most!]! } : undefined;
}

const remedy =
  'Export the network in evaluation mode (model.eval() in PyTorch), without operations over the first axis, or name features before them.';

function mixes(label: string, { opType, name }: GraphNode, { alone, together }: Difference): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRANSFER_MIXES',
    message: `${label}: the network mixes the pictures of a batch: one picture gave ${alone.toPrecision(4)} alone and ${together.toPrecision(4)} beside others. The first node that may do so is ${opType} "${name}".`,
    remedy,
    details: { node: name, operator: opType, alone, together },
  });
}

function onePictureOnly(label: string, { opType, name }: GraphNode, cause?: unknown): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRANSFER_MIXES',
    message: `${label}: the network does not take pictures one by one and several at once. The first node that may depend on their number is ${opType} "${name}".`,
    remedy,
    cause,
    details: { node: name, operator: opType },
  });
}
