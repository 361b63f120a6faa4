import { intsAttribute } from '../graph/attributes.js';
import { allocate, isFloat } from '../graph/dtype.js';
import { removeDeadNodes } from '../graph/prune.js';
import { tensorOf, tensorValues } from '../graph/tensor.js';
import type { Graph, GraphNode, Tensor } from '../graph/types.js';
import { findOperator } from '../ops/registry.js';

/** Operators that keep every element of a weight: they reorder, regroup or convert. */
const preserving = new Set(['Cast', 'Flatten', 'Identity', 'Reshape', 'Squeeze', 'Transpose', 'Unsqueeze']);

/**
 * The graph with the operators taken out that only bring a weight into another form before it is used: PyTorch writes
 * the weights of a dense layer behind a Transpose when it does not fold constants, converters write float16 weights
 * behind a Cast. The weight keeps its name and has the new form. Where a weight is used in several forms, it stays as
 * it is, and so do the operators.
 *
 * @param graph - without Constant nodes, see `inlineAliases`
 */
export function foldWeights(graph: Graph, opset: number): Graph {
  const initializers = new Map<string, Tensor>(graph.initializers);
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const alias = new Map<string, string>();
  const consumers = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    for (const input of new Set(node.inputs)) consumers.set(input, [...(consumers.get(input) ?? []), node]);
  }
  /** Who uses a weight as it is now, through every name that it has. */
  const users = (name: string): readonly GraphNode[] => {
    const others = [...alias].filter(([, source]) => source === name).map(([other]) => other);
    return [name, ...others].flatMap((each) => consumers.get(each) ?? []).filter((node) => !folded.has(node));
  };
  const folded = new Set<GraphNode>();
  const constant = (name: string | undefined) =>
    name === undefined || name === '' ? undefined : initializers.get(alias.get(name) ?? name);
  for (const name of graph.initializers.keys()) {
    for (;;) {
      const tensor = initializers.get(name)!;
      const [first, ...others] = users(name);
      const form = first === undefined || outputs.has(name) ? undefined : formOf(first, tensor, opset, constant);
      if (form === undefined || others.some((node) => formOf(node, tensor, opset, constant)?.key !== form.key)) break;
      const steps = [first!, ...others];
      if (steps.some((node) => outputs.has(node.outputs[0]!))) break;
      initializers.set(name, form.make());
      for (const node of steps) {
        folded.add(node);
        alias.set(node.outputs[0]!, name);
      }
    }
  }
  if (folded.size === 0) return graph;
  const nodes = graph.nodes
    .filter((node) => !folded.has(node))
    .map((node) => ({ ...node, inputs: node.inputs.map((input) => alias.get(input) ?? input) }));
  return removeDeadNodes({ ...graph, nodes, initializers });
}

interface Form {
  /** Equal for nodes that make the same of a weight. */
  readonly key: string;
  make(): Tensor;
}

/** What a node makes of a weight that is its first input; undefined when it uses it. */
function formOf(
  node: GraphNode,
  tensor: Tensor,
  opset: number,
  constant: (name: string | undefined) => Tensor | undefined,
): Form | undefined {
  const { opType, domain, inputs } = node;
  if (domain !== '' || !preserving.has(opType) || !isFloat(tensor.dtype)) return undefined;
  if (constant(inputs[0]) !== tensor || inputs.slice(1).some((name) => name !== '' && constant(name) === undefined))
    return undefined;
  const [type] = findOperator(opType, domain, node.name).infer({
    node,
    opset,
    inputs: inputs.map((name) => {
      const value = constant(name);
      return value && { dtype: value.dtype, shape: value.dims };
    }),
    constant: (i) => constant(inputs[i]),
    sizes: () => undefined,
  });
  const { dtype, shape } = type!;
  const dims = shape as readonly number[];
  if (opType === 'Cast' && dtype !== 'float32') return undefined;
  const perm = opType === 'Transpose' ? (intsAttribute(node, 'perm') ?? dims.map((_, i) => dims.length - 1 - i)) : [];
  return {
    key: `${dtype} ${dims.join('x')} ${perm.join()}`,
    make: () => {
      if (opType === 'Transpose') return transposed(tensor, perm);
      return opType === 'Cast' ? tensorOf(dtype, dims, tensorValues(tensor)) : { ...tensor, dims };
    },
  };
}

/** Axis `i` of the result is axis `perm[i]` of the tensor. */
function transposed({ dtype, dims, data }: Tensor, perm: readonly number[]): Tensor {
  const strides = dims.map((_, axis) => dims.slice(axis + 1).reduce((a, b) => a * b, 1));
  const [sizes, steps] = [perm.map((axis) => dims[axis]!), perm.map((axis) => strides[axis]!)];
  const result = allocate(dtype, data.length);
  const index = sizes.map(() => 0);
  let from = 0;
  for (let i = 0; i < result.length; i++) {
    result[i] = data[from]!;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      index[axis]!++;
      if (index[axis]! < sizes[axis]!) break;
      from -= steps[axis]! * sizes[axis]!;
      index[axis] = 0;
    }
  }
  return { dtype, dims: sizes, data: result };
}
