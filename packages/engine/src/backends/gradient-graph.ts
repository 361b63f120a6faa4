import { ChromarayError } from '@chromaray/base';
import { bindDimensions } from '../builder/bind-dimensions.js';
import { upgradeOpset } from '../builder/upgrade-opset.js';
import { inferenceForm } from '../graph/inference-form.js';
import { removeDeadNodes } from '../graph/prune.js';
import type { Graph, Model, ValueInfo } from '../graph/types.js';
import type { GradientSpecification } from './backend.js';

/** A model cut down to what a gradient needs, with all sizes known. */
export interface GradientGraph {
  readonly graph: Graph;
  readonly opset: number;
  /** Name and sizes of the pixels, the batch first. */
  readonly pixels: { readonly name: string; readonly shape: readonly number[] };
}

/**
 * A model of pictures for exactly `batch` examples, in an operator set that has gradients.
 *
 * @throws ChromarayError `CHROMARAY_EXPLAIN_INPUT` for a model that does not take pixels
 */
export function modelForBatch(model: Model, batch: number): Model {
  const upgraded = upgradeOpset({ ...model, graph: inferenceForm(model.graph) });
  const input = pixelInput(upgraded.graph);
  if (input === undefined) throw noPixels(model);
  const open = input.shape[0];
  if (typeof open !== 'string') return upgraded;
  return { ...upgraded, graph: bindDimensions(upgraded.graph, upgraded.opsets.get('')!, { [open]: batch }) };
}

/** The part of a model that computes `output` and `wrt`, for exactly `batch` examples. */
export function gradientGraph({ model, output, wrt }: GradientSpecification, batch: number): GradientGraph {
  const bound = modelForBatch({ ...model, graph: withOutputs(model.graph, [output, wrt]) }, batch);
  const graph = removeDeadNodes(bound.graph);
  const { name, shape } = pixelInput(graph)!;
  return { graph, opset: bound.opsets.get('')!, pixels: { name, shape: shape as readonly number[] } };
}

function pixelInput({ inputs, initializers }: Graph): ValueInfo | undefined {
  return inputs.find(({ name, dtype, shape }) => !initializers.has(name) && dtype === 'uint8' && shape.length === 4);
}

/** Only the names of outputs matter: whoever builds from the graph infers their types anew. */
function withOutputs(graph: Graph, names: readonly string[]): Graph {
  return { ...graph, outputs: names.map((name) => ({ name, dtype: 'float32', shape: [] })) };
}

function noPixels({ graph }: Model): ChromarayError {
  const found = graph.inputs.map(({ name, dtype, shape }) => `${name} (${dtype} [${shape.join(', ')}])`).join(', ');
  return new ChromarayError({
    code: 'CHROMARAY_EXPLAIN_INPUT',
    message: `The model takes ${found || 'nothing'}; pictures go into a uint8 input [batch, channels, height, width].`,
    remedy: 'Put the scaling of pixels into the model, as models saved by a study have it.',
    details: { inputs: graph.inputs },
  });
}
