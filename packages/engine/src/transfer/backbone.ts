import { inferShapes } from '../builder/infer-shapes.js';
import { removeDeadNodes } from '../graph/prune.js';
import type { Dim, Graph, Tensor, ValueInfo } from '../graph/types.js';
import { addInputScale, type InputScale } from '../layers/input-scale.js';
import type { NetworkBuilder } from '../layers/network-builder.js';
import { asTrained } from './cut.js';
import { transferError } from './errors.js';
import { prepared } from './import-network.js';
import { pictureInput } from './picture-input.js';
import { refuseQuantised } from './quantised.js';
import { trainableTensors } from './trainable-tensors.js';
import { refuseUnknownOperators } from './unknown-operators.js';
import type { WeightsFile } from './weights-file.js';

/** A pretrained network up to what it sees at some strides. */
export interface Backbone {
  /** Operator set that a network with it in must have. */
  readonly opset: number;
  /** For each stride asked for the tensor that is taken, as the file calls it, with its channels. */
  readonly skips: readonly { readonly stride: number; readonly tensor: string; readonly channels: number }[];
  /**
   * Adds it to a network under construction, its names with `encoder/` in front, its weights trained.
   *
   * @param picture - 0 to 1, [batch, 3, height, width]
   * @returns what it sees at each stride, [batch, channels, height / stride, width / stride]
   */
  add(network: NetworkBuilder, picture: string): readonly string[];
}

/** Goes before the names of a backbone in the network that it becomes a part of. */
export const backbonePrefix = 'encoder/';

/** Pixels at which a file that takes any size is looked at. */
const usualSide = 224;

/**
 * A pretrained network as the contracting half of another. At each stride the last value is taken that everything deeper
 * is computed from alone: in a chain the one before the next halving, in a residual network the end of its stage.
 *
 * @param scale what its pixels are scaled to
 * @param strides ascending, as 4, 8 and 16
 * @throws ChromarayError `CHROMARAY_TRANSFER_INPUT` for a network that takes no pictures of three channels, channels first;
 *   `_FEATURES` for a stride at which it has no such value; `_SIZE`, `_QUANTISED` and `_OPERATOR`
 */
export function readBackbone({ file, model }: WeightsFile, scale: InputScale, strides: readonly number[]): Backbone {
  const opset = model.opsets.get('')!;
  const whole = asTrained(model.graph, opset);
  const input = pictureOf(whole, file);
  const fixed = input.shape[2];
  const side = typeof fixed === 'number' ? fixed : usualSide;
  const skips = skipsAt({ ...whole, inputs: [{ ...input, shape: [1, 3, side, side] }] }, opset, side, strides, file);
  const outputs = skips.map(({ tensor }) => ({ name: tensor, dtype: 'float32' as const, shape: [] }));
  const graph = { ...removeDeadNodes({ ...whole, outputs }), inputs: [input] };
  refuseQuantised(graph, file);
  refuseUnknownOperators(graph, file);
  const exported = typeof input.shape[0] === 'number' ? input.shape[0] : undefined;
  const open: ValueInfo = { ...input, shape: ['batch', 3, side, side] };
  const { graph: bound, opset: needed } = prepared(model, graph, open, exported, file);
  const ready = prefixed(bound);
  const trained = new Set(trainableTensors(ready).trained);
  return {
    opset: needed,
    skips,
    add(network, picture) {
      const scaled = addInputScale(network, picture, scale);
      const called = (name: string): string => (name === `${backbonePrefix}${input.name}` ? scaled : name);
      for (const [name, tensor] of ready.initializers) {
        if (trained.has(name)) network.trained(name, tensor);
        else network.graph.constant(name, tensor);
      }
      for (const node of ready.nodes) network.graph.append({ ...node, inputs: node.inputs.map(called) });
      return skips.map(({ tensor }) => `${backbonePrefix}${tensor}`);
    },
  };
}

function pictureOf(graph: Graph, file: string): ValueInfo {
  const inputs = graph.inputs.filter(({ name }) => !graph.initializers.has(name));
  const [input] = inputs;
  const size = { height: usualSide, width: usualSide };
  const open = input && {
    ...input,
    shape: input.shape.map((dim, axis) => (axis > 1 && dim !== 3 ? `side-${axis}` : dim)),
  };
  const picture = inputs.length === 1 && open ? pictureInput(open, size, file) : undefined;
  if (picture?.channels === 3 && !picture.channelsLast) return input!;
  const found = inputs.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
  throw transferError(
    'INPUT',
    file,
    `it takes ${found || 'nothing'}; an encoder takes one picture, [batch, 3, height, width]`,
    'Export the network with its channels first.',
    { inputs: inputs.map(({ name }) => name) },
  );
}

function skipsAt(
  graph: Graph,
  opset: number,
  side: number,
  strides: readonly number[],
  file: string,
): Backbone['skips'] {
  const shapes = inferShapes(graph, opset);
  const alone = bottlenecks(graph);
  return strides.map((stride) => {
    const wanted = side / stride;
    const isWanted = ({ shape }: { readonly shape: readonly Dim[] }) =>
      shape.length === 4 && shape[2] === wanted && shape[3] === wanted && typeof shape[1] === 'number';
    const tensor = alone.findLast((name) => shapes.has(name) && isWanted(shapes.get(name)!));
    if (tensor !== undefined) return { stride, tensor, channels: Number(shapes.get(tensor)!.shape[1]) };
    throw transferError(
      'FEATURES',
      file,
      `of a picture of ${side} x ${side} pixels it computes nothing of ${wanted} x ${wanted} that all deeper values are computed from`,
      'Choose a network that halves its picture step by step, such as MobileNet or ResNet.',
      { stride },
    );
  });
}

/** Values past which nothing flows from earlier ones, in order; what does not depend on the picture is not looked at. */
function bottlenecks({ nodes, inputs, initializers }: Graph): readonly string[] {
  const madeAt = new Map(inputs.filter(({ name }) => !initializers.has(name)).map(({ name }) => [name, -1]));
  const lastUse = new Map<number, number>();
  nodes.forEach((node, at) => {
    const from = node.inputs.flatMap((name) => madeAt.get(name) ?? []);
    if (from.length === 0) return;
    for (const made of from) lastUse.set(made, at);
    for (const name of node.outputs) madeAt.set(name, at);
  });
  const found: string[] = [];
  let reach = lastUse.get(-1) ?? -1;
  nodes.forEach(({ outputs: [output] }, at) => {
    if (output === undefined || !madeAt.has(output)) return;
    if (reach <= at) found.push(output);
    reach = Math.max(reach, lastUse.get(at) ?? at);
  });
  return found;
}

function prefixed(graph: Graph): Graph {
  const called = (name: string) => (name === '' ? '' : `${backbonePrefix}${name}`);
  const values = ({ name, ...rest }: ValueInfo): ValueInfo => ({ ...rest, name: called(name) });
  return {
    ...graph,
    inputs: graph.inputs.map(values),
    outputs: graph.outputs.map(values),
    initializers: new Map<string, Tensor>([...graph.initializers].map(([name, tensor]) => [called(name), tensor])),
    nodes: graph.nodes.map((node) => ({
      ...node,
      name: called(node.name),
      inputs: node.inputs.map(called),
      outputs: node.outputs.map(called),
    })),
  };
}
