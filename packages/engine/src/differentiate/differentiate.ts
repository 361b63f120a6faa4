import { isFloat } from '../graph/dtype.js';
import type { GraphWriter } from '../graph/graph-writer.js';
import { elementCount, tensorOf } from '../graph/tensor.js';
import type { GraphNode } from '../graph/types.js';
import type { GradientContext } from '../ops/operator.js';
import { findOperator } from '../ops/registry.js';
import { dependents } from './dependents.js';
import { noGradient, notFloat, tooOld } from './errors.js';

/** The operators that gradient rules emit have the form they have since this operator set. */
const oldestOpset = 13;

/** Where the gradients start. */
export type DifferentiateStart =
  | {
      /** The value to differentiate; of one element, or of several, which are then summed. */
      readonly loss: string;
    }
  | {
      /** Gradients already known, by the value they belong to; differentiation goes on from there. */
      readonly gradients: ReadonlyMap<string, string>;
    };

/** What to differentiate, and with respect to which values. */
export type DifferentiateOptions = DifferentiateStart & {
  /** The values to differentiate with respect to: inputs, constants or computed values. */
  readonly wrt: readonly string[];
  /** Computed values that no gradient passes, as if they were constants. */
  readonly constants?: readonly string[];
  /** The file the graph came from, for messages. */
  readonly file?: string;
};

/**
 * Reverse-mode differentiation. Appends to the builder the nodes that compute the gradients of `loss` and
 * returns, for each value in `wrt`, the name of its gradient, which has that value's shape and type. Values
 * the loss does not depend on are missing from the result.
 *
 * All shapes must be known: bind named sizes first (`bindDimensions`). Only what the gradients asked for
 * need is added; nothing flows into values that do not depend on `wrt`, integers included.
 *
 * @throws ChromarayError `CHROMARAY_GRAPH_NO_GRADIENT` when a gradient must pass an operator without a
 *   gradient rule, `CHROMARAY_GRAPH_OPSET` for a graph below operator set 13 (see
 *   `upgradeOpset`), `CHROMARAY_GRAPH_NOT_FLOAT` for an integer tensor in `wrt`
 *
 * @example
 * const gradients = differentiate(builder, { loss, wrt: ['weight'] });
 * builder.output(gradients.get('weight')!);
 */
export function differentiate(builder: GraphWriter, options: DifferentiateOptions): Map<string, string> {
  const { wrt } = options;
  if (builder.opset < oldestOpset) throw tooOld(builder, oldestOpset);
  const whole = wrt.find((name) => !isFloat(builder.type(name).dtype));
  if (whole !== undefined) throw notFloat(builder, whole);
  const nodes = builder.nodeList();
  const reached = dependents(builder, nodes, wrt, options.constants);
  const gradients = new Gradients(builder);
  for (const [value, gradient] of startingGradients(builder, options)) gradients.add(value, gradient);
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((output) => gradients.has(output))) continue;
    if (!node.inputs.some((input) => reached.has(input))) continue;
    if (!node.outputs.some((output) => reached.has(output))) continue;
    passThrough(node, { builder, gradients, reached, file: options.file });
  }
  const found = new Map<string, string>();
  for (const name of wrt) {
    const gradient = gradients.total(name);
    if (gradient !== undefined) found.set(name, gradient);
  }
  return found;
}

function startingGradients(builder: GraphWriter, start: DifferentiateStart): ReadonlyMap<string, string> {
  return 'loss' in start ? new Map([[start.loss, onesLike(builder, start.loss)]]) : start.gradients;
}

interface Pass {
  readonly builder: GraphWriter;
  readonly gradients: Gradients;
  readonly reached: ReadonlySet<string>;
  readonly file: string | undefined;
}

/** Lets the gradients of a node's outputs flow on to its inputs. */
function passThrough(node: GraphNode, pass: Pass): void {
  const operator = findOperator(node.opType, node.domain, node.name);
  if (operator.gradient === undefined) throw noGradient(node, pass.file);
  const inputGradients = operator.gradient(contextOf(node, pass));
  node.inputs.forEach((input, i) => {
    const gradient = inputGradients[i];
    if (gradient !== undefined && pass.reached.has(input)) pass.gradients.add(input, gradient);
  });
}

function contextOf(node: GraphNode, { builder, gradients, reached }: Pass): GradientContext {
  return {
    node,
    opset: builder.opset,
    builder,
    input: (i) => node.inputs[i] ?? '',
    output: (i) => node.outputs[i] ?? '',
    outputGradient: (i) => gradients.total(node.outputs[i] ?? ''),
    wants: (i) => reached.has(node.inputs[i] ?? ''),
    shape: (value) => builder.shape(value),
    type: (value) => builder.type(value),
    constant: (i) => builder.constantValue(node.inputs[i] ?? ''),
  };
}

/** Collects what arrives for each value; several contributions are added up when the total is asked for. */
class Gradients {
  private readonly contributions = new Map<string, string[]>();

  constructor(private readonly builder: GraphWriter) {}

  has(value: string): boolean {
    return this.contributions.has(value);
  }

  add(value: string, gradient: string): void {
    const list = this.contributions.get(value);
    if (list === undefined) this.contributions.set(value, [gradient]);
    else list.push(gradient);
  }

  total(value: string): string | undefined {
    const list = this.contributions.get(value);
    if (list === undefined) return undefined;
    if (list.length > 1) {
      const sum = this.builder.node(list.length === 2 ? 'Add' : 'Sum', [...list]);
      list.splice(0, list.length, sum);
    }
    return list[0];
  }
}

function onesLike(builder: GraphWriter, value: string): string {
  const { dtype } = builder.type(value);
  const dims = builder.shape(value);
  return builder.constant(builder.unique('seed'), tensorOf(dtype, dims, new Array(elementCount(dims)).fill(1)));
}
